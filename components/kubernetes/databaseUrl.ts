import * as pulumi from "@pulumi/pulumi";
import type { Database } from "../contract";
import type { ClusterTarget } from "./target";
import type { CloudSecret } from "./workloadEnvironment";

type DatabaseFacts = Pick<Database, "host" | "port" | "databaseName" | "username">;

/**
 * Address of a foundation's database for pg, without a password. The connection is encrypted everywhere; that the
 * server is the right one can be told on Azure alone, whose certificates chain to roots that Node trusts.
 */
export function databaseUrl(
  { cloud }: Pick<ClusterTarget, "cloud">,
  { host, port, databaseName, username }: DatabaseFacts,
): pulumi.Output<string> {
  const mode = cloud === "azure" ? "verify-full" : "no-verify";
  return pulumi
    .all([host, port, databaseName, username])
    .apply(
      ([at, on, name, user]) =>
        `postgres://${encodeURIComponent(user)}@${at}:${on}/${encodeURIComponent(name)}?sslmode=${mode}`,
    );
}

/** The database's password: on AWS a member of the JSON object that RDS keeps and rotates. */
export function databasePassword(
  { cloud }: Pick<ClusterTarget, "cloud">,
  { passwordSecret }: Pick<Database, "passwordSecret">,
): CloudSecret {
  return { id: passwordSecret, ...(cloud === "aws" ? { property: "password" } : {}) };
}
