import { eachContainer, WORKLOADS } from "../frame/containers";
import { has, objects, readKnown } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No secret stands in an environment variable as text. */
export const podSecretsNotInEnv = defineRule({
  name: "pod-secrets-not-in-env",
  title: "No secret stands in an environment variable as text.",
  why: "Whoever may see the deployment sees the secret, and so does the state.",
  fix: "Use valueFrom.secretKeyRef, or mount the secret.",
  severity: "high",
  purpose: "credentials",
  cis: ["Kubernetes 1.9 5.4.1"],
  types: WORKLOADS,
  check: eachContainer((container) =>
    objects(container, "env").flatMap((variable) => {
      const name = String(variable.name);
      const secret = /(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|CREDENTIALS?)$/i.test(name);
      if (!secret || !has(variable, "value") || readKnown(variable, "value") === "") return [];
      return [`The variable ${name} holds its value as text.`];
    }),
  ),
});
