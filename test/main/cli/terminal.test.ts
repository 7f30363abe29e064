import { expect, it } from "vitest";
import { list, optionValue, patchSize, share, wholeNumber } from "../../../src/main/cli/arguments.ts";
import { createProgressLine } from "../../../src/main/cli/terminal.ts";
import { textTable } from "../../../src/main/cli/text-table.ts";

function record(isInteractive: boolean) {
  let now = 0;
  const written: string[] = [];
  const line = createProgressLine(
    { isInteractive, out: () => {}, error: (text) => void written.push(text) },
    () => now,
  );
  const at = (time: number, done: number, message = "Encoding") => {
    now = time;
    line.update({ done, total: 100, message });
  };
  return { written, line, at };
}

it("writes a line at each phase and every few seconds when nobody watches", () => {
  const { written, at, line } = record(false);
  at(0, 0);
  at(1000, 10);
  at(5000, 50);
  at(5100, 1, "Training");
  at(6200, 2, "Training");
  line.clear();
  expect(written).toEqual([
    "Encoding 0/100\n",
    "Encoding 50/100, 5 s left\n",
    "Training 2/100, 2 min left\n",
  ]);
});

it("redraws one line on a terminal and clears it", () => {
  const { written, at, line } = record(true);
  at(0, 0);
  at(50, 1);
  at(1000, 50);
  line.clear();
  expect(written).toEqual([
    "\r\u001b[2KEncoding 0/100",
    "\r\u001b[2KEncoding 50/100, 1 s left",
    "\r\u001b[2K",
  ]);
});

it("aligns numbers to the right and words to the left", () => {
  expect(
    textTable(
      ["name", "n"],
      [
        ["a", 5],
        ["long", 12],
      ],
    ),
  ).toBe("name   n\na      5\nlong  12\n");
});

it("reads arguments", () => {
  expect(wholeNumber(1)("12")).toBe(12);
  expect(() => wholeNumber(1)("0")).toThrow();
  expect(() => wholeNumber(0)("1.5")).toThrow();
  expect([patchSize("whole"), patchSize("64")]).toEqual(["whole", 64]);
  expect(() => patchSize("4")).toThrow();
  expect([share("0.9"), share("90"), share("1")]).toEqual([0.9, 0.9, 1]);
  expect(() => share("101")).toThrow();
  expect(list("a, b,,c")).toEqual(["a", "b", "c"]);
  expect(() => list(" , ")).toThrow();
  expect(optionValue("b=false", optionValue("a=1.5"))).toEqual({ a: 1.5, b: false });
  expect(optionValue("name=x=y")).toEqual({ name: "x=y" });
  expect(() => optionValue("nothing")).toThrow();
});
