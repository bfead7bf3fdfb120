/** A kind of short-lived Postgres user: how Vault makes one, lets it live on, and takes it away. */
export interface DatabaseRole {
  readonly creationStatements: readonly string[];
  readonly renewStatements: readonly string[];
  readonly revocationStatements: readonly string[];
}

/** Seconds that a user lives unless its lease is renewed, and the most that renewals reach. */
export const CREDENTIAL_SECONDS = { defaultTtl: 3600, maxTtl: 86_400 } as const;

const NAME = '"{{name}}"';

/**
 * Users by what they may do with the tables of schema public. Vault fills in name, password and expiration. Managed
 * databases give no superuser, so the user that Vault connects as must be a member of a role before it may drop it.
 */
export const DATABASE_ROLES: Readonly<Record<"readonly" | "readwrite", DatabaseRole>> = {
  readonly: databaseRole(["SELECT"], []),
  readwrite: databaseRole(["SELECT", "INSERT", "UPDATE", "DELETE"], ["USAGE", "SELECT"]),
};

function databaseRole(tables: readonly string[], sequences: readonly string[]): DatabaseRole {
  const sequenceGrant =
    sequences.length === 0 ? [] : [`GRANT ${sequences.join(", ")} ON ALL SEQUENCES IN SCHEMA public TO ${NAME};`];
  return {
    creationStatements: [
      `CREATE ROLE ${NAME} WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';`,
      `GRANT USAGE ON SCHEMA public TO ${NAME};`,
      `GRANT ${tables.join(", ")} ON ALL TABLES IN SCHEMA public TO ${NAME};`,
      ...sequenceGrant,
    ],
    renewStatements: [`ALTER ROLE ${NAME} VALID UNTIL '{{expiration}}';`],
    revocationStatements: [
      `GRANT ${NAME} TO CURRENT_USER;`,
      `REASSIGN OWNED BY ${NAME} TO CURRENT_USER;`,
      `DROP OWNED BY ${NAME};`,
      `DROP ROLE ${NAME};`,
    ],
  };
}
