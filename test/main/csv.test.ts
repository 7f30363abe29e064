import { describe, expect, it } from "vitest";
import { csvCell, csvLine, parseCsv } from "../../src/main/csv.ts";

describe("parseCsv", () => {
  it("reads quotes, doubled quotes, newlines in cells, CRLF, a byte order mark and empty lines", () => {
    const { header, rows, lines } = parseCsv(
      '\uFEFFname,note\r\n"a, b","say ""hi""\r\nthere"\r\n\r\nc,\r\n',
      "f.csv",
    );
    expect(header).toEqual(["name", "note"]);
    expect(rows).toEqual([
      ["a, b", 'say "hi"\r\nthere'],
      ["c", ""],
    ]);
    expect(lines).toEqual([2, 5]);
  });

  it("takes the delimiter from the header", () => {
    expect(parseCsv("a;b\n1,5;2\n", "f").rows).toEqual([["1,5", "2"]]);
    expect(parseCsv("a\tb\n1\t2", "f").rows).toEqual([["1", "2"]]);
  });

  it("fills short rows and names the line of long ones", () => {
    expect(parseCsv("a,b\n1\n", "f").rows).toEqual([["1", ""]]);
    expect(() => parseCsv("a,b\n1,2\n1,2,3\n", "labels.csv")).toThrow(/labels\.csv, line 3: 3 cells/);
  });

  it("refuses an empty file and a quote that never closes", () => {
    expect(() => parseCsv("", "f.csv")).toThrow(/f\.csv is empty/);
    expect(() => parseCsv('a,b\n"1,2\n', "f.csv")).toThrow(/line 2 never closes/);
  });
});

describe("csvCell", () => {
  it("neutralises what a spreadsheet would run as a formula", () => {
    expect(csvCell("=HYPERLINK(1)")).toBe("'=HYPERLINK(1)");
    expect(csvCell("@sum")).toBe("'@sum");
    expect(csvCell("+1")).toBe("'+1");
    expect(csvCell(-1.5)).toBe("-1.5");
  });

  it("quotes only where needed, and survives a round trip", () => {
    const cells = ['a "b"', "c,d", "e\nf", " g ", "plain"];
    const { rows } = parseCsv(`1,2,3,4,5\n${csvLine(cells)}`, "f");
    expect(rows).toEqual([['a "b"', "c,d", "e\nf", "g", "plain"]]);
    expect(csvCell("plain")).toBe("plain");
    expect(csvCell(null)).toBe("");
    expect(csvCell(Number.NaN)).toBe("");
  });
});
