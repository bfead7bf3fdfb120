import { ENVIRONMENTS, type Environment } from "./frame/rule";

/** Variable that names the environment of the stack that the pack looks at. */
export const ENVIRONMENT_VARIABLE = "TIDELINE_ENVIRONMENT";

/**
 * The environment whose levels hold. The engine tells a pack of this SDK nothing of the stack's configuration, so it
 * comes in a variable; the strictest holds without one.
 * @throws {Error} for an environment that there is not
 */
export function environmentOf(env: NodeJS.ProcessEnv): Environment {
  const value = env[ENVIRONMENT_VARIABLE];
  if (!value) return "prod";
  const found = ENVIRONMENTS.find((environment) => environment === value);
  if (found) return found;
  throw new Error(`${ENVIRONMENT_VARIABLE} is ${value}; it must be ${ENVIRONMENTS.join(", ")}, or unset for prod.`);
}
