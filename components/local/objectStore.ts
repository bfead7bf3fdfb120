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

  constructor(name: string, { home }: LocalObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:local:ObjectStore", name, {}, opts);
    this.modelsUrl = pulumi.output(pathToFileURL(join(home, "models")).href);
    this.registerOutputs({ modelsUrl: this.modelsUrl });
  }
}
