import * as pulumi from "@pulumi/pulumi";
import { VaultServer, type VaultServerArgs } from "../../../../components/kubernetes/vault/vaultServer";
import { clusterTarget, objectsOf, recordKubernetes } from "../../../support/kubernetesCluster";

const RELEASE = "kubernetes:helm.sh/v3:Release";

const build = (changes: Partial<VaultServerArgs> = {}) =>
  recordKubernetes(
    () => new VaultServer("vault", { target: clusterTarget(), keyId: pulumi.output("arn:aws:kms:k"), ...changes }),
  );

// biome-ignore lint/suspicious/noExplicitAny: values of a chart are looked into at will
const valuesOf = (recording: Awaited<ReturnType<typeof build>>) => recording.one(RELEASE).inputs.values as any;

test("three members with TLS between everything, data and audit log on volumes of their own", async () => {
  const recording = await build();
  const { server, global } = valuesOf(recording);
  expect(global).toEqual({ tlsDisable: false });
  expect(server.ha).toMatchObject({ enabled: true, replicas: 3, disruptionBudget: { maxUnavailable: 1 } });
  expect(server.ha.raft).toMatchObject({ enabled: true, setNodeId: true });
  expect(server.ha.raft.config).toContain('seal "awskms" {\n  region = "us-east-1"\n  kms_key_id = "arn:aws:kms:k"\n}');
  expect(server.dataStorage).toEqual({ enabled: true, size: "10Gi" });
  expect(server.auditStorage).toEqual({ enabled: true, size: "10Gi" });
  expect(server.standalone).toEqual({ enabled: false });
  expect(recording.result.address).toBe("https://vault-active.vault.svc:8200");
});

test("its certificate is there before it and names every member and service", async () => {
  const recording = await build({ replicas: 5 });
  const [certificate, ...others] = objectsOf(recording);
  expect(others).toEqual([]);
  expect(certificate).toMatchObject({ kind: "Certificate", metadata: { name: "vault-tls", namespace: "vault" } });
  const { dnsNames, duration, renewBefore, ipAddresses } = (certificate?.spec ?? {}) as Record<string, string[]>;
  expect(dnsNames).toEqual(expect.arrayContaining(["vault-active.vault.svc", "vault-4.vault-internal", "localhost"]));
  expect({ duration, renewBefore, ipAddresses }).toEqual({
    duration: "2160h",
    renewBefore: "360h",
    ipAddresses: ["127.0.0.1"],
  });
  const release = recording.one(RELEASE);
  const urn = recording.one("kubernetes:cert-manager.io/v1:Certificate").urn;
  expect(release.dependencies).toContain(urn);
});

test("it runs under the account that may use the key, with nothing that restricted pods may not have", async () => {
  const { server, injector } = valuesOf(await build());
  expect(server.serviceAccount).toEqual({ create: false, name: "vault" });
  for (const { pod, container } of [server.statefulSet.securityContext, injector.securityContext]) {
    expect(pod).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(container).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  }
  expect(server.extraContainers[0].securityContext.capabilities).toEqual({ drop: ["ALL"] });
  expect(server.extraContainers[0].command[2]).toContain("kill -HUP $(pidof vault)");
});

test("a member that is not initialised counts as ready, or the release would be rolled back before it could be", async () => {
  const { server } = valuesOf(await build());
  expect(server.readinessProbe.path).toContain("uninitcode=204");
});

test("Azure's pods carry the label that their identity needs; other clouds' do not", async () => {
  const keyId = "https://tl.vault.azure.net/keys/vault";
  const azure = valuesOf(await build({ target: clusterTarget({ cloud: "azure" }), keyId }));
  expect(azure.server.extraLabels).toEqual({ "azure.workload.identity/use": "true" });
  expect(azure.server.ha.raft.config).toContain('seal "azurekeyvault"');
  expect(valuesOf(await build()).server.extraLabels).toBeUndefined();
});

test("a volume that is no volume is refused", async () => {
  await expect(build({ dataGb: 0 })).rejects.toThrow(
    'VaultServer "vault" cannot be planned:\n  dataGb is 0; give whole GiB from 1 to 1000.',
  );
});
