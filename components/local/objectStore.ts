import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { ObjectStore } from "../contract";

export interface LocalObjectStoreArgs {
  /** Folder of stack `local`'s files; each bucket is a folder below it. */
  readonly home: string;
}

/** Object storage as folders of this machine. Services make their folder on first write; `down` keeps the data. */
export class LocalObjectStore extends pulumi.ComponentResource implements ObjectStore {
  readonly modelsUrl: pulumi.Output<string>;
  readonly artifactsUrl: pulumi.Output<string>;
  readonly dataUrl: pulumi.Output<string>;

  constructor(name: string, { home }: LocalObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:local:ObjectStore", name, {}, opts);
    const folder = (bucket: string) => pulumi.output(pathToFileURL(join(home, bucket)).href);
    this.modelsUrl = folder("models");
    this.artifactsUrl = folder("artifacts");
    this.dataUrl = folder("data");
    this.registerOutputs({ modelsUrl: this.modelsUrl, artifactsUrl: this.artifactsUrl, dataUrl: this.dataUrl });
  }
}
