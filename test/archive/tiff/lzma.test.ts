import { describe, expect, test } from "vitest";
import { openBytes, wholeWindow } from "./scratch.ts";
import { buildTiff, type TiffSpec } from "./tiff-builder.ts";

/** What GDAL 3.6 wrote with COMPRESS=LZMA for a 40 × 30 image of bytes, and liblzma for the others. */
const STREAMS = {
  gdal: "/Td6WFoAAAD/EtlBAgEDAQAhARZ5IMTu4ASvAlRdAAAAUoP2tJBqhuK98dwidXhZtx4H3b1BQGPpZzhDZIPY+B70vNWa+C0K2coDxt+5+whiy12PGxHWa/s3qJe6BaVSPzVq/e70EG1glUJlSEnIxpfutagx26h/NDi5tIT/vjxxNARoaoX0/ceeFrxHP7Z4U0vsFjpcNXMQrhZWseA8bTvy41tDqSgZhV00aRNGdsPMclewogStB/vMq1gmAKutexT5TW6sE6nkGZexhQP7oKiCDSD97qn1B2Uh8RdZa0Z4TzFB0tmKqeDq4+4bTYYliyGIw9NoGpAdQXo48Jk5uxKVOlQB5CPQb0GqwwFikEipXifG0g1bitnZwI+MhgTimHeD1i82BwwuQRU1uPchENEDTYFrdbforGK+RAbcHmsn1ffNjj0ccOz/YS0pZqAnpC68/ObuhZoXgakmNrJhQv5ZLh3aJwWNtVrsTXfZF7d9naHnpGrRMGZowJkfTlq9Dn8OmsCWrIJ/O+eZGqkfW/5Zp5txYaA9Aut87Sm8av/W7+v0T2E2YE9t5BQGCjBjVVaSpVq8Vj1M1wfcVJw9QABFkPvYGecySKWTLtByJR2qhm89QG2MMX3/5uVhwEtaB3C2Mm6KqYjEbOu91rarRyzlWMrt1DjJN1Vbiq2yr83Hz6YygkxLnCFtGEazySa99cxX7ocUR3ciAdiTkaxZbGUKNySDiMlRvzriHr7khFM1VgGatyA09Xz1BrnmuR21wvuSX6FW/Rp7X+PvUepodV68YFIFku9bKQOYAnGAGbRJLdoC1R7uB+wuy0UlAa+NtRGXAAAB6ASwCQAA555h3qgACvwCAAAAAABZWg==",
  delta:
    "/Td6WFoAAATm1rRGAgEDAQEhARYcR3hW4AF/AC1AAABjnnhopo6uklDt8fot9GWipLMdDAyMOXcByPtlx0Hv879FjtSuV1dafqVoAAAAAADCai2FsLnNlQABSYADAAAABZBRSLHEZ/sCAAAAAARZWg==",
  stored:
    "/Td6WFoAAArh+wyhAgAhARYAAAB0L+WjAQAvRCCCPP3m8cJrMPkOx90B5Ih1NKIPCw0Ew27YDnHg/XewdnDrlAvVM1+XParYYZuRAAQibXvSU7yOxZpd6IHMLeYsi5v2SO1cw0gm59aFoZTiAAFgMCDuomMYm0uaAQAAAAAKWVo=",
} as const;

/** What the stream `stored` holds: too little order to be compressed. */
const DISORDER = "RCCCPP3m8cJrMPkOx90B5Ih1NKIPCw0Ew27YDnHg/XewdnDrlAvVM1+XParYYZuR";

const SPECS: Record<keyof typeof STREAMS, Partial<TiffSpec>> = {
  gdal: { width: 40, height: 30, bits: 8 },
  delta: { width: 16, height: 12, bits: 16 },
  stored: { width: 8, height: 6, bits: 8 },
};

const VALUES: Record<keyof typeof STREAMS, (x: number, y: number) => number> = {
  gdal: (x, y) => (x * x + y * 31 + Math.floor((x * y) / 5)) % 251,
  delta: (x, y) => (y * 300 + x * 1000) & 0xffff,
  stored: (x, y) => Buffer.from(DISORDER, "base64")[y * 8 + x]!,
};

async function read(
  name: keyof typeof STREAMS,
  change: (stream: Uint8Array) => Uint8Array = (stream) => stream,
) {
  const stream = change(new Uint8Array(Buffer.from(STREAMS[name], "base64")));
  const raster = await openBytes(
    buildTiff({
      ...{ width: 0, height: 0, samples: 1, bits: 8, compressionCode: 34925, pattern: () => 0n },
      ...SPECS[name],
      encode: () => stream,
    }),
  );
  const [plane] = await raster.read(wholeWindow(raster));
  return { info: raster.info, plane: Array.from(plane as Uint16Array) };
}

describe("LZMA", () => {
  test.each(["gdal", "delta", "stored"] as const)("%s", async (name) => {
    const { info, plane } = await read(name);
    expect(info.compression).toBe("LZMA");
    const value = VALUES[name];
    expect(plane).toEqual(plane.map((_, at) => value(at % info.width, Math.floor(at / info.width))));
  });

  test("a truncated stream, another format, and unknown filters are refused", async () => {
    await expect(read("gdal", (stream) => stream.subarray(0, 300))).rejects.toMatchObject({
      code: "corrupt-raster",
    });
    await expect(read("gdal", (stream) => stream.fill(1, 0, 1))).rejects.toMatchObject({
      code: "corrupt-raster",
    });
    await expect(read("delta", (stream) => stream.fill(4, 14, 15))).rejects.toMatchObject({
      code: "unsupported-raster",
    });
  });

  test("damage anywhere is an error or other pixels, never worse", async () => {
    for (let at = 12; at < 640; at += 7) {
      const outcome = await read("gdal", (stream) => stream.fill(0x5a, at, at + 1)).catch(
        (error: unknown) => error,
      );
      const fine = outcome instanceof Error ? /-raster$/.test(Reflect.get(outcome, "code")) : true;
      expect(fine, `byte ${at}: ${String(outcome)}`).toBe(true);
    }
  });
});
