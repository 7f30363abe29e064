import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { AppContract } from "../../shared/contracts/app.ts";
import { describeSystemError, FieldmarkError } from "../../shared/errors.ts";
import type { CallOutput } from "../../shared/rpc/contract.ts";

type FolderListing = CallOutput<AppContract, "folders.list">;
type FolderEntry = FolderListing["entries"][number];

const BY_NAME = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Links count as what they point to; broken ones are left out. */
async function kindOf(path: string, isProject: boolean): Promise<FolderEntry["kind"] | null> {
  const facts = await stat(path).catch(() => null);
  if (!facts) return null;
  if (facts.isDirectory()) return isProject ? "project" : "folder";
  return facts.isFile() ? "file" : null;
}

/** One folder for the in-app browser: hidden entries left out, folders first, names in natural order. */
export async function listFolder(folder: string | null, withFiles: boolean): Promise<FolderListing> {
  const path = resolve(folder ?? homedir());
  const found = await readdir(path).catch((error: unknown) => {
    const shape = describeSystemError(error, path);
    throw new FieldmarkError(
      shape?.code ?? "unreadable-file",
      shape?.message ?? `${path} could not be read.`,
      {
        cause: error,
        details: { folder: path },
      },
    );
  });
  const names = found.filter((name) => !name.startsWith("."));
  const entries = await Promise.all(
    names.map(async (name): Promise<FolderEntry | null> => {
      const entryPath = join(path, name);
      const kind = await kindOf(entryPath, existsSync(join(entryPath, "project.sqlite")));
      return kind === null ? null : { name, path: entryPath, kind };
    }),
  );
  const known = entries.filter((entry) => entry !== null);
  const shown = known.filter((entry) => withFiles || entry.kind !== "file");
  const parent = dirname(path);
  return {
    folder: path,
    parent: parent === path ? null : parent,
    entries: shown.sort(
      (a, b) => Number(a.kind === "file") - Number(b.kind === "file") || BY_NAME.compare(a.name, b.name),
    ),
    rasters: known.filter((entry) => entry.kind === "file" && /\.tiff?$/i.test(entry.name)).length,
  };
}
