import { setTimeout as wait } from "node:timers/promises";

/** Tries until `check` passes without throwing; after `seconds` its last error is the test's. */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 20): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await wait(10);
    }
  }
}
