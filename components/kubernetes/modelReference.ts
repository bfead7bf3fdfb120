import { type ArgumentProblem, problemIf } from "../arguments";
import type { Labels } from "./labels";

/** A model of the object store, as it was tested. */
export interface ModelReference {
  readonly name: string;
  /** Positive whole number; never "latest", under which replicas could serve different models. */
  readonly version: string;
}

/** Label that every deployment of a model carries. */
export const MODEL_VERSION_LABEL = "modelVersion";

/** Annotation with the model's URI, as MLflow writes it: models:/NAME/VERSION. */
export const MODEL_URI_ANNOTATION = "tideline.dev/model-uri";

/** Label of what serves models, by which the admission rules know it. */
export const MODEL_SERVER: Labels = { "app.kubernetes.io/component": "model-server" };

export function modelUri({ name, version }: ModelReference): string {
  return `models:/${name}/${version}`;
}

/** What is wrong with a model's reference; paths start with `model`. */
export function modelProblems({ name, version }: ModelReference): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      !/^[a-z0-9][a-z0-9._-]*$/.test(name),
      "model.name",
      `is "${name}"; allowed are lower-case letters, digits, dot, dash and underscore.`,
    ),
    ...problemIf(
      !/^[1-9][0-9]*$/.test(version),
      "model.version",
      `is "${version}"; give the number of the version that was tested: under another word each pod could serve another model.`,
    ),
  ];
}
