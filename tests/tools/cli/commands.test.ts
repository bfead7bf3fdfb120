import { runCommand } from "../../../tools/cli/commands";
import { recordingContext } from "../../support/cliContext";

const context = () => recordingContext("/project", "/home");

test.each([
  [
    "dwn",
    "There is no command dwn. Did you mean down? Valid: up, preview, down, outputs, rehearse, render, policy, status, pulumi, logs.",
  ],
  [
    "destroy",
    "There is no command destroy. Valid: up, preview, down, outputs, rehearse, render, policy, status, pulumi, logs.",
  ],
  [
    "toString",
    "There is no command toString. Valid: up, preview, down, outputs, rehearse, render, policy, status, pulumi, logs.",
  ],
])("the unknown command %s is refused", async (name, message) => {
  await expect(runCommand(context(), [name])).rejects.toThrow(message);
});

test("help lists every command, and each explains itself", async () => {
  const help = context();
  expect(await runCommand(help, ["help"])).toBe(0);
  for (const name of ["up", "preview", "down", "outputs", "rehearse", "policy", "status", "pulumi", "logs"]) {
    expect(help.printed[0]).toContain(`npm run ${name}`);
    const own = context();
    expect(await runCommand(own, [name, "--help"])).toBe(0);
    expect(own.printed[0]).toContain(`npm run ${name}`);
  }
  expect(await runCommand(context(), [])).toBe(1);
});
