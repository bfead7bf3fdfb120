import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import ts from "typescript";

/** One text file of the repository. `path` is relative to its root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const LEFT_OUT = new Set(["node_modules", ".git", ".tideline", "dist", "coverage"]);
const TEXT = /(\.(ts|js|cjs|json|ya?ml|md|go|mod|sum|sh|proto|txt|toml)|\/run|\.npmrc|\.gitignore|\.editorconfig)$/;

/** All text files below `root`, sorted by path, without what installs and runs leave there. */
export function readSources(root: string): Source[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (LEFT_OUT.has(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });
  const paths = walk(root).filter((path) => TEXT.test(path));
  return paths
    .map((path) => ({ path: relative(root, path).split(sep).join("/"), text: readFileSync(path, "utf8") }))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** Files of the repository that a TypeScript file imports, without their ending, relative to the root. */
export function localImports({ path, text }: Source): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const local = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
  return local.map((name) => posix.normalize(posix.join(dirname(path), name)).replace(/\.js$/, ""));
}

/** Functions of a TypeScript file with the lines that they take, suites (`describe` callbacks and functions named so) left out. */
export function functionLengths({ path, text }: Source): { name: string; line: number; lines: number }[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const found: { name: string; line: number; lines: number }[] = [];
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body && !isSuite(node)) {
      const [first, last] = [lineOf(node.getStart()), lineOf(node.getEnd())];
      const name = node.name?.getText() ?? (ts.isConstructorDeclaration(node) ? "constructor" : "an unnamed function");
      found.push({ name, line: first, lines: last - first + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isSuite(node: ts.SignatureDeclaration): boolean {
  const callback = ts.isCallExpression(node.parent) && /^describe/.test(node.parent.expression.getText());
  return callback || /^describe/.test(node.name?.getText() ?? "");
}
