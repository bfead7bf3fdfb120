/** A priority class: who stays when a node is full. */
export interface PrioritySpec {
  readonly value: number;
  readonly description: string;
  /** Never waits for room instead of evicting others. @default PreemptLowerPriority */
  readonly preemptionPolicy?: "Never";
}

/** Answers to requests go before what watches them, and both before work that can wait. */
export const PRIORITIES = {
  "tideline-serving": { value: 1_000_000, description: "Answers requests: model servers and the gateway." },
  "tideline-platform": { value: 900_000, description: "What serving stands on or is watched by." },
  "tideline-batch": {
    value: 100_000,
    description: "Work that can wait: training and scans.",
    preemptionPolicy: "Never",
  },
} as const satisfies Readonly<Record<string, PrioritySpec>>;

export type Priority = keyof typeof PRIORITIES;
