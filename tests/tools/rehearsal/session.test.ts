import { awsCatalogue } from "../../../tools/rehearsal/aws/catalogue";
import type { RehearsalSession, StateResource } from "../../../tools/rehearsal/session";
import { deleteResource, updateResource } from "../../../tools/rehearsal/simulator";
import { type StoredResource, World } from "../../../tools/rehearsal/world";
import { describeWithEngine } from "../../support/engine";
import { openSmallStack } from "../../support/smallStack";

jest.setTimeout(600_000);

const SUBNET = "aws:ec2/subnet:Subnet";
const unchanged = { code: 0, errors: [] };

function live(session: RehearsalSession, name: string): StoredResource {
  const found = session.worlds().aws?.resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (!found) throw new Error(`The simulated AWS has no ${name}.`);
  return found;
}

function placeOf({ token, account, region, urn }: StoredResource) {
  return { token, urn, name: "by-hand", location: { account, region } };
}

async function known(session: RehearsalSession): Promise<readonly StateResource[]> {
  return (await session.deployment()).resources ?? [];
}

async function changes(session: RehearsalSession): Promise<string[]> {
  const { code, errors, steps } = await session.preview();
  expect({ code, errors }).toEqual(unchanged);
  return steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.slice(urn.lastIndexOf("::") + 2)}`);
}

describeWithEngine("the engine on simulated clouds, as in life", (engine) => {
  let session: RehearsalSession;
  beforeAll(async () => {
    session = await openSmallStack(engine);
    expect(await session.up()).toMatchObject(unchanged);
  });

  test("a new role cannot be used at once: what uses it waits until it is known everywhere", () => {
    const { waited = 0 } = session.worlds().aws ?? {};
    const [role, policy] = [live(session, "role"), live(session, "policy")];
    expect(waited).toBeGreaterThan(0);
    expect(policy.createdAt - role.createdAt).toBeGreaterThanOrEqual(10);
  });

  test("a refresh without a change leaves nothing to do", async () => {
    expect(await session.refresh()).toMatchObject(unchanged);
    expect(await changes(session)).toEqual([]);
  });

  test("a refresh sees what was changed by hand, and up puts it right", async () => {
    const vpc = live(session, "vpc");
    await new World(session.cloudsFolder, "aws").change((state) => {
      const inputs = { ...vpc.inputs, tags: { Name: "renamed by hand" } };
      const { state: next } = updateResource(awsCatalogue, state, placeOf(vpc), vpc.id, inputs);
      return { state: next, result: undefined };
    });
    expect(await changes(session)).toEqual([]);
    expect(await session.refresh()).toMatchObject(unchanged);
    expect(await changes(session)).toEqual(["update vpc"]);
    expect(await session.up()).toMatchObject(unchanged);
    expect(live(session, "vpc").inputs.tags).toEqual({ Name: "small" });
  });

  test("a refresh sees what was deleted by hand, and up makes it again", async () => {
    const subnet = live(session, "subnet-1");
    await new World(session.cloudsFolder, "aws").change((state) => ({
      state: deleteResource(awsCatalogue, state, placeOf(subnet), subnet.id),
      result: undefined,
    }));
    expect(await session.refresh()).toMatchObject(unchanged);
    expect(await changes(session)).toEqual(["create subnet-1"]);
    expect(await session.up()).toMatchObject(unchanged);
    expect(live(session, "subnet-1").id).not.toBe(subnet.id);
  });

  test("what the state lost is imported by its id, and then there is nothing to do", async () => {
    const deployment = await session.deployment();
    const { resources = [] } = deployment;
    const kept = resources.filter(({ urn }) => !urn.endsWith("::subnet-0"));
    await session.replaceDeployment({ ...deployment, resources: kept });
    expect(await changes(session)).toEqual(["create subnet-0"]);
    const provider = kept.find(({ type }) => type === "pulumi:providers:aws")?.urn ?? "";
    const { id } = live(session, "subnet-0");
    expect(await session.importResource(SUBNET, "subnet-0", id, provider)).toMatchObject(unchanged);
    expect((await known(session)).find(({ urn }) => urn.endsWith("::subnet-0"))).toMatchObject({ id, custom: true });
    expect(await changes(session)).toEqual([]);
  });

  test("an import of what does not exist is refused", async () => {
    const provider = (await known(session)).find(({ type }) => type === "pulumi:providers:aws")?.urn ?? "";
    const { code, errors } = await session.importResource(SUBNET, "stray", "subnet-00000000000000000", provider);
    expect(code).not.toBe(0);
    expect(errors.join("\n")).toContain("does not exist");
  });
});
