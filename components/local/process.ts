import * as pulumi from "@pulumi/pulumi";
import type * as processProvider from "./processProvider";
import type { ProcessInputs, ProcessOutputs } from "./processProvider";
import { loadFromProject, projectRoot } from "./project";

/**
 * A process of this machine under the engine's care: created by starting it and waiting until it is ready, replaced
 * when its settings or code change, started again by `up` when it has died, deleted by a graceful stop.
 */
export class LocalProcess extends pulumi.dynamic.Resource {
  declare readonly url: pulumi.Output<string>;
  declare readonly pid: pulumi.Output<number>;
  declare readonly logFile: pulumi.Output<string>;

  constructor(
    name: string,
    inputs: pulumi.Inputs & Record<Exclude<keyof ProcessInputs, "furtherPorts">, unknown>,
    opts: pulumi.CustomResourceOptions,
  ) {
    super(
      provider,
      name,
      { url: undefined, pid: undefined, logFile: undefined, ...inputs },
      opts,
      "tideline",
      "LocalProcess",
    );
  }
}

/**
 * The engine stores this object as text and runs it in a process of its own, so each function only finds the real
 * provider, from the project that the engine runs in. A text that never changes never replaces a process.
 */
const provider: pulumi.dynamic.ResourceProvider<ProcessInputs, ProcessOutputs> = {
  async check(_olds, news) {
    return { inputs: news, failures: await load().check(news) };
  },
  async diff(_id, olds, news) {
    return load().diff(olds, news);
  },
  async create(inputs) {
    return { id: inputs.service, outs: await load().create(projectRoot(), inputs) };
  },
  async update(_id, _olds, news) {
    return { outs: await load().create(projectRoot(), news) };
  },
  async read(id, state) {
    const found = state && (await load().read(state));
    return found ? { id, props: found } : {};
  },
  async delete(_id, state) {
    await load().remove(projectRoot(), state);
  },
};

function load(): typeof processProvider {
  return loadFromProject("components/local/processProvider.ts");
}
