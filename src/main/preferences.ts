import { readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { type Preferences, preferencesSchema } from "../shared/contracts/app.ts";
import { writeFileAtomically } from "./atomic-files.ts";

const RECENT_LIMIT = 12;

/** The user's own settings: one small JSON file in the configuration folder. */
export interface PreferencesStore {
  get(): Preferences;
  set(changes: Partial<Pick<Preferences, "annotator" | "colorScheme">>): Promise<Preferences>;
  remember(folder: string, name: string): Promise<Preferences>;
  forget(folder: string): Promise<Preferences>;
}

/** `$XDG_CONFIG_HOME/fieldmark`, `%APPDATA%\fieldmark`, or the platform's usual place. */
export function defaultConfigFolder(): string {
  const { XDG_CONFIG_HOME, APPDATA } = process.env;
  if (XDG_CONFIG_HOME) return join(XDG_CONFIG_HOME, "fieldmark");
  if (process.platform === "win32" && APPDATA) return join(APPDATA, "fieldmark");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "fieldmark");
  return join(homedir(), ".config", "fieldmark");
}

function userName(): string {
  try {
    return userInfo().username || "analyst";
  } catch {
    // A user without an entry in the system's user list (containers) has no name.
    return "analyst";
  }
}

/** A missing or damaged file gives the defaults: preferences never keep the app from starting. */
function read(file: string): Preferences {
  const defaults: Preferences = { annotator: userName(), colorScheme: "auto", recentProjects: [] };
  try {
    const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
    const parsed = preferencesSchema.partial().safeParse(stored);
    if (!parsed.success) return defaults;
    const { annotator, colorScheme, recentProjects } = parsed.data;
    return {
      annotator: annotator ?? defaults.annotator,
      colorScheme: colorScheme ?? defaults.colorScheme,
      recentProjects: recentProjects ?? defaults.recentProjects,
    };
  } catch {
    return defaults;
  }
}

export function createPreferencesStore(configFolder: string): PreferencesStore {
  const file = join(configFolder, "preferences.json");
  let current = read(file);
  let writing: Promise<void> = Promise.resolve();

  /** A preference that can't be written (read-only home) still holds for this session. */
  async function save(next: Preferences): Promise<Preferences> {
    current = next;
    writing = writing.then(() =>
      writeFileAtomically(file, `${JSON.stringify(current, null, 2)}\n`).catch(() => {}),
    );
    await writing;
    return current;
  }

  const without = (folder: string) =>
    current.recentProjects.filter((recent) => resolve(recent.folder) !== resolve(folder));

  return {
    get: () => current,
    set: (changes) => save({ ...current, ...changes }),
    remember: (folder, name) =>
      save({
        ...current,
        recentProjects: [
          { folder: resolve(folder), name, openedAt: new Date().toISOString() },
          ...without(folder),
        ].slice(0, RECENT_LIMIT),
      }),
    forget: (folder) => save({ ...current, recentProjects: without(folder) }),
  };
}
