import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { configSchema } from "./config";

/** The JSON Schema of a whole `Pulumi.STACK.yaml`, which gives editors completion and checks while typing. */
export function stackFileSchema(): Record<string, unknown> {
  const { $schema, properties, required, ...rest } = z.toJSONSchema(configSchema, { io: "input" });
  const prefixed = Object.fromEntries(
    Object.entries(properties ?? {}).map(([key, value]) => [`tideline:${key}`, value]),
  );
  return {
    $schema,
    title: "Tideline stack file",
    description: "Generated from stacks/config.ts by `npm run schema`; do not edit.",
    type: "object",
    properties: {
      encryptionsalt: { type: "string", description: "Written by Pulumi" },
      secretsprovider: { type: "string", description: "Written by Pulumi" },
      encryptedkey: { type: "string", description: "Written by Pulumi" },
      config: {
        ...rest,
        properties: prefixed,
        required: (required ?? []).map((key) => `tideline:${key}`),
        // Other namespaces, such as aws:region, belong to their providers.
        patternProperties: { "^(?!tideline:)[^:]+:": {} },
      },
    },
    required: ["config"],
  };
}

/** The schema's file, as committed. */
export function stackFileSchemaText(): string {
  return `${JSON.stringify(stackFileSchema(), null, 2)}\n`;
}

if (require.main === module) writeFileSync(join(__dirname, "config.schema.json"), stackFileSchemaText());
