import { maintenancePolicy, maintenanceProblems } from "../../../components/gcp/maintenance";

const freeze = { name: "black-friday", start: "2026-11-25T00:00:00Z", end: "2026-12-01T00:00:00Z" };
const texts = (exclusions: Parameters<typeof maintenanceProblems>[0]) =>
  maintenanceProblems(exclusions).map(({ path, reason }) => `${path} ${reason}`);

test("upgrades happen at weekends and never in an exclusion", () => {
  const { recurringWindow, maintenanceExclusions } = maintenancePolicy([freeze]);
  expect(recurringWindow.recurrence).toBe("FREQ=WEEKLY;BYDAY=SA,SU");
  expect(new Date(recurringWindow.startTime).getUTCDay()).toBe(6);
  expect(maintenanceExclusions).toEqual([
    {
      exclusionName: "black-friday",
      startTime: freeze.start,
      endTime: freeze.end,
      exclusionOptions: { scope: "NO_UPGRADES" },
    },
  ]);
});

test("exclusions keep within GKE's limits", () => {
  expect(texts([freeze])).toEqual([]);
  expect(texts(Array(21).fill({ ...freeze, scope: "NO_MINOR_UPGRADES" }))).toEqual([
    "maintenanceExclusions has 21 entries; GKE allows 20.",
  ]);
  expect(texts(Array(4).fill(freeze))).toEqual([
    "maintenanceExclusions has 4 entries of scope NO_UPGRADES; GKE allows 3. Give the others scope NO_MINOR_UPGRADES.",
  ]);
  expect(texts([{ ...freeze, end: "tomorrow" }])).toEqual([
    'maintenanceExclusions[0] ("black-friday") is from 2026-11-25T00:00:00Z to tomorrow; give two times such as 2026-11-25T00:00:00Z, the earlier first.',
  ]);
});
