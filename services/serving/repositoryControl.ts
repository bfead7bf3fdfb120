import { ServiceError } from "../runtime/errors";
import { type IndexEntry, type ModelRepository, toLoadError } from "./modelRepository";
import { badRequest } from "./tensors/badRequest";
import { valueSeen } from "./valueSeen";
import { policyOfConfig } from "./versionPolicy";

/** The model repository extension (Triton's extension_model_repository.md), whatever the transport. */
export interface RepositoryControl {
  index(ready: boolean): Promise<readonly IndexEntry[]>;
  /** `config` is a model configuration with a version_policy. */
  load(name: string, config: unknown): Promise<void>;
  unload(name: string): Promise<void>;
}

/**
 * Control over a repository. Unless it is `explicit`, callers may look but not load or unload.
 * The calls throw {ServiceError} 403 load_not_allowed then, 400 for a model that cannot be loaded, 404 for one that is not loaded.
 */
export function createRepositoryControl(repository: ModelRepository, explicit: boolean): RepositoryControl {
  const check = () => {
    if (explicit) return;
    throw new ServiceError(
      403,
      "load_not_allowed",
      "Models may not be loaded or unloaded by callers here. Set MODEL_CONTROL=explicit to allow it.",
    );
  };
  return {
    async index(ready) {
      const entries = await repository.index();
      return ready ? entries.filter(({ state }) => state === "READY") : entries;
    },
    async load(name, config) {
      check();
      if (config !== undefined && typeof config !== "string") {
        throw badRequest(`parameters.config is ${valueSeen(config)}. Allowed: a text of JSON.`);
      }
      const policy = config === undefined ? undefined : policyOfConfig(config);
      try {
        await repository.load(name, policy);
      } catch (error) {
        throw toLoadError(name, error);
      }
    },
    async unload(name) {
      check();
      await repository.unload(name);
    },
  };
}
