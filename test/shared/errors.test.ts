import { describe, expect, it } from "vitest";
import {
  Cancelled,
  describeSystemError,
  FieldmarkError,
  fromErrorShape,
  throwIfCancelled,
  toErrorShape,
} from "../../src/shared/errors.ts";

function systemError(code: string, path?: string): Error {
  return Object.assign(new Error(`${code}: it went wrong`), {
    code,
    ...(path === undefined ? {} : { path }),
  });
}

describe("toErrorShape", () => {
  it("keeps code, sentence and details, and joins the chain of causes", () => {
    const cause = new Error("tile 3", { cause: new Error("unexpected end") });
    const error = new FieldmarkError("corrupt-raster", "a.tif is damaged.", { details: { tile: 3 }, cause });
    const shape = toErrorShape(error);
    expect(shape).toEqual({
      code: "corrupt-raster",
      message: "a.tif is damaged.",
      details: { tile: 3 },
      cause: "tile 3: unexpected end",
    });
    expect(toErrorShape(fromErrorShape(shape))).toEqual(shape);
  });

  it("says of the file system's errors which path and what to do", () => {
    const expected = {
      ENOSPC: "disk-full",
      EDQUOT: "disk-full",
      EACCES: "read-only",
      EPERM: "read-only",
      EROFS: "read-only",
      ENOENT: "not-found",
      ENOTDIR: "not-found",
      EISDIR: "unreadable-file",
      EIO: "unreadable-file",
    };
    for (const [code, ours] of Object.entries(expected)) {
      const shape = toErrorShape(systemError(code, "/data/a.tif"));
      expect(shape.code, code).toBe(ours);
      expect(shape.message, code).toContain("/data/a.tif");
      expect(shape.message, code).toMatch(/\.$/);
    }
    expect(describeSystemError(systemError("ENOENT"), "the label file")?.message).toContain("the label file");
    expect(describeSystemError(systemError("EUNHEARDOF"))).toBeUndefined();
  });

  it("makes an internal error of anything else that was thrown", () => {
    expect(toErrorShape(new TypeError("x is not a function"))).toMatchObject({
      code: "internal",
      cause: "x is not a function",
    });
    for (const thrown of ["text", undefined, null, 7]) expect(toErrorShape(thrown).code).toBe("internal");
  });
});

it("a raised signal throws Cancelled, which is no FieldmarkError", () => {
  expect(() => throwIfCancelled(undefined)).not.toThrow();
  expect(() => throwIfCancelled(new AbortController().signal)).not.toThrow();
  expect(() => throwIfCancelled(AbortSignal.abort())).toThrow(Cancelled);
  expect(new Cancelled()).not.toBeInstanceOf(FieldmarkError);
});
