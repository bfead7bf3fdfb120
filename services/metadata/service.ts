import { z } from "zod";
import { defineService } from "../runtime/descriptor";
import { commonEnvironment, portVariable } from "../runtime/environment";

/**
 * The metadata store of a machine without a managed Postgres: PGlite behind the Postgres protocol.
 * Clouds use their own database instead, with the same SQL.
 */
export const metadataService = defineService({
  name: "metadata",
  kind: "service",
  summary: "Postgres for one machine: serves PGlite to several clients over the Postgres protocol.",
  ports: { postgres: { default: 5433, protocol: "postgres", variable: "PORT" } },
  environment: z.object({
    ...commonEnvironment,
    PORT: portVariable(5433),
    DATA_DIRECTORY: z
      .string()
      .min(1)
      .describe("Folder of the database files; created when absent, one process at a time"),
    MAX_CONNECTIONS: z.coerce.number().int().min(1).max(1000).default(100).describe("Clients connected at once"),
    IDLE_TURN_SECONDS: z.coerce
      .number()
      .positive()
      .max(3600)
      .default(30)
      .describe(
        "How long a client may idle inside a transaction, which keeps all others waiting, before it is cut off",
      ),
  }),
  stores: [],
  resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
  scaling: [],
  drainSeconds: 10,
});
