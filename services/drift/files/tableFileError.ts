/** A file or body that is no table, or not the table that was expected. The message names it and says what to do. */
export class TableFileError extends Error {
  override readonly name = "TableFileError";
}
