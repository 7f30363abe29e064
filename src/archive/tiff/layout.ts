import type { SampleType } from "../../shared/raster.ts";
import { type BlockIndex, readBlockIndex } from "./block-index.ts";
import type { DirectoryReader } from "./directory-reader.ts";
import { corrupt, unsupported } from "./faults.ts";
import { PHOTOMETRIC, TAG } from "./tags.ts";

/** SampleFormat values. */
export const SAMPLE_FORMAT = {
  unsigned: 1,
  signed: 2,
  float: 3,
  void: 4,
  complexInt: 5,
  complexFloat: 6,
} as const;

/** How the pixels of one directory are stored: everything that decoding needs, checked for consistency. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  /** 1 to 64. */
  readonly bitsPerSample: number;
  readonly sampleFormat: number;
  /** The stored samples' type once unpacked. */
  readonly dtype: SampleType;
  readonly compression: number;
  readonly photometric: number;
  /** True where each sample has its own blocks (PlanarConfiguration 2). */
  readonly planar: boolean;
  readonly tiled: boolean;
  readonly blockWidth: number;
  /** Rows of a full block; the last strip may have fewer. */
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  readonly index: BlockIndex;
  readonly littleEndian: boolean;
  readonly reverseBits: boolean;
  /** 1 none, 2 horizontal differences, 3 floating point. */
  readonly predictor: number;
  /** What each sample beyond the colours is: 1 and 2 alpha, 0 anything. */
  readonly extraSamples: readonly number[];
  /** Whether there is a colour table that fits the samples. */
  readonly hasColorMap: boolean;
  readonly subfileType: number;
  /** Horizontal and vertical chroma subsampling of YCbCr data. */
  readonly subsampling: readonly [number, number];
  readonly coefficients: readonly [number, number, number];
  readonly referenceBlackWhite: Float64Array | null;
  readonly whitePoint: readonly [number, number];
  readonly jpegTables: Uint8Array | null;
  /** T4Options: how CCITT Group 3 data are coded. */
  readonly group3Options: number;
  /** 1 for CMYK, where photometric says "separated". */
  readonly inkSet: number;
  /** The second value of LercParameters: 0 none, 1 deflate, 2 Zstandard around the LERC blob. */
  readonly lercWrapping: number;
}

/** Uncompressed images of a single strip are read in pieces of about this size. */
const PIECE_BYTES = 256 * 1024;

/** Reads and checks a directory as strictly as libtiff's TIFFReadDirectory does. */
export async function readLayout(reader: DirectoryReader): Promise<Layout> {
  const samplesPerPixel = (await reader.requiredWhole(TAG.samplesPerPixel, "SamplesPerPixel", 0xffff)) ?? 1;
  if (samplesPerPixel === 0) throw corrupt("SamplesPerPixel is 0");
  const compression = (await reader.requiredPerSample(TAG.compression, "Compression", samplesPerPixel)) ?? 1;
  const width = (await reader.requiredWhole(TAG.imageWidth, "ImageWidth")) ?? 0;
  const height = (await reader.requiredWhole(TAG.imageLength, "ImageLength")) ?? 0;
  if (width === 0 || height === 0) throw corrupt(`its size is ${width} × ${height} pixels`);
  if (width > 0x7fffffff || height > 0x7fffffff)
    throw corrupt(`its size of ${width} × ${height} pixels is impossible`);
  const planarValue =
    (await reader.requiredWhole(TAG.planarConfiguration, "PlanarConfiguration", 0xffff)) ?? 1;
  if (planarValue !== 1 && planarValue !== 2) throw corrupt(`PlanarConfiguration is ${planarValue}`);
  const planar = planarValue === 2 && samplesPerPixel > 1;
  const rowsPerStrip = await reader.requiredWhole(TAG.rowsPerStrip, "RowsPerStrip");
  if (rowsPerStrip === 0) throw corrupt("RowsPerStrip is 0");
  const tileWidth = await reader.requiredWhole(TAG.tileWidth, "TileWidth");
  const tileHeight = await reader.requiredWhole(TAG.tileLength, "TileLength");
  const tiled = tileWidth !== undefined || tileHeight !== undefined;
  if (tiled && (!tileWidth || !tileHeight)) throw corrupt("its tiles have no size");
  if (tiled) await refuseVolumes(reader);

  const bitsPerSample =
    (await reader.requiredPerSample(TAG.bitsPerSample, "BitsPerSample", samplesPerPixel)) ?? 1;
  if (bitsPerSample === 0) throw corrupt("BitsPerSample is 0");
  const sampleFormat = await readSampleFormat(reader, samplesPerPixel);
  await reader.requiredPerSample(TAG.minSampleValue, "MinSampleValue", samplesPerPixel);
  await reader.requiredPerSample(TAG.maxSampleValue, "MaxSampleValue", samplesPerPixel);
  const photometric = await readPhotometric(reader, bitsPerSample, samplesPerPixel);
  const extraSamples = await readExtraSamples(reader, samplesPerPixel, photometric);
  const subsampling = await readSubsampling(reader, photometric);
  if (photometric === PHOTOMETRIC.yCbCr && !planar && samplesPerPixel !== 3) {
    throw corrupt(`its YCbCr pixels have ${samplesPerPixel} samples instead of 3`);
  }
  const bitmap = bitsPerSample === 1 && samplesPerPixel === 1 && sampleFormat !== SAMPLE_FORMAT.float;
  const dtype = bitmap ? "uint8" : sampleTypeOf(bitsPerSample, sampleFormat);

  const planes = planar ? samplesPerPixel : 1;
  const stripHeight = Math.min(rowsPerStrip ?? height, height);
  const blockWidth = tiled ? tileWidth! : width;
  const storedHeight = tiled ? tileHeight! : stripHeight;
  const blocksAcross = Math.ceil(width / blockWidth);
  const storedDown = Math.ceil(height / storedHeight);
  const stored = await readBlockIndex(reader, blocksAcross * storedDown * planes, planes, compression !== 1);
  const rowBytes = Math.ceil((width * (samplesPerPixel / planes) * bitsPerSample) / 8);
  const whole = compression === 1 && !tiled && storedDown === 1;
  const subsampled = photometric === PHOTOMETRIC.yCbCr && !planar && subsampling[0] * subsampling[1] > 1;
  const pieces = whole && !subsampled && rowBytes * height > PIECE_BYTES;
  const blockHeight = pieces ? Math.max(1, Math.floor(PIECE_BYTES / rowBytes)) : storedHeight;
  const blocksDown = Math.ceil(height / blockHeight);

  return {
    width,
    height,
    samplesPerPixel,
    bitsPerSample,
    sampleFormat,
    dtype,
    compression,
    photometric,
    planar,
    tiled,
    blockWidth,
    blockHeight,
    blocksAcross,
    blocksDown,
    index: pieces ? inPieces(stored, blocksDown, blockHeight * rowBytes) : stored,
    littleEndian: reader.header.littleEndian,
    reverseBits: (await reader.optionalNumber(TAG.fillOrder)) === 2,
    predictor: (await reader.optionalNumber(TAG.predictor)) ?? 1,
    extraSamples,
    hasColorMap: hasColorMap(reader, bitsPerSample),
    subfileType: (await reader.optionalNumber(TAG.newSubfileType)) ?? 0,
    subsampling,
    ...(await readColorimetry(reader)),
    jpegTables: (await reader.optionalBytes(TAG.jpegTables)) ?? null,
    group3Options: (await reader.optionalNumber(TAG.group3Options)) ?? 0,
    inkSet: (await reader.optionalNumber(TAG.inkSet)) ?? 1,
    lercWrapping: (await reader.optionalNumbers(TAG.lercParameters, 2))?.[1] ?? 0,
  };
}

/** Sample sizes that fill whole numbers of a usual type. */
const USUAL_BITS = [8, 16, 32, 64];

/** The type in which GDAL presents stored samples. */
export function sampleTypeOf(bits: number, format: number): SampleType {
  const { complexInt, complexFloat } = SAMPLE_FORMAT;
  if ((format === complexInt && (bits === 32 || bits === 64)) || (format === complexFloat && bits >= 64)) {
    throw unsupported("complex numbers are not supported");
  }
  const signed = format === SAMPLE_FORMAT.signed;
  const float = format === SAMPLE_FORMAT.float;
  if (float && ![16, 24, 32, 64].includes(bits))
    throw unsupported(`floating point numbers of ${bits} bits are not supported`);
  if (!USUAL_BITS.includes(bits) && !float && !signed && format !== SAMPLE_FORMAT.unsigned) {
    throw unsupported(`samples of ${bits} bits and sample format ${format} are not supported`);
  }
  if (bits < 8) return "uint8";
  if (bits === 8) return signed ? "int8" : "uint8";
  if (bits === 16) return float ? "float32" : signed ? "int16" : "uint16";
  if (bits < 16) return "uint16";
  if (bits === 24 && float) return "float32";
  if (bits < 32) return "uint32";
  if (bits === 32) return float ? "float32" : signed ? "int32" : "uint32";
  if (bits === 64) return float ? "float64" : signed ? "int64" : "uint64";
  throw unsupported(`samples of ${bits} bits are not supported`);
}

function inPieces(stored: BlockIndex, blocksDown: number, pieceBytes: number): BlockIndex {
  return {
    locate(block) {
      const { offset, length } = stored.locate(Math.floor(block / blocksDown));
      return { offset: offset + (block % blocksDown) * pieceBytes, length };
    },
  };
}

/** Strips ignore a volume's depth; tiles are counted by it. */
async function refuseVolumes(reader: DirectoryReader): Promise<void> {
  for (const [tag, name] of [
    [TAG.imageDepth, "ImageDepth"],
    [TAG.tileDepth, "TileDepth"],
  ] as const) {
    const depth = await reader.requiredWhole(tag, name);
    if (depth === 0) throw corrupt(`${name} is 0`);
    if (depth !== undefined && depth !== 1) throw unsupported("volumes of several layers are not supported");
  }
}

/** Corel Draw wrote 999 for unassociated alpha. */
const COREL_ALPHA = 999;

/** Samples that make up a colour. */
const COLOR_CHANNELS: Readonly<Record<number, number>> = {
  [PHOTOMETRIC.minIsWhite]: 1,
  [PHOTOMETRIC.minIsBlack]: 1,
  [PHOTOMETRIC.rgb]: 3,
  [PHOTOMETRIC.palette]: 1,
  [PHOTOMETRIC.mask]: 4,
  [PHOTOMETRIC.separated]: 4,
  [PHOTOMETRIC.yCbCr]: 3,
  [PHOTOMETRIC.cieLab]: 3,
  [PHOTOMETRIC.iccLab]: 3,
  [PHOTOMETRIC.ituLab]: 3,
  [PHOTOMETRIC.logLuv]: 3,
};

/** The extra samples' kinds. Those that the field leaves out, but the colours don't need either, are of no kind (0). */
async function readExtraSamples(
  reader: DirectoryReader,
  samples: number,
  photometric: number,
): Promise<number[]> {
  const values = await readExtraSampleField(reader, samples);
  const channels = COLOR_CHANNELS[photometric] ?? samples;
  while (samples - values.length > channels) values.push(0);
  return values;
}

async function readExtraSampleField(reader: DirectoryReader, samples: number): Promise<number[]> {
  const entry = reader.entry(TAG.extraSamples);
  if (entry === undefined) return [];
  if (entry.count > samples)
    throw corrupt(`ExtraSamples has ${entry.count} values for ${samples} samples per pixel`);
  const values = [...(await reader.requiredArray(entry, "ExtraSamples"))];
  return values.map((value) => {
    if (value === COREL_ALPHA) return 2;
    if (value > 2) throw corrupt(`ExtraSamples has the impossible value ${value}`);
    return value;
  });
}

async function readSampleFormat(reader: DirectoryReader, samples: number): Promise<number> {
  const format = await reader.requiredPerSample(TAG.sampleFormat, "SampleFormat", samples);
  if (format !== undefined) {
    if (format < 1 || format > 6) throw corrupt(`SampleFormat is ${format}`);
    return format;
  }
  const dataType = await reader.requiredPerSample(TAG.dataType, "DataType", samples);
  if (dataType === undefined) return SAMPLE_FORMAT.unsigned;
  const converted = [SAMPLE_FORMAT.void, SAMPLE_FORMAT.signed, SAMPLE_FORMAT.unsigned, SAMPLE_FORMAT.float][
    dataType
  ];
  if (converted === undefined) throw corrupt(`DataType is ${dataType}`);
  return converted;
}

async function readPhotometric(reader: DirectoryReader, bits: number, samples: number): Promise<number> {
  const photometric = (await reader.optionalNumber(TAG.photometric)) ?? PHOTOMETRIC.minIsBlack;
  if (photometric !== PHOTOMETRIC.palette) return photometric;
  if (fitsSamples(reader, bits)) return photometric;
  if (bits < 8) throw corrupt("its colour table is missing");
  return samples === 3 ? PHOTOMETRIC.rgb : PHOTOMETRIC.minIsBlack;
}

function fitsSamples(reader: DirectoryReader, bits: number): boolean {
  const colors = reader.entry(TAG.colorMap);
  return colors?.count === 3 * 2 ** bits && reader.isReadable(colors);
}

/** GDAL shows colour tables of at most 16-bit samples. */
const hasColorMap = (reader: DirectoryReader, bits: number) => bits <= 16 && fitsSamples(reader, bits);

async function readSubsampling(
  reader: DirectoryReader,
  photometric: number,
): Promise<readonly [number, number]> {
  if (photometric !== PHOTOMETRIC.yCbCr) return [1, 1];
  const values = await reader.optionalNumbers(TAG.yCbCrSubSampling, 2);
  const [horizontal, vertical] = values === undefined ? [2, 2] : [values[0]!, values[1]!];
  const legal = [1, 2, 4];
  if (!legal.includes(horizontal) || !legal.includes(vertical)) {
    throw corrupt(`its chroma subsampling of ${horizontal} × ${vertical} is impossible`);
  }
  return [horizontal, vertical];
}

/** D50 as libtiff rounds it. */
const D50 = [96.425 / 278.893, 100 / 278.893] as const;

/** Rec. 601 luma weights and the D50 white point are TIFF 6.0's and libtiff's defaults. */
async function readColorimetry(reader: DirectoryReader) {
  const luma = await reader.optionalNumbers(TAG.yCbCrCoefficients, 3);
  const white = await reader.optionalNumbers(TAG.whitePoint, 2);
  return {
    coefficients: (luma ? [luma[0]!, luma[1]!, luma[2]!] : [0.299, 0.587, 0.114]) as readonly [
      number,
      number,
      number,
    ],
    referenceBlackWhite: (await reader.optionalNumbers(TAG.referenceBlackWhite, 6)) ?? null,
    whitePoint: (white ? [white[0]!, white[1]!] : D50) as readonly [number, number],
  };
}
