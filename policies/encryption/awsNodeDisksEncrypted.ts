import { objects, read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Disks of machines are encrypted. */
export const awsNodeDisksEncrypted = defineRule({
  name: "aws-node-disks-encrypted",
  title: "Disks of machines are encrypted.",
  why: "Images and model files on a disk outlive the machine in snapshots.",
  fix: "Set ebs.encrypted to true in each of blockDeviceMappings.",
  severity: "high",
  purpose: "encryptionAtRest",
  cis: ["AWS 3.0 2.2.1"],
  types: ["aws:ec2/launchTemplate:LaunchTemplate"],
  check: ({ props }) =>
    objects(props, "blockDeviceMappings").flatMap((mapping) =>
      mapping.ebs === undefined || String(read(mapping, "ebs.encrypted")) === "true"
        ? []
        : [`The disk ${show(mapping.deviceName)} is not encrypted.`],
    ),
});
