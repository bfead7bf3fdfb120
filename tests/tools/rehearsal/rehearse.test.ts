import { CliError } from "../../../tools/cli/cliError";
import { createContext } from "../../../tools/cli/context";
import { rehearse, rehearseStack } from "../../../tools/rehearsal/rehearse";
import { formatReport, type Report } from "../../../tools/rehearsal/report";
import { describeWithEngine } from "../../support/engine";
import { committedSettings, openRehearsal } from "../../support/rehearsal";

jest.setTimeout(900_000);

const fast = { fault: undefined, note: () => {} };

function steps(report: Report, phase: string): Readonly<Record<string, number>> | undefined {
  return report.phases.find(({ name }) => name === phase)?.steps;
}

describeWithEngine("rehearsing", (engine) => {
  test.each(["dev", "staging", "prod"])(
    "%s: preview, up, a second up without change, and a destroy that leaves the clouds empty",
    async (stack) => {
      const settings = committedSettings(stack);
      const report = await rehearseStack(await openRehearsal(engine, stack), { ...fast, stack, settings });
      expect(report).toMatchObject({ problems: [], left: [], simulated: true });
      expect(report.total).toBeGreaterThan(100);
      expect(steps(report, "preview")).toEqual({ create: report.total });
      expect(steps(report, "up")).toEqual({ create: report.total });
      expect(steps(report, "second up")).toEqual({});
      expect(report.phases.flatMap(({ replacements }) => replacements)).toEqual([]);
      expect(formatReport(report)).toContain("The simulated clouds are empty again.");
    },
  );

  test.each(["throttle:45", "timeout:45", "lost-answer:45"] as const)(
    "under %s, comes to the same end after as many runs as it takes",
    async (fault) => {
      const settings = committedSettings("dev");
      const [kind = "throttle"] = fault.split(":") as ["throttle" | "timeout" | "lost-answer"];
      const plan = { stack: "dev", settings, note: () => {}, fault: { kind, every: 45 } };
      const report = await rehearseStack(await openRehearsal(engine, "dev"), plan);
      expect(report).toMatchObject({ problems: [], left: [] });
      expect(report.phases.find(({ name }) => name === "up")?.attempts).toBeGreaterThan(1);
    },
  );

  test("outputs have the same shape for every cloud, and kubeconfigs are secret", async () => {
    const session = await openRehearsal(engine, "prod");
    expect(await session.up()).toMatchObject({ code: 0 });
    const outputs = await session.outputs();
    const shape = (cloud: string) =>
      Object.keys(outputs)
        .filter((name) => name.startsWith(cloud))
        .map((name) => name.slice(cloud.length))
        .sort();
    // Which workloads there are may differ by cloud; these three do not.
    const principals = ["DriftPrincipal", "ServingPrincipal", "TrainingPrincipal"];
    for (const cloud of ["aws", "gcp", "azure"]) expect(shape(cloud)).toEqual(expect.arrayContaining(principals));
    const others = (cloud: string) => shape(cloud).filter((name) => !name.endsWith("Principal"));
    expect(others("aws")).toEqual(others("gcp"));
    expect(others("aws")).toEqual(others("azure"));
    const { resources = [] } = await session.deployment();
    const shown = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    for (const cloud of ["aws", "gcp", "azure"]) {
      expect(JSON.parse(String(outputs[`${cloud}Kubeconfig`]))).toMatchObject({ kind: "Config" });
      expect(shown[`${cloud}Kubeconfig`]).toHaveProperty("ciphertext");
    }
  });
});

describe("rehearse refuses", () => {
  const context = createContext(process.cwd(), process.env);

  test.each<[string, string[], string]>([
    ["no stack", [], "Name the stack to rehearse: npm run rehearse -- prod"],
    [
      "stack local",
      ["local"],
      "Stack local needs no rehearsal: it runs on this machine, and costs nothing. npm run up",
    ],
    ["an unknown flag", ["dev", "--fast"], "rehearse has no flag --fast; it has --fault and --json."],
    [
      "an unknown fault",
      ["dev", "--fault", "flood"],
      'There is no fault flood; allowed: throttle, timeout, lost-answer, crash, each with ":K" for every K-th operation, such as crash:20.',
    ],
  ])("%s", async (_, args, message) => {
    await expect(rehearse(context, args)).rejects.toThrow(new CliError(message));
  });
});
