import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { environmentOf } from "./environment";
import { ExceptionList, parseExceptions } from "./frame/exceptions";
import { policiesOf } from "./frame/pack";
import { RULES } from "./rules";

const file = process.env.TIDELINE_POLICY_EXCEPTIONS ?? join(__dirname, "exceptions.json");
const exceptions = parseExceptions(
  JSON.parse(readFileSync(file, "utf8")),
  RULES.map(({ name }) => name),
);

new PolicyPack("tideline", {
  policies: policiesOf({
    rules: RULES,
    environment: environmentOf(process.env),
    exceptions: new ExceptionList(exceptions, new Date().toISOString().slice(0, 10)),
  }),
});
