import { expect, test } from "vitest";
import { openBytes, wholeWindow } from "./scratch.ts";
import { buildTiff, type TiffSpec } from "./tiff-builder.ts";

const SPEC: TiffSpec = {
  ...{ width: 5, height: 2, samples: 1, bits: 16, format: 2, compressionCode: 34676, photometric: 32844 },
  pattern: () => 0n,
};

/** Control bytes from 128 on repeat the next byte 2 to 129 times, lower ones announce so many bytes. */
const run = (count: number, value: number) => [count + 126, value];
const literal = (...values: number[]) => [values.length, ...values];

async function planes(spec: TiffSpec, strip: number[]) {
  const raster = await openBytes(buildTiff({ ...spec, encode: () => Uint8Array.from(strip) }));
  return { info: raster.info, planes: await raster.read(wholeWindow(raster)) };
}

test("LogL: high bytes of a row, then its low bytes", async () => {
  const strip = [
    ...[...run(5, 0x3d), ...literal(1, 2, 3), ...run(2, 9)],
    ...[...literal(0xbd, 0x3d), ...run(3, 0x01), ...run(5, 0)],
  ];
  const { info, planes: read } = await planes(SPEC, strip);
  expect(info).toMatchObject({ compression: "SGILOG", dtype: "int16", photometric: "LOGL" });
  expect(Array.from(read[0] as Int16Array)).toEqual([
    ...[0x3d01, 0x3d02, 0x3d03, 0x3d09, 0x3d09],
    ...[0xbd00 - 0x10000, 0x3d00, 0x0100, 0x0100, 0x0100],
  ]);
});

test("LogLuv: luminance, u' and v' in units of 1/32768", async () => {
  const row = [...run(5, 0x40), ...literal(0, 1, 2, 3, 4), ...run(5, 86), ...literal(200, 0, 255, 1, 2)];
  const { planes: read } = await planes({ ...SPEC, samples: 3, photometric: 32845 }, [...row, ...row]);
  const steps = (code: number) => Math.floor(((code + 0.5) / 410) * 32768);
  expect(Array.from(read[0] as Int16Array).slice(0, 5)).toEqual([0x4000, 0x4001, 0x4002, 0x4003, 0x4004]);
  expect(Array.from(read[1] as Int16Array).slice(0, 5)).toEqual([86, 86, 86, 86, 86].map(steps));
  expect(Array.from(read[2] as Int16Array).slice(5)).toEqual([200, 0, 255, 1, 2].map(steps));
});

test("data that end early, and forms other than 16-bit integers, are refused", async () => {
  await expect(planes(SPEC, [...run(5, 1), ...literal(1, 2)])).rejects.toMatchObject({
    code: "corrupt-raster",
  });
  await expect(planes({ ...SPEC, bits: 8 }, run(5, 1))).rejects.toMatchObject({ code: "unsupported-raster" });
});
