import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf } from "../arguments";
import type { ClusterTarget } from "./target";

/** The image of the bundled services. */
export interface ServiceImage {
  /** Registry, path and name, without tag. */
  readonly repository: pulumi.Input<string>;
  /** What exactly runs, sha256: and 64 hexadecimal digits; must be there in prod. @default the tag decides */
  readonly digest?: string;
  /** For people beside a digest; what runs without one. @default none */
  readonly tag?: string;
}

/** The reference that a pod's container has. */
export function imageReference({ repository, digest, tag }: ServiceImage): pulumi.Output<string> {
  const tagged = tag === undefined ? "" : `:${tag}`;
  return pulumi.interpolate`${repository}${tagged}${digest === undefined ? "" : `@${digest}`}`;
}

/** Whether an image can run in an environment; paths start with `image`. */
export function imageProblems(
  { environment }: Pick<ClusterTarget, "environment">,
  { repository, digest, tag }: ServiceImage,
): readonly ArgumentProblem[] {
  const prod = environment === "prod";
  return [
    ...problemIf(
      prod && digest === undefined,
      "image.digest",
      `is not set in prod, where ${tag === undefined ? "latest" : `the tag ${tag}`} could become another image after the test; give sha256: and 64 hexadecimal digits.`,
    ),
    ...problemIf(
      digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest),
      "image.digest",
      `is "${digest}"; give sha256: and 64 hexadecimal digits.`,
    ),
    ...problemIf(
      !prod && digest === undefined && (tag === undefined || tag === "latest"),
      "image.tag",
      `is ${tag === undefined ? "not set" : '"latest"'} and there is no digest, so nobody could say what runs; give either.`,
    ),
    ...problemIf(
      tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag),
      "image.tag",
      `is "${tag}"; allowed are letters, digits, dot, dash and underscore, 128 at most.`,
    ),
    ...problemIf(
      typeof repository === "string" && /[@\s]|:[^/]*$/.test(repository),
      "image.repository",
      `is "${String(repository)}"; give registry, path and name alone: the tag and the digest have fields of their own.`,
    ),
  ];
}
