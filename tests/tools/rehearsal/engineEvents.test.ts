import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { countSteps, readEngineLog } from "../../../tools/rehearsal/engineEvents";
import { temporaryFolder } from "../../support/temporaryFolder";

const folder = temporaryFolder();

function log(...lines: (object | string)[]): string {
  const file = join(folder, "events.jsonl");
  writeFileSync(file, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return file;
}

const step = (op: string, type: string, extra: object = {}) => ({
  resourcePreEvent: { metadata: { op, urn: `urn:pulumi:dev::p::${type}::x`, type, new: { custom: true }, ...extra } },
});

describe("readEngineLog", () => {
  test("gives the steps of resources, without components, providers and the stack", () => {
    const { steps } = readEngineLog(
      log(
        step("create", "pulumi:pulumi:Stack"),
        step("create", "pulumi:providers:aws"),
        step("create", "tideline:aws:Network", { new: { custom: false } }),
        step("replace", "aws:ec2/vpc:Vpc", { keys: ["cidrBlock"], diffs: ["cidrBlock", "tags"] }),
        step("delete", "aws:ec2/subnet:Subnet", { new: null, old: { custom: true }, keys: null, diffs: null }),
      ),
    );
    expect(steps).toEqual([
      {
        op: "replace",
        urn: "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::x",
        type: "aws:ec2/vpc:Vpc",
        replacing: ["cidrBlock"],
        changing: ["cidrBlock", "tags"],
      },
      {
        op: "delete",
        urn: "urn:pulumi:dev::p::aws:ec2/subnet:Subnet::x",
        type: "aws:ec2/subnet:Subnet",
        replacing: [],
        changing: [],
      },
    ]);
  });

  test("names the resource of an error, without colours", () => {
    const { errors, warnings } = readEngineLog(
      log(
        {
          diagnosticEvent: { severity: "error", message: "<{%reset%}>no<{%reset%}>\n", urn: "urn:pulumi:dev::p::t::x" },
        },
        { diagnosticEvent: { severity: "warning", message: "well" } },
        { diagnosticEvent: { severity: "info", message: "so" } },
      ),
    );
    expect({ errors, warnings }).toEqual({ errors: ["x: no"], warnings: ["well"] });
  });

  test("tells an engine that lived to its end from one that was killed in the middle of a line", () => {
    expect(readEngineLog(log({ summaryEvent: {} })).finished).toBe(true);
    const killed = readEngineLog(log(step("create", "aws:ec2/vpc:Vpc"), '{"resourcePre'));
    expect(killed).toMatchObject({ finished: false, steps: [{ op: "create" }] });
  });

  test("is empty when the engine never began", () => {
    expect(readEngineLog(join(folder, "none"))).toMatchObject({ steps: [], errors: [], finished: false });
  });
});

describe("countSteps", () => {
  test("leaves out what stays the same", () => {
    const steps = ["create", "same", "create", "update"].map((op) => ({
      op,
      urn: "",
      type: "",
      replacing: [],
      changing: [],
    }));
    expect(countSteps(steps)).toEqual({ create: 2, update: 1 });
  });

  it("reads the stack's last outputs, and none from an engine that was killed before", () => {
    const outputs = (value: string) => ({
      resOutputsEvent: {
        metadata: { op: "same", urn: "u", type: "pulumi:pulumi:Stack", new: { outputs: { url: value } } },
      },
    });
    expect(readEngineLog(log(outputs("old"), outputs("new"))).outputs).toEqual({ url: "new" });
    expect(readEngineLog(log(step("create", "aws:ec2/vpc:Vpc"))).outputs).toEqual({});
  });
});
