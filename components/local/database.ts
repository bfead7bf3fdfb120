import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { metadataService } from "../../services/metadata/service";
import type { Database } from "../contract";
import { LocalService, localUrl } from "./service";

export interface LocalDatabaseArgs {
  /** Port of the Postgres protocol, 1 to 65535. */
  readonly port: number;
  readonly logLevel: string;
  /** Folder of stack `local`'s files; the data is in `metadata/` below it and outlives the process. */
  readonly home: string;
}

/** Postgres (PGlite) as a process of this machine, on loopback only and without a password. */
export class LocalDatabase extends pulumi.ComponentResource implements Database {
  readonly connectionUrl: pulumi.Output<string>;

  constructor(name: string, args: LocalDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:local:Database", name, {}, opts);
    const { port, logLevel, home } = args;
    new LocalService(
      name,
      {
        descriptor: metadataService,
        port,
        environment: { DATA_DIRECTORY: join(home, "metadata"), LOG_LEVEL: logLevel },
        home,
      },
      { parent: this },
    );
    this.connectionUrl = pulumi.secret(localUrl(port, "postgres").replace("//", "//postgres@").concat("/postgres"));
    this.registerOutputs({ connectionUrl: this.connectionUrl });
  }
}
