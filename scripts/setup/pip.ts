import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { lastLine, type Machine } from "./machine.ts";
import { MissingPart } from "./step.ts";
import { parseWheelName, type Wheel } from "./wheel.ts";

const DOWNLOAD_LIMIT = 8 * 60_000;
const PLATFORMS = ["manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"];

/** How pip is called here, or null where there is none. */
export async function findPip(machine: Machine): Promise<string | null> {
  for (const name of ["python3", "python"]) {
    const python = machine.find(name);
    if (python && (await machine.run(python, ["-m", "pip", "--version"])).code === 0) return python;
  }
  return null;
}

/** The wheels in a folder, by name. */
export async function wheelsIn(folder: string): Promise<Wheel[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => parseWheelName(join(folder, name)) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Downloads wheels for Linux on x64 with pip, from whichever index it is set up for; installs nothing.
 * @throws MissingPart where pip cannot get them
 */
export async function downloadWheels(
  machine: Machine,
  python: string,
  requirements: readonly string[],
  folder: string,
  supply: string,
): Promise<Wheel[]> {
  const result = await machine.run(
    python,
    [
      ...["-m", "pip", "download", "--quiet", "--no-input", "--no-cache-dir", "--disable-pip-version-check"],
      ...["--retries", "2", "--no-deps", "--only-binary=:all:", "--python-version", "3.11"],
      ...PLATFORMS.flatMap((platform) => ["--platform", platform]),
      ...["--dest", folder, ...requirements],
    ],
    { limit: DOWNLOAD_LIMIT },
  );
  if (result.code !== 0) {
    throw new MissingPart(`pip could not download ${requirements.join(", ")}: ${lastLine(result)}`, supply);
  }
  return wheelsIn(folder);
}
