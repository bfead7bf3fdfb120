import type { Rule } from "../frame/rule";
import { azurePostgresBackups } from "./azurePostgresBackups";
import { azurePostgresConnectionLogs } from "./azurePostgresConnectionLogs";
import { azurePostgresMultiZone } from "./azurePostgresMultiZone";
import { azurePostgresNotPublic } from "./azurePostgresNotPublic";
import { cloudsqlBackups } from "./cloudsqlBackups";
import { cloudsqlConnectionLogs } from "./cloudsqlConnectionLogs";
import { cloudsqlDeletionProtection } from "./cloudsqlDeletionProtection";
import { cloudsqlMultiZone } from "./cloudsqlMultiZone";
import { cloudsqlNotPublic } from "./cloudsqlNotPublic";
import { elasticacheFailover } from "./elasticacheFailover";
import { elasticachePassword } from "./elasticachePassword";
import { memorystorePassword } from "./memorystorePassword";
import { rdsBackups } from "./rdsBackups";
import { rdsDeletionProtection } from "./rdsDeletionProtection";
import { rdsFinalSnapshot } from "./rdsFinalSnapshot";
import { rdsLogs } from "./rdsLogs";
import { rdsMinorUpgrades } from "./rdsMinorUpgrades";
import { rdsMultiZone } from "./rdsMultiZone";
import { rdsNotPublic } from "./rdsNotPublic";
import { rdsPrivateSubnets } from "./rdsPrivateSubnets";

/** Rules of the subject database. */
export const DATABASE_RULES: readonly Rule[] = [
  azurePostgresBackups,
  azurePostgresConnectionLogs,
  azurePostgresMultiZone,
  azurePostgresNotPublic,
  cloudsqlBackups,
  cloudsqlConnectionLogs,
  cloudsqlDeletionProtection,
  cloudsqlMultiZone,
  cloudsqlNotPublic,
  elasticacheFailover,
  elasticachePassword,
  memorystorePassword,
  rdsBackups,
  rdsDeletionProtection,
  rdsFinalSnapshot,
  rdsLogs,
  rdsMinorUpgrades,
  rdsMultiZone,
  rdsNotPublic,
  rdsPrivateSubnets,
];
