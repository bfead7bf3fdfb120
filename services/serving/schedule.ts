import { badRequest } from "./tensors/badRequest";
import { valueSeen } from "./valueSeen";

/** How a request wants to wait. */
export interface Schedule {
  /** Longest wait for a batch, in milliseconds; undefined means as long as it takes. */
  readonly timeoutMs: number | undefined;
  /** 1 goes before all others, 255 after them. */
  readonly priority: number;
}

/** Requests that say nothing, or 0, are in the middle. */
export const DEFAULT_PRIORITY = 128;
const LEAST_URGENT = 255;
/** What a timer can hold. */
const LONGEST_TIMEOUT_US = 2 ** 31 * 1000 - 1000;

/**
 * Reads the request parameters `timeout`, in microseconds as Triton has it, and `priority`.
 * @throws {ServiceError} 400 when they are no whole numbers in range.
 */
export function readSchedule(parameters: Readonly<Record<string, unknown>>): Schedule {
  const { timeout = 0, priority = 0 } = parameters;
  if (!isWhole(timeout, LONGEST_TIMEOUT_US)) {
    throw badRequest(
      `parameters.timeout is ${valueSeen(timeout)}. Allowed: microseconds, a whole number from 0, which means none, to ${LONGEST_TIMEOUT_US}.`,
    );
  }
  if (!isWhole(priority, LEAST_URGENT)) {
    throw badRequest(
      `parameters.priority is ${valueSeen(priority)}. Allowed: a whole number from 1, the most urgent, to ${LEAST_URGENT}; 0 means ${DEFAULT_PRIORITY}.`,
    );
  }
  return { timeoutMs: timeout === 0 ? undefined : timeout / 1000, priority: priority || DEFAULT_PRIORITY };
}

function isWhole(value: unknown, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}
