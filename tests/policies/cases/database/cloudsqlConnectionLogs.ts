import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [
    {
      databaseVersion: "POSTGRES_17",
      settings: {
        databaseFlags: [
          { name: "log_connections", value: "on" },
          { name: "log_disconnections", value: "on" },
        ],
      },
    },
    { databaseVersion: "MYSQL_8_0" },
  ],
  fail: [
    {
      props: {
        databaseVersion: "POSTGRES_17",
        settings: {
          databaseFlags: [
            { name: "log_connections", value: "off" },
            { name: "log_disconnections", value: "on" },
          ],
        },
      },
      problems: ["The flag log_connections is not on."],
    },
  ],
};
