import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { summariseFiles } from "../../../../services/drift/files/summariseFiles";
import { TableFileError } from "../../../../services/drift/files/tableFileError";
import type { TableSketch } from "../../../../services/drift/sketches/tableSketch";
import { openObjectStore } from "../../../../services/runtime/objectStore";
import { temporaryFolder } from "../../../support/temporaryFolder";

const root = temporaryFolder();
const store = openObjectStore(pathToFileURL(root).href);
const folder = (name: string) => {
  mkdirSync(join(root, name));
  return join(root, name);
};

async function writeParquet(path: string, query: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`copy (${query}) to '${path}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function numeric(sketch: TableSketch, name: string) {
  const column = sketch.columns.get(name);
  if (column?.kind !== "numeric") throw new Error(`${name} is not numeric`);
  return column;
}

function categories(sketch: TableSketch, name: string) {
  const column = sketch.columns.get(name);
  if (column?.kind !== "categorical") throw new Error(`${name} is not categorical`);
  return column;
}

describe("summariseFiles", () => {
  it("reads the Parquet, CSV and Arrow files of a prefix as one table, exact in counts and moments", async () => {
    const path = folder("mixed [1]*");
    await writeParquet(
      join(path, "1.parquet"),
      `select case when range % 10 = 0 then null else range end as n, 'c' || (range % 3) as "a ""b""", now() as at from range(10000)`,
    );
    writeFileSync(join(path, "2.csv"), 'n,"a ""b"""\n10000,c0\n,c1\nNA,\nabc,c9\n');
    writeFileSync(join(path, "3.csv.gz"), gzipSync('"a ""b""",n\nc0,10001\n'));
    const arrow = tableFromArrays({ n: Float64Array.of(10_002), 'a "b"': ["c0"] });
    writeFileSync(join(path, "4.arrow"), tableToIPC(arrow));
    writeFileSync(join(path, "README.md"), "no table");
    const { sketch, files, skipped } = await summariseFiles({ store, prefix: "mixed [1]*/" });
    expect(files.map((key) => key.slice(11))).toEqual(["1.parquet", "2.csv", "3.csv.gz", "4.arrow"]);
    expect(skipped).toEqual([{ name: "at", type: "TIMESTAMP WITH TIME ZONE" }]);
    expect(sketch.rows).toBe(10_006);
    const n = numeric(sketch, "n");
    expect(n).toMatchObject({ missing: 1_002, invalid: 1, count: 9_003 });
    const sum = (9_999 * 10_000) / 2 - 10 * ((999 * 1_000) / 2) + 30_003;
    expect(n.moments.mean).toBeCloseTo(sum / 9_003, 8);
    expect(n.moments).toMatchObject({ minimum: 1, maximum: 10_002 });
    expect(categories(sketch, 'a "b"').categories.top()).toEqual([
      ["c0", 3_337],
      ["c1", 3_334],
      ["c2", 3_333],
      ["c9", 1],
    ]);
    expect(categories(sketch, 'a "b"').missing).toBe(1);
  });

  it("takes columns as the kinds that are asked for, categories as JSON writes them", async () => {
    const path = folder("kinds");
    await writeParquet(
      join(path, "a.parquet"),
      "select 1.0::double as d, 7 as i, true as b union all select 2.5, 7, false",
    );
    const kinds = { d: "categorical", i: "categorical", b: "categorical" } as const;
    const { sketch, skipped } = await summariseFiles({ store, prefix: "kinds/", kinds });
    expect(skipped).toEqual([]);
    expect(categories(sketch, "d").categories.top()).toEqual([
      ["1", 1],
      ["2.5", 1],
    ]);
    expect(categories(sketch, "i").categories.top()).toEqual([["7", 2]]);
    expect(categories(sketch, "b").categories.top()).toEqual([
      ["false", 1],
      ["true", 1],
    ]);
  });

  it("goes on when later rows are of another type than the first", async () => {
    const path = folder("late");
    const rows = Array.from({ length: 30_000 }, (_, i) => (i === 29_000 ? "oops" : String(i)));
    writeFileSync(join(path, "a.csv"), `x\n${rows.join("\n")}\n`);
    const { sketch } = await summariseFiles({ store, prefix: "late/" });
    expect(numeric(sketch, "x")).toMatchObject({ rows: 30_000, invalid: 1, count: 29_999 });
  });

  it("says which file is wrong, and leaves nothing in the temporary folder", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("tideline-files-"));
    const broken = folder("broken");
    writeFileSync(join(broken, "a.parquet"), "no parquet at all");
    await expect(summariseFiles({ store, prefix: "broken/" })).rejects.toThrow(
      /^broken\/a\.parquet cannot be read as parquet: /,
    );
    const arrow = folder("arrow");
    writeFileSync(join(arrow, "a.arrow"), "no arrow at all, but long enough");
    await expect(summariseFiles({ store, prefix: "arrow/" })).rejects.toThrow(TableFileError);
    const other = folder("other");
    writeFileSync(join(other, "a.csv"), "x,y\n1,2\n");
    writeFileSync(join(other, "b.csv"), "x,z\n1,2\n");
    await expect(summariseFiles({ store, prefix: "other/" })).rejects.toThrow(
      new TableFileError('other/b.csv lacks the column "y". It has: "x", "z".'),
    );
    folder("empty");
    await expect(summariseFiles({ store, prefix: "empty/" })).rejects.toThrow(
      new TableFileError(
        `There are no table files directly below "empty/" in ${store.url}. Their names must end in one of .parquet, .csv, .csv.gz, .arrow, .arrows.`,
      ),
    );
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith("tideline-files-"));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
