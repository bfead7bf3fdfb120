import { type Logger, pino } from "pino";

export type { Logger };

/**
 * JSON lines on standard output, with ISO timestamps and the service's name.
 *
 * Lines are written before the call returns: pino's default writes in the background, and a line flushed at exit can
 * then overtake the one before it. Services log rarely, and their last line is what their operator looks for.
 */
export function createLogger(service: string, level: string): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 1, sync: true }),
  );
}
