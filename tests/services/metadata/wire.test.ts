import {
  encodeMessage,
  endsReady,
  fatalMessage,
  messageType,
  refuseCopyFromStdin,
  renameStatement,
} from "../../../services/metadata/wire";

const text = (...parts: string[]) => Buffer.from(parts.map((part) => `${part}\0`).join(""));
const rename = (message: Buffer) => Buffer.from(renameStatement(message, "c7_").message).toString("latin1");

describe("endsReady", () => {
  const ready = (status: string) => encodeMessage("Z", Buffer.from(status));

  it("is true only after ReadyForQuery outside a transaction", () => {
    expect(endsReady(ready("I"))).toBe(true);
    expect(endsReady(Buffer.concat([encodeMessage("C", text("SELECT 1")), ready("I")]))).toBe(true);
    expect(endsReady(ready("T"))).toBe(false);
    expect(endsReady(ready("E"))).toBe(false);
    expect(endsReady(new Uint8Array())).toBe(false);
  });
});

describe("renameStatement", () => {
  it("prefixes the statement in Parse, Bind, Describe and Close and keeps the rest", () => {
    expect(rename(encodeMessage("P", text("s1", "select 1")))).toBe(
      encodeMessage("P", text("c7_s1", "select 1")).toString("latin1"),
    );
    expect(rename(encodeMessage("B", Buffer.concat([text("portal", "s1"), Buffer.from([0, 0])])))).toBe(
      encodeMessage("B", Buffer.concat([text("portal", "c7_s1"), Buffer.from([0, 0])])).toString("latin1"),
    );
    expect(rename(encodeMessage("D", text("Ss1")))).toBe(encodeMessage("D", text("Sc7_s1")).toString("latin1"));
    expect(rename(encodeMessage("C", text("Ss1")))).toBe(encodeMessage("C", text("Sc7_s1")).toString("latin1"));
  });

  it("leaves the unnamed statement, portals and other messages alone", () => {
    for (const message of [
      encodeMessage("P", text("", "select 1")),
      encodeMessage("B", text("", "")),
      encodeMessage("D", text("Pportal")),
      encodeMessage("Q", text("select 's1'")),
    ]) {
      expect(renameStatement(message, "c7_")).toEqual({ message });
    }
  });
});

it("refuses COPY FROM STDIN and nothing that merely mentions it", () => {
  for (const sql of ["copy t from stdin", " COPY t (a, b)\n FROM  STDIN with csv"]) {
    const refused = Buffer.from(refuseCopyFromStdin(encodeMessage("Q", text(sql)))).toString();
    expect(refused).toContain("raise exception 'COPY FROM STDIN is not available on PGlite: use INSERT'");
  }
  for (const sql of [
    "copy t to stdout",
    "insert into t values ('copy t from stdin')",
    "copy t from '/f'; select stdin",
  ]) {
    const message = encodeMessage("Q", text(sql));
    expect(refuseCopyFromStdin(message)).toBe(message);
  }
});

it("knows a startup message by its missing letter", () => {
  expect(messageType(Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]))).toBeUndefined();
  expect(messageType(encodeMessage("Q", text("select 1")))).toBe("Q");
});

it("writes a fatal error with its SQLSTATE", () => {
  expect(fatalMessage("53300", "full").toString("latin1")).toBe("E\0\0\0\x20SFATAL\0VFATAL\0C53300\0Mfull\0\0");
});
