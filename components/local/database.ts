import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { metadataService } from "../../services/metadata/service";
import type { Database } from "../contract";
import { HOST, LocalService } from "./service";

export interface LocalDatabaseArgs {
  /** Port of the Postgres protocol, 1 to 65535. */
  readonly port: number;
  readonly logLevel: string;
  /** Folder of stack `local`'s files; the data is in `metadata/` below it and outlives the process. */
  readonly home: string;
}

/** Postgres (PGlite) as a process of this machine, on loopback only and without a password. */
export class LocalDatabase extends pulumi.ComponentResource implements Database {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly username: pulumi.Output<string>;
  readonly passwordSecret: pulumi.Output<string>;
  /** postgres:// URL. Secret, as it would be with a password. */
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
        // The first start writes the database's own files, which a busy machine may take its time for.
        readySeconds: 180,
      },
      { parent: this },
    );
    this.host = pulumi.output(HOST);
    this.port = pulumi.output(port);
    this.databaseName = pulumi.output("postgres");
    this.username = pulumi.output("postgres");
    this.passwordSecret = pulumi.output("");
    this.connectionUrl = pulumi.secret(`postgres://postgres@${HOST}:${port}/postgres`);
    this.registerOutputs({ connectionUrl: this.connectionUrl });
  }
}
