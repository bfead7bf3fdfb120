import { ServiceError } from "../../runtime/errors";
import { ObjectKeyError, type ObjectStore } from "../../runtime/objectStore";
import type { ColumnKind } from "../columns";
import { SketchFormatError } from "../sketches/sketchErrors";
import { summaryOfSketch } from "../sketches/sketchSummary";
import type { ColumnSummary } from "../summary";
import { summariseFiles } from "./summariseFiles";
import { TableFileError } from "./tableFileError";

/** Reads references out of table files, one at a time: each takes a core and some hundred bytes a column and row group. */
export class ReferenceFiles {
  private busy = false;

  /** @param store where prefixes are looked up; undefined when the operator named none. */
  constructor(private readonly store: ObjectStore | undefined) {}

  /**
   * Summaries of the table in the files directly below a prefix, in constant memory.
   * @throws {ServiceError} 400 saying what is wrong with the files, 409 while another table is read.
   */
  async summarise(prefix: string, kinds: Readonly<Record<string, ColumnKind>>): Promise<ColumnSummary[]> {
    if (!this.store) {
      throw new ServiceError(
        400,
        "no_file_store",
        "files names a prefix, and this service has no store to look it up in: its operator sets FILES_URL.",
      );
    }
    if (prefix !== "" && !prefix.endsWith("/")) {
      throw new ServiceError(400, "invalid_prefix", `The prefix ${JSON.stringify(prefix)} must end in "/".`);
    }
    if (this.busy) {
      throw new ServiceError(409, "files_busy", "The files of another reference are being read. Try again later.");
    }
    this.busy = true;
    try {
      const given = Object.keys(kinds).length > 0 ? { kinds } : {};
      const { sketch } = await summariseFiles({ store: this.store, prefix, ...given });
      return [...sketch.columns].map(([name, column]) => summaryOfSketch(name, column));
    } catch (error) {
      const known = [TableFileError, ObjectKeyError, SketchFormatError].some((type) => error instanceof type);
      throw known ? new ServiceError(400, "invalid_files", (error as Error).message) : error;
    } finally {
      this.busy = false;
    }
  }
}
