import { CliError } from "./cliError";
import type { CliContext } from "./context";
import { type LocalService, readServices } from "./localServices";
import { formatTable } from "./table";

/** `status`: the local services. The exit code is 1 when one of them does not run or does not answer. */
export async function status({ home, print }: CliContext, args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new CliError(`status takes no arguments; found ${args.join(" ")}.`);
  const services = await readServices(home);
  if (services.length === 0) {
    print("No local services. Start them with: npm run up");
    return 0;
  }
  print(formatTable([["SERVICE", "STATE", "PID", "URL", "UPTIME"], ...services.map(row)]));
  const bad = services.filter(({ state }) => state !== "running");
  const [first] = bad;
  if (!first) return 0;
  print(`\nSee why with "npm run logs -- ${first.name}"; start again what stopped with "npm run up".`);
  return 1;
}

function row({ name, state, pid, url, uptimeSeconds }: LocalService): string[] {
  return [
    name,
    state,
    pid === undefined ? "-" : String(pid),
    url,
    uptimeSeconds === undefined ? "-" : duration(uptimeSeconds),
  ];
}

/** The two greatest units: `2 d 3 h`, `5 min 10 s`, `8 s`. */
export function duration(seconds: number): string {
  const units: [string, number][] = [
    ["d", Math.floor(seconds / 86_400)],
    ["h", Math.floor(seconds / 3_600) % 24],
    ["min", Math.floor(seconds / 60) % 60],
    ["s", Math.floor(seconds) % 60],
  ];
  const first = units.findIndex(([, count]) => count > 0);
  const shown = first < 0 ? units.slice(-1) : units.slice(first, first + 2);
  return shown.map(([unit, count]) => `${count} ${unit}`).join(" ");
}
