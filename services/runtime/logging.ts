import { type Logger, pino } from "pino";

export type { Logger };

/** JSON lines on standard output, with ISO timestamps and the service's name. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
