import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileSchema, stackFileSchemaText } from "../../stacks/schema";

describe("the editors' schema", () => {
  test("the committed file is what `npm run schema` writes", () => {
    const committed = readFileSync(join(__dirname, "../../stacks/config.schema.json"), "utf8");
    expect(committed).toBe(stackFileSchemaText());
  });

  test("it refuses unknown keys of ours and allows other namespaces", () => {
    const { config } = stackFileSchema().properties as { config: Record<string, unknown> };
    expect(config.additionalProperties).toBe(false);
    expect(config.required).toEqual(["tideline:environment"]);
    const [pattern = ""] = Object.keys(config.patternProperties as object);
    expect("aws:region").toMatch(new RegExp(pattern));
    expect("tideline:servng").not.toMatch(new RegExp(pattern));
  });
});
