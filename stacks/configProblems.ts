import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";

/** The part of JSON Schema that zod writes for our config. */
interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly maxItems?: number;
  readonly anyOf?: readonly SchemaNode[];
  /** A secret, which no message shows. */
  readonly writeOnly?: boolean;
}

type Path = readonly PropertyKey[];

/** One line for each of zod's issues: key, value found, what is allowed, and the nearest valid key for a typo. */
export function configProblems(schema: z.ZodType, given: unknown, issues: readonly z.core.$ZodIssue[]): string[] {
  const root = z.toJSONSchema(schema, { io: "input" }) as SchemaNode;
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(root, issue.path, key));
    const allowed = issue.code === "custom" ? issue.message : allowedAt(root, issue);
    return [`${keyText(issue.path)}: found ${foundText(root, given, issue.path)}; allowed: ${allowed}.`];
  });
}

function unknownKey(root: SchemaNode, path: Path, key: string): string {
  const known = Object.keys(nodeAt(root, path)?.properties ?? {});
  const nearest = closest(key, known);
  const near = distance(key, nearest) <= Math.max(2, key.length / 3);
  const advice = near ? `did you mean ${keyText([...path, nearest])}?` : `allowed: ${known.join(", ")}.`;
  return `${keyText([...path, key])}: there is no such key; ${advice}`;
}

function allowedAt(root: SchemaNode, issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key")
    return "a name of a lower-case letter, then up to 11 lower-case letters, digits or -";
  const node = nodeAt(root, issue.path);
  return node ? describe(node) : issue.message;
}

/** What a value of this schema may be, in words. */
function describe(node: SchemaNode): string {
  if (node.enum) return `one of ${node.enum.join(", ")}`;
  switch (node.type) {
    case "integer":
      return `a whole number from ${node.minimum} to ${node.maximum}`;
    case "number":
      return `a number from ${node.minimum} to ${node.maximum}`;
    case "boolean":
      return "true or false";
    case "string":
      if (node.pattern && node.description?.startsWith("a")) return node.description;
      return node.pattern ? `text that matches ${node.pattern}` : "text that is not empty";
    case "array":
      return `a list${countText(node)}, each ${describe(node.items ?? {})}`;
    case "object":
      return node.properties ? `an object with the keys ${Object.keys(node.properties).join(", ")}` : "an object";
    default:
      return node.description ?? "another value";
  }
}

function countText({ minItems, maxItems }: SchemaNode): string {
  const least = minItems ? ` of at least ${minItems}` : "";
  return maxItems ? `${least}${least ? " and" : " of"} at most ${maxItems}` : least;
}

function nodeAt(root: SchemaNode, path: Path): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) node = node && below(node, step);
  return node;
}

function below(node: SchemaNode, step: PropertyKey): SchemaNode | undefined {
  const other = node.additionalProperties;
  const own = node.properties?.[String(step)] ?? node.items ?? (typeof other === "object" ? other : undefined);
  return own ?? node.anyOf?.map((choice) => below(choice, step)).find((found) => found !== undefined);
}

function foundText(root: SchemaNode, given: unknown, path: Path): string {
  let value = given;
  for (const step of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
  if (value === undefined) return "nothing";
  if (nodeAt(root, path)?.writeOnly && value !== "") return "a secret that is not shown here";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** `tideline:aws.network.cidr`, as `pulumi config set --path` takes it. */
function keyText(path: Path): string {
  const [first, ...rest] = path;
  return `tideline:${String(first)}${rest.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("")}`;
}
