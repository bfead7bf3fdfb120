import { audit } from "../../../tools/rehearsal/audit";
import type { Fault } from "../../../tools/rehearsal/faults";
import { runPhase } from "../../../tools/rehearsal/rehearse";
import type { RehearsalSession } from "../../../tools/rehearsal/session";
import { describeWithEngine } from "../../support/engine";
import { committedSettings, openRehearsal, withSetting } from "../../support/rehearsal";

jest.setTimeout(1_800_000);

/** What exists, without what numbers differently when things are made in another order. */
function made(session: RehearsalSession): string[] {
  return Object.values(session.worlds())
    .flatMap(({ resources }) => resources.map(({ urn }) => urn))
    .sort();
}

describeWithEngine("an engine that is killed after every k-th operation", (engine) => {
  // Protection would only add one more up before destroy.
  const three = withSetting(committedSettings("prod"), "deletionProtection", false);
  const one = committedSettings("dev");

  test.each([
    ["three clouds", "prod", three, 110],
    ["one cloud", "dev", one, 31],
  ] as const)("%s: up arrives at the same state, and destroy at none (stack %s)", async (_, stack, settings, every) => {
    const session = await openRehearsal(engine, stack, settings);
    const fault: Fault = { kind: "crash", every };
    const planned = (await session.preview()).steps.map(({ urn }) => urn).sort();
    const up = await runPhase(session, "up", () => session.up(fault));
    expect(up.failure).toBeUndefined();
    expect(up.phase.attempts).toBeGreaterThan(1);
    expect(made(session)).toEqual(planned);
    expect(audit(await session.deployment(), session.worlds())).toEqual({ orphans: [], duplicates: [], missing: [] });
    const again = await session.up();
    expect(again.steps.filter(({ op }) => op !== "same")).toEqual([]);
    const destroy = await runPhase(session, "destroy", () => session.destroy(fault));
    expect(destroy.failure).toBeUndefined();
    expect(made(session)).toEqual([]);
    expect((await session.deployment()).resources ?? []).toEqual([]);
  });
});
