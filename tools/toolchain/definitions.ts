import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadAll } from "js-yaml";
import { cacheFolder } from "./cache";
import { ToolchainError } from "./errors";
import type { GoToolArgs } from "./goTool";
import { findOnPath } from "./installed";
import { withLock } from "./lock";

/** Where a project publishes its CustomResourceDefinitions: in which Go module, with what checksum, in which folder or file. */
interface Source {
  readonly module: string;
  /** As go.sum writes it. */
  readonly sum: string;
  readonly path: string;
}

/** By the name of the chart that brings them along; `gateway-api` has no chart, clouds install it. */
const SOURCES: Readonly<Record<string, readonly Source[]>> = {
  "cert-manager": [
    {
      module: "github.com/cert-manager/cert-manager@v1.20.2",
      sum: "h1:CimnY00nLqB2lmxhoSuEC4GDMFDK7JCXqyjwMM9ndIQ=",
      path: "deploy/crds",
    },
  ],
  "gateway-api": [
    {
      module: "sigs.k8s.io/gateway-api@v1.6.3",
      sum: "h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=",
      path: "config/crd/standard",
    },
  ],
  "argo-cd": [
    {
      module: "github.com/argoproj/argo-cd/v3@v3.4.0",
      sum: "h1:yZwfaOIzE/aQTA52mOfeZQbribmyxKYvMgirQja4eX0=",
      path: "manifests/crds",
    },
  ],
  "argo-rollouts": [
    {
      module: "github.com/argoproj/argo-rollouts@v1.8.3",
      sum: "h1:blbtQva4IK9r6gFh+dWkCrLnFdPOWiv9ubQYu36qeaA=",
      path: "manifests/crds",
    },
  ],
  keda: [
    {
      module: "github.com/kedacore/keda/v2@v2.20.1",
      sum: "h1:0Bb2zX/s+RSPtU2W+/Jk24A/aFl8MO79UuU0C4lA8ts=",
      path: "config/crd/bases",
    },
  ],
  "kube-prometheus-stack": [
    {
      module: "github.com/prometheus-operator/prometheus-operator@v0.85.0",
      sum: "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
      path: "example/prometheus-operator-crd",
    },
  ],
  "external-secrets": [
    {
      module: "github.com/external-secrets/external-secrets@v1.3.2",
      sum: "h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=",
      path: "config/crds/bases",
    },
  ],
  velero: [
    {
      module: "github.com/vmware-tanzu/velero@v1.18.3",
      sum: "h1:9uwN5yxTWQl9PsF5ljX4xiG+7VIq3I9mxOQ0DyyZ31A=",
      path: "config/crd/v1/bases",
    },
  ],
  base: [
    {
      module: "istio.io/api@v1.30.2",
      sum: "h1:xWno52OskZ51HBBOaQdLQ7GWXoooYVWGKEd9KY+dzVM=",
      path: "kubernetes",
    },
  ],
  "cloudnative-pg": [
    {
      module: "github.com/cloudnative-pg/cloudnative-pg@v1.27.0",
      sum: "h1:mp0zlYO4vKAJmQdArWORWKr1lmB4Hj8JeBQGX5RBnpg=",
      path: "config/crd/bases",
    },
  ],
  "plugin-barman-cloud": [
    {
      module: "github.com/cloudnative-pg/plugin-barman-cloud@v0.15.0",
      sum: "h1:gNVytrzzYUE08wxLDrjfJqy1FPPSFkMe1OEr4s4pVI0=",
      path: "config/crd/bases",
    },
  ],
  // The operator's own kinds, and those of the pipelines and triggers that it installs.
  "tekton-operator": [
    {
      module: "github.com/tektoncd/operator@v0.81.0",
      sum: "h1:GDdgrFopBOU0+qa+unU6MP1PWTncGzVqx2IX0bzpbXg=",
      path: "config/base/generated-crds",
    },
    {
      module: "github.com/tektoncd/pipeline@v1.1.0",
      sum: "h1:OdrcOp6GK99oOYkQnjiK2OC5UkrwgHOV/iukggwe8HM=",
      path: "config/300-crds",
    },
    {
      module: "github.com/tektoncd/triggers@v0.32.0",
      sum: "h1:aUo2ePkbvwJaUC8+S66gLuryF17O+I2K/gzQaXjlsm8=",
      path: "config",
    },
  ],
  "trivy-operator": [
    {
      module: "github.com/aquasecurity/trivy-operator@v0.28.0",
      sum: "h1:z48hnsFhDMKMNEhFTJ6mN8x/oWiLw5JSa1IQuwSAIjM=",
      path: "deploy/helm/crds",
    },
  ],
  gatekeeper: [
    {
      module: "github.com/open-policy-agent/gatekeeper/v3@v3.23.1",
      sum: "h1:njHTm0SJ6ZEhhEgmQTpJKTGQbc99fSs4hGiEp1OIKck=",
      path: "charts/gatekeeper/crds",
    },
  ],
};

/** Charts and the like whose CustomResourceDefinitions are known here. */
export const DEFINED_CHARTS: readonly string[] = Object.keys(SOURCES);

/** A CustomResourceDefinition as its project publishes it. */
export interface Definition {
  readonly apiVersion: "apiextensions.k8s.io/v1";
  readonly kind: "CustomResourceDefinition";
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/**
 * The folder with the definitions of all those charts, read once for this machine from the projects' own Go modules.
 * @throws {ToolchainError} when a module cannot be had, or is not the pinned one
 */
export async function resolveDefinitions({ env, report }: GoToolArgs): Promise<string> {
  const cache = cacheFolder(env);
  const pins = createHash("sha256")
    .update(JSON.stringify([APPROVAL, SOURCES]))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cache, `definitions-${pins}`);
  if (existsSync(folder)) return folder;
  const onWait = (pid: number) => report(`Process ${pid} is fetching CustomResourceDefinitions; waiting for it ...`);
  return withLock(join(cache, "definitions.lock"), { onWait }, async () => {
    if (!existsSync(folder)) await fetchAll(folder, cache, { env, report });
    return folder;
  });
}

/** The definitions that a chart brings along; none for a chart that is not known. */
export function readDefinitions(folder: string, chart: string): Definition[] {
  const file = join(folder, `${chart}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Definition[]) : [];
}

async function fetchAll(folder: string, cache: string, { env, report }: GoToolArgs): Promise<void> {
  const go = findOnPath("go", env.PATH);
  if (!go) throw new ToolchainError("CustomResourceDefinitions come from Go modules and there is no go on PATH.");
  report("Fetching the CustomResourceDefinitions of Kubernetes operators, once for this machine ...");
  const work = mkdtempSync(join(cache, ".definitions-"));
  try {
    const made = join(work, "made");
    mkdirSync(made);
    for (const [chart, sources] of Object.entries(SOURCES)) {
      const definitions: Definition[] = [];
      for (const source of sources)
        definitions.push(...definitionsIn(join(await download(go, source, work, env), source.path)));
      if (definitions.length === 0) throw new ToolchainError(`There are no CustomResourceDefinitions for ${chart}.`);
      writeFileSync(join(made, `${chart}.json`), JSON.stringify(definitions));
    }
    renameSync(made, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Outside any module, so that nothing but this one is looked at. */
async function download(go: string, { module, sum }: Source, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const options = { cwd, env: { ...env, GOFLAGS: "", GOWORK: "off", GO111MODULE: "on" } };
  const { stdout } = await promisify(execFile)(go, ["mod", "download", "-json", module], options).catch(
    (error: Error & { stdout?: string }) => {
      throw new ToolchainError(`${module} could not be had: ${error.stdout?.trim() || error.message}`);
    },
  );
  const { Dir, Sum } = JSON.parse(stdout) as { Dir: string; Sum: string };
  if (Sum === sum) return Dir;
  throw new ToolchainError(`${module} is not what is pinned: its checksum is ${Sum}, not ${sum}. It was not used.`);
}

function definitionsIn(folder: string): Definition[] {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => loadAll(readFileSync(join(folder, file), "utf8")) as (Definition | null | undefined)[])
    .filter((object) => object?.kind === "CustomResourceDefinition")
    .map((object) => lean(object as Definition));
}

/** Says that the Kubernetes project itself approved a kind of one of its own groups; without it the server refuses. */
const APPROVAL = "api-approved.kubernetes.io";

/** Without texts for readers, which are most of it; and without converters between versions, for the operator that would do it does not run. */
function lean({ apiVersion, kind, metadata, spec: { conversion: _, ...spec } }: Definition): Definition {
  const { name, annotations = {} } = metadata;
  const approval = annotations[APPROVAL];
  const kept = approval === undefined ? { name } : { name, annotations: { [APPROVAL]: approval } };
  return { apiVersion, kind, metadata: kept, spec: withoutTexts(spec) as Definition["spec"] };
}

function withoutTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (typeof value !== "object" || value === null) return value;
  // A property may be called description itself; then it is a schema and no text.
  const kept = Object.entries(value).filter(([key, member]) => key !== "description" || typeof member !== "string");
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutTexts(member)]));
}
