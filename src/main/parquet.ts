import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import {
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from "hyparquet";
import { describeSystemError, FieldmarkError } from "../shared/errors.ts";

/** hyparquet itself knows Snappy. A page never becomes longer than its header says. */
const COMPRESSORS: Compressors = {
  GZIP: (input, maxOutputLength) => gunzipSync(input, { maxOutputLength }),
  BROTLI: (input, maxOutputLength) => brotliDecompressSync(input, { maxOutputLength }),
  ZSTD: (input, maxOutputLength) => zstdDecompressSync(input, { maxOutputLength }),
};

export interface ParquetTable {
  readonly rows: number;
  readonly columns: readonly string[];
  /**
   * The rows with these columns and no others; lists come as arrays, missing values as null or undefined.
   * @throws FieldmarkError `invalid-input`
   */
  read(columns: readonly string[]): Promise<Record<string, unknown>[]>;
}

/**
 * Opens a Parquet file: its rows and columns, without any values.
 * @throws FieldmarkError `invalid-input` for a file that is none, `not-found`, `unreadable-file`
 */
export async function openParquet(path: string): Promise<ParquetTable> {
  const file = await attempt(path, () => asyncBufferFromFile(path));
  const metadata: FileMetaData = await attempt(path, () => parquetMetadataAsync(file));
  return {
    rows: Number(metadata.num_rows),
    columns: parquetSchema(metadata).children.map(({ element }) => element.name),
    read: (columns) =>
      attempt(path, () =>
        parquetReadObjects({ file, metadata, columns: [...columns], compressors: COMPRESSORS }),
      ),
  };
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const system = describeSystemError(error, path);
    if (system) throw new FieldmarkError(system.code, system.message, { details: { path }, cause: error });
    throw new FieldmarkError(
      "invalid-input",
      `${path} could not be read as a Parquet file. It may be damaged or only partly copied: copy it again.`,
      { details: { path }, cause: error },
    );
  }
}
