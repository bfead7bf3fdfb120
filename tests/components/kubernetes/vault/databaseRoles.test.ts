import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DATABASE_ROLES } from "../../../../components/kubernetes/vault/databaseRoles";

/** Statements with Vault's placeholders filled in. */
const filled = (statements: readonly string[], name: string) =>
  statements.map((statement) =>
    statement
      .replaceAll("{{name}}", name)
      .replaceAll("{{password}}", "s3cret")
      .replaceAll("{{expiration}}", "2030-01-01 00:00:00+0000"),
  );

/** Runs each statement in a real Postgres, in a process of its own, and answers with its error or its rows. */
function runInPostgres(statements: readonly string[]): (string | Record<string, unknown>[])[] {
  const script = `
    const { PGlite } = require("@electric-sql/pglite");
    (async () => {
      const db = new PGlite();
      const answers = [];
      for (const statement of JSON.parse(process.argv[1])) {
        answers.push(await db.exec(statement).then((results) => results.at(-1).rows, (error) => error.message));
      }
      console.log(JSON.stringify(answers));
      await db.close();
    })();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script, JSON.stringify(statements)], {
    cwd: join(__dirname, "..", "..", "..", ".."),
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

test.each([
  ["readonly", "permission denied for table models"],
  ["readwrite", []],
] as const)(
  "%s may read; a row that it writes gives: %s; and once revoked it is gone without a trace",
  (role, written) => {
    const name = `v-kubernetes-${role}`;
    const { creationStatements, renewStatements, revocationStatements } = DATABASE_ROLES[role];
    const made = ["CREATE TABLE models (id serial PRIMARY KEY, name text)", ...filled(creationStatements, name)];
    const renewed = filled(renewStatements, name);
    const revoked = filled(revocationStatements, name);
    const answers = runInPostgres([
      ...made,
      ...renewed,
      `SET ROLE "${name}"`,
      "SELECT * FROM models",
      "INSERT INTO models (name) VALUES ('a')",
      "RESET ROLE",
      ...revoked,
      `SELECT rolname FROM pg_roles WHERE rolname = '${name}'`,
    ]);
    const used = made.length + renewed.length + 1;
    expect(answers[used]).toEqual([]);
    expect(answers[used + 1]).toEqual(written);
    // All that went before and after went well, and nobody of that name is left.
    expect([...answers.slice(0, used), ...answers.slice(used + 2)].flat()).toEqual([]);
  },
);
