import { CLUSTER_RULES } from "./cluster";
import { COST_RULES } from "./cost";
import { DATABASE_RULES } from "./database";
import { ENCRYPTION_RULES } from "./encryption";
import type { Rule } from "./frame/rule";
import { IDENTITY_RULES } from "./identity";
import { KUBERNETES_RULES } from "./kubernetes";
import { ML_RULES } from "./ml";
import { NETWORK_RULES } from "./network";
import { STORAGE_RULES } from "./storage";
import { TAGS_RULES } from "./tags";

/** All rules by subject, which is also the folder that each has its file in. */
export const RULES_BY_SUBJECT: Readonly<Record<string, readonly Rule[]>> = {
  cluster: CLUSTER_RULES,
  cost: COST_RULES,
  database: DATABASE_RULES,
  encryption: ENCRYPTION_RULES,
  identity: IDENTITY_RULES,
  kubernetes: KUBERNETES_RULES,
  ml: ML_RULES,
  network: NETWORK_RULES,
  storage: STORAGE_RULES,
  tags: TAGS_RULES,
};

/** All rules. */
export const RULES: readonly Rule[] = Object.values(RULES_BY_SUBJECT).flat();
