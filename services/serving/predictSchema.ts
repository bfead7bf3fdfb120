import type { ModelCard } from "../runtime/modelPackage";

const error = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: { code: { type: "string" }, message: { type: "string" }, details: { type: "object" } },
      required: ["code", "message"],
    },
  },
  required: ["error"],
};

/** What the OpenAPI document says of POST /predict. The route checks and writes by hand; this describes the same. */
export function predictSchema({ name, features, classes }: ModelCard) {
  const count = features.length;
  return {
    tags: ["prediction"],
    summary: `Predict one row with ${name}`,
    description:
      "Requests that arrive together run as one batch. Every refusal has a stable code and says what is allowed.",
    consumes: ["application/json"],
    body: {
      type: "object",
      additionalProperties: false,
      required: ["features"],
      properties: {
        features: {
          type: "array",
          items: { type: "number" },
          minItems: count,
          maxItems: count,
          description:
            "One finite number for each feature, in the order of feature_names if given, else of GET /model/info",
        },
        feature_names: {
          type: "array",
          items: { type: "string", enum: features },
          minItems: count,
          maxItems: count,
          uniqueItems: true,
          description: "The order of the features in this request",
        },
        request_id: { type: "string", minLength: 1, maxLength: 128, description: "Echoed; a UUID is made when absent" },
      },
    },
    response: {
      200: {
        description: "The prediction",
        type: "object",
        required: ["prediction", "probabilities", "model_version", "request_id", "drift_detected"],
        properties: {
          prediction: {
            type: "number",
            description: `Index of the class: ${classes.map((label, index) => `${index} ${label}`).join(", ")}`,
          },
          probabilities: {
            type: "array",
            items: { type: "number" },
            description: "Probability of each class, by index",
          },
          model_version: { type: "string" },
          request_id: { type: "string" },
          drift_detected: {
            type: "boolean",
            description: "The latest verdict on the stream of requests; false until one exists",
          },
        },
      },
      400: { description: "The body is wrong; the code says how", ...error },
      401: { description: "An API key is needed", ...error },
      404: { description: "The model was unloaded, or takes no features", ...error },
      413: { description: "The body is too large", ...error },
      415: { description: "The body is no plain JSON", ...error },
      422: { description: "The model has no finite answer to these features", ...error },
      429: { description: "Too many requests of this caller; see Retry-After", ...error },
      500: { description: "The model failed", ...error },
      504: { description: "The request waited longer than the service allows", ...error },
      503: { description: "Too many requests wait, or the service is stopping; see Retry-After", ...error },
    },
  };
}
