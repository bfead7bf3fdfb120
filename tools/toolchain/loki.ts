import { join } from "node:path";
import { type GoTool, type GoToolArgs, resolveGoTool } from "./goTool";

const LOKI: GoTool = {
  name: "loki",
  version: "3.7.8",
  moduleFolder: join(__dirname, "loki"),
  programs: { loki: "github.com/grafana/loki/v3/cmd/loki" },
  variables: {},
  takes: "4 to 10 minutes",
};

/**
 * The pinned Loki, which checks the configuration that clusters get; built once for this machine.
 * @throws {ToolchainError} saying why there is none
 */
export async function resolveLoki(args: GoToolArgs): Promise<string> {
  return join(await resolveGoTool(LOKI, args), "loki");
}
