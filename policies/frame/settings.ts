import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";

/** A setting that is a list of texts, read with `texts` or `list`. */
export function textsSetting(defaults: readonly string[], description: string) {
  return {
    type: "array",
    items: { type: "string" },
    default: [...defaults],
    description,
  } as const satisfies PolicyConfigJSONSchema;
}
