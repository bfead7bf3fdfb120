import { functionLengths, localImports, type Source } from "./sources";

const MOST_FILE_LINES = 250;
const MOST_FUNCTION_LINES = 70;
const SOURCE_FOLDERS = ["stacks", "components", "services", "policies", "tools", "examples"];

/** What each room may import besides itself, as patterns of paths. Data flows stacks -> components -> descriptors. */
const MAY_IMPORT: Readonly<Record<string, readonly RegExp[]>> = {
  stacks: [/^components\//, /^services\/[^/]+\/service$/],
  components: [/^services\/[^/]+\/service$/, /^services\/runtime\//],
  services: [],
  policies: [],
  tools: [/^stacks\//, /^components\//, /^services\//, /^policies\//],
  examples: [/^stacks\/outputs$/],
};

/** Imports that point the wrong way. */
export function importProblems(sources: readonly Source[]): string[] {
  return sources.filter(isTypeScript).flatMap((source) => {
    const [room = ""] = source.path.split("/");
    const allowed = MAY_IMPORT[room];
    if (!allowed) return [];
    const wrong = localImports(source).filter((target) => !mayImport(source.path, target, allowed));
    return wrong.map((target) => `${source.path} imports ${target}, which ${room} may not.`);
  });
}

function mayImport(path: string, target: string, allowed: readonly RegExp[]): boolean {
  const [room, name] = path.split("/");
  const [targetRoom, targetName] = target.split("/");
  if (allowed.some((pattern) => pattern.test(target))) return true;
  if (targetRoom !== room) return false;
  if (room !== "services") return true;
  // A service knows itself, what all share, and of its neighbours only the descriptor. services/main.ts starts them all.
  const neighbour = targetName !== name && targetName !== "runtime";
  return !neighbour || name === "main.ts" || /^services\/[^/]+\/service$/.test(target);
}

/** Tests that mirror no source file: tests/components/aws/network.test.ts belongs to components/aws/network.ts. */
export function testPathProblems(sources: readonly Source[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const tests = sources.filter(({ path }) => path.endsWith(".test.ts"));
  return tests
    .filter(({ path }) => !paths.has(path.replace(/^tests\//, "").replace(/\.test\.ts$/, ".ts")))
    .map(({ path }) => `${path} mirrors no source file; name it after the file that it tests.`);
}

/** Files and functions that have grown too long to read at a sitting. */
export function lengthProblems(sources: readonly Source[]): string[] {
  return sources.filter(isTypeScript).flatMap((source) => {
    const lines = source.text.trimEnd().split("\n").length;
    const file = lines > MOST_FILE_LINES ? [`${source.path} has ${lines} lines; at most ${MOST_FILE_LINES}.`] : [];
    const functions = functionLengths(source)
      .filter((found) => found.lines > MOST_FUNCTION_LINES)
      .map(
        ({ name, line, lines }) => `${source.path}:${line} ${name} has ${lines} lines; at most ${MOST_FUNCTION_LINES}.`,
      );
    return [...file, ...functions];
  });
}

/** Texts that tie the repository to one machine or one package registry; in parts, so that this file passes. */
const TIES = [
  ["registry.", "npmjs", ".org"],
  ["proxy.", "golang", ".org"],
  ["files.", "pythonhosted", ".org"],
  ["repo1.", "maven", ".org"],
  ["/work", "/main"],
  ["/work", "/shared"],
  ["/root", "/"],
].map((parts) => parts.join(""));

/** Machine paths and registry hosts anywhere, and download addresses in the lock file. */
export function tieProblems(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const found = TIES.filter((tie) => text.includes(tie)).map((tie) => `${path} names ${tie}`);
    const resolved = path === "package-lock.json" && text.includes('"resolved":');
    return resolved ? [...found, `${path} holds download addresses; set omit-lockfile-registry-resolved.`] : found;
  });
}

function isTypeScript({ path }: Source): boolean {
  const [room = ""] = path.split("/");
  return path.endsWith(".ts") && [...SOURCE_FOLDERS, "tests"].includes(room) && !path.includes("/generated/");
}
