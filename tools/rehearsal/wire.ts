import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Stands for a value that is not known while planning (Pulumi's provider protocol, plugin.UnknownStringValue). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The other kinds of unknown that the engine may send: bool, number, array, asset, archive and object. */
const TYPED_UNKNOWNS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A resource's properties as plain values; what is unknown is `UNKNOWN`. Secrets arrive opened: see provider.ts. */
export type Properties = Readonly<Record<string, unknown>>;

/** Reads a message's properties. */
export function fromStruct(struct: Struct | undefined): Properties {
  return (struct ? normalise(struct.toJavaScript()) : {}) as Properties;
}

/** Writes properties into a message; what is undefined is left out. */
export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}

/** Is any part of it unknown? */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

function normalise(value: unknown): unknown {
  if (typeof value === "string") return TYPED_UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, normalise(member)]));
}
