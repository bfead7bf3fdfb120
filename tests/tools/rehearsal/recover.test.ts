import { audit } from "../../../tools/rehearsal/audit";
import type { Fault } from "../../../tools/rehearsal/faults";
import { runPhase } from "../../../tools/rehearsal/rehearse";
import type { RehearsalSession } from "../../../tools/rehearsal/session";
import { describeWithEngine, type Engine } from "../../support/engine";
import { committedSettings, openRehearsal, withSetting } from "../../support/rehearsal";
import { openSmallStack } from "../../support/smallStack";

jest.setTimeout(1_800_000);

/** What exists, without what numbers differently when things are made in another order. */
function made(session: RehearsalSession): string[] {
  return Object.values(session.worlds())
    .flatMap(({ resources }) => resources.map(({ urn }) => urn))
    .sort();
}

/** Every resource with its inputs; ids, which number differently in another order, are replaced by whose they are. */
function inputsByUrn(session: RehearsalSession): Record<string, unknown> {
  const resources = Object.values(session.worlds()).flatMap((world) => world.resources);
  const named = (text: string) => resources.reduce((rest, { id, urn }) => rest.replaceAll(`"${id}"`, `"${urn}"`), text);
  return Object.fromEntries(resources.map(({ urn, inputs }) => [urn, JSON.parse(named(JSON.stringify(inputs)))]));
}

/**
 * Kills the engine at every k-th operation of an up and of a destroy, going on after each kill until they are done. A
 * destroy whose every deletion kills the engine before the answer could never end, so there the least k is 2.
 */
async function upAndDestroy(session: RehearsalSession, every: number, arrived: () => void): Promise<void> {
  const fault: Fault = { kind: "crash", every };
  const up = await runPhase(session, "up", () => session.up(fault));
  expect(up.failure).toBeUndefined();
  expect(up.phase.attempts).toBeGreaterThan(1);
  arrived();
  expect(audit(await session.deployment(), session.worlds())).toEqual({ orphans: [], duplicates: [], missing: [] });
  const again = await session.up();
  expect(again.steps.filter(({ op }) => op !== "same")).toEqual([]);
  const rarer: Fault = { kind: "crash", every: Math.max(2, every) };
  const destroy = await runPhase(session, "destroy", () => session.destroy(rarer));
  expect(destroy.failure).toBeUndefined();
  expect(destroy.phase.attempts).toBeGreaterThan(1);
  expect(made(session)).toEqual([]);
  expect((await session.deployment()).resources ?? []).toEqual([]);
}

async function uninterrupted(engine: Engine): Promise<Record<string, unknown>> {
  const session = await openSmallStack(engine);
  expect(await session.up()).toMatchObject({ code: 0 });
  return inputsByUrn(session);
}

describeWithEngine("an engine that is killed at every k-th operation of a few resources in three clouds", (engine) => {
  let expected: Record<string, unknown>;
  beforeAll(async () => {
    expected = await uninterrupted(engine);
  });

  // At k = 1 no run gets beyond its first operation: each is killed once before its cloud hears of it, and once after.
  test.each([1, 2, 3, 5, 7])("k = %i: up arrives at the same state, and destroy at none", async (every) => {
    const session = await openSmallStack(engine);
    await upAndDestroy(session, every, () => expect(inputsByUrn(session)).toEqual(expected));
  });
});

describeWithEngine("an engine that is killed at every k-th operation of a whole stack", (engine) => {
  // Protection would only add one more up before destroy.
  const three = withSetting(committedSettings("prod"), "deletionProtection", false);
  const one = committedSettings("dev");

  test.each([
    ["prod", three, 110],
    ["dev", one, 31],
  ] as const)("%s: up arrives at what was planned, and destroy at none (%#)", async (stack, settings, every) => {
    const session = await openRehearsal(engine, stack, settings);
    const planned = (await session.preview()).steps.map(({ urn }) => urn).sort();
    await upAndDestroy(session, every, () => expect(made(session)).toEqual(planned));
  });
});
