import { initial } from "./0001-initial.ts";
import { fileIndex } from "./0002-file-index.ts";
import { queryExplanation } from "./0003-query-explanation.ts";
import type { Migration } from "./migrate.ts";

/** All migrations in order; the last one's version is the newest schema this program knows. */
export const MIGRATIONS: readonly Migration[] = [initial, fileIndex, queryExplanation];
