import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { requirePackage } from "../../src/engine/backends/math.ts";
import { type Library, libraryIdentity } from "./library.ts";
import { lastLine, type Machine } from "./machine.ts";
import { MissingPart } from "./step.ts";

const COMPILE_LIMIT = 5 * 60_000;
const SUPPLY =
  'Install a C++ compiler (Debian, Ubuntu: "sudo apt install g++") and run "npm run setup"; ' +
  "or copy the cache folder (~/.cache/fieldmark) from a machine of the same kind where the set-up worked.";

const FLAGS = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8"];

/** The compiler's name or path, or null. `CXX` is what builds elsewhere obey too. */
export function findCompiler(machine: Machine): string | null {
  const names = [machine.env.CXX, "g++", "c++", "clang++"];
  for (const name of names) {
    const found = name ? machine.find(name) : null;
    if (found) return found;
  }
  return null;
}

export function noCompiler(): MissingPart {
  return new MissingPart("No C++ compiler (g++) was found to build the native backend", SUPPLY);
}

function nodeHeaders(): string {
  return join(dirname(requirePackage.resolve("node-api-headers/package.json")), "include");
}

/** Differs whenever a binding compiled before may not fit: sources, headers, flags, library, platform. */
export function bindingKey(packageFolder: string, library: Library, machine: Machine): string {
  const hash = createHash("sha256");
  const sources = join(packageFolder, "binding");
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(join(sources, name)));
  hash.update(readFileSync(join(dirname(nodeHeaders()), "package.json")));
  hash.update(JSON.stringify([FLAGS, libraryIdentity(library), machine.platform, machine.arch]));
  return hash.digest("hex").slice(0, 24);
}

/**
 * Compiles the binding that the npm package ships as C++ (about 10 s). Its run path is `$ORIGIN/../../deps/lib`, as an
 * old-style RPATH: unlike RUNPATH it also serves what libtensorflow itself loads later, CUDA's libraries among them.
 * @throws MissingPart without a compiler, or where it fails
 */
export async function compileBinding(
  machine: Machine,
  packageFolder: string,
  library: Library,
  target: string,
): Promise<void> {
  if (existsSync(target)) return;
  const compiler = findCompiler(machine);
  if (!compiler) throw noCompiler();
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.${process.pid}.part`;
  const result = await machine.run(
    compiler,
    [
      ...FLAGS,
      ...["-I", nodeHeaders(), "-I", dirname(packageFolder), "-I", library.include],
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(packageFolder, "binding", name)),
      ...["-L", library.folder, ...library.files.map((name) => `-l:${name}`)],
      ...["-Wl,--disable-new-dtags", "-Wl,-rpath,$ORIGIN/../../deps/lib", "-o", part],
    ],
    { limit: COMPILE_LIMIT },
  );
  if (result.code !== 0) {
    await rm(part, { force: true });
    throw new MissingPart(`${compiler} could not build the native backend: ${lastLine(result)}`, SUPPLY);
  }
  await rename(part, target);
}
