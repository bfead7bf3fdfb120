import type { RoutingHeaders, ServedModels } from "../models";
import type { ServedModel } from "../servedModel";
import type { ModelTraffic } from "./modelTraffic";

/** The models in service, with traffic rules between them and the requests. Without rules it is the models themselves. */
export class TrafficRouter implements ServedModels {
  private readonly rules = new Map<string, ModelTraffic>();

  constructor(
    private readonly models: ServedModels,
    private readonly mainName: string,
  ) {}

  get(name: string): ModelTraffic | undefined {
    return this.rules.get(name);
  }

  /** From the next request on; undefined takes the model's rule away. */
  set(name: string, traffic: ModelTraffic | undefined): void {
    if (traffic === undefined) this.rules.delete(name);
    else this.rules.set(name, traffic);
  }

  ruled(): readonly (readonly [string, ModelTraffic])[] {
    return [...this.rules];
  }

  route(headers: RoutingHeaders, name?: string): ServedModel {
    if (this.rules.size === 0) return this.models.route(headers, name);
    return this.rules.get(name ?? this.mainName)?.route(headers) ?? this.models.route(headers, name);
  }

  main(): ServedModel {
    return this.rules.get(this.mainName)?.stable() ?? this.models.main();
  }

  find(name: string, version?: string): ServedModel {
    const stable = version === undefined ? this.rules.get(name)?.stable() : undefined;
    return stable ?? this.models.find(name, version);
  }

  versions(name: string): readonly string[] {
    return this.models.versions(name);
  }

  all(): readonly ServedModel[] {
    return this.models.all();
  }
}
