import { DATATYPES } from "../runtime/modelPackage";

const tags = ["open inference protocol"];
const text = { type: "string" };
const parameters = { type: "object", additionalProperties: true };
const shape = { type: "array", items: { type: "integer" } };
const datatype = { type: "string", enum: DATATYPES };
const errorBody = { type: "object", properties: { error: text }, required: ["error"] };

/** What the OpenAPI document says of a route without parameters. */
export function statusSchema(summary: string) {
  return { tags, summary };
}

/** What the OpenAPI document says of a route under a model's path. */
export function namedPath(path: string, summary: string) {
  const params: Record<string, object> = { model: { ...text, description: "The model's name" } };
  if (path.includes(":version")) params.version = { ...text, description: "The model's version" };
  return { tags, summary, params: { type: "object", properties: params, required: Object.keys(params) } };
}

/** What the OpenAPI document says of inference; the route checks by hand. */
export function inferSchema(path: string) {
  const tensor = {
    type: "object",
    required: ["name", "shape", "datatype"],
    properties: {
      name: text,
      shape,
      datatype,
      parameters: { ...parameters, description: "binary_data_size: bytes of this tensor after the JSON" },
      data: { type: "array", items: {}, description: "Row-major: nested by shape or flattened; answers are flattened" },
    },
  };
  return {
    ...namedPath(path, "Infer"),
    description:
      "GET the model's metadata for its inputs. An FP32 input accepts FP16, FP64 and integers where FP32 holds every value exactly. Without outputs, all are returned. With the header Inference-Header-Content-Length the body is that many bytes of JSON, then the tensors that have binary_data_size, in their order; binary_data of an output, or binary_data_output of the request, asks for the answer in the same form.",
    body: {
      type: "object",
      required: ["inputs"],
      properties: {
        id: text,
        parameters,
        inputs: { type: "array", items: tensor },
        outputs: {
          type: "array",
          items: { type: "object", required: ["name"], properties: { name: text, parameters } },
        },
      },
    },
    response: {
      200: {
        description: "The outputs",
        type: "object",
        properties: {
          model_name: text,
          model_version: text,
          id: text,
          outputs: { type: "array", items: tensor },
        },
      },
      ...Object.fromEntries(
        [
          [400, "The request is wrong; the text says how"],
          [404, "No such model or version"],
          [415, "The content-type or content-encoding is not known"],
          [413, "The body is too large or has too many rows"],
          [422, "The model has no finite answer"],
          [401, "An API key is needed"],
          [429, "Too many requests of this caller; see Retry-After"],
          [500, "The model failed"],
          [503, "Too many rows wait; see Retry-After"],
          [504, "The request waited longer than its timeout"],
        ].map(([status, description]) => [status, { description, ...errorBody }]),
      ),
    },
  };
}
