import type { ProjectStore } from "../../store/project-store.ts";
import { createEngineHost, type EngineHost } from "../engine-host/engine-host.ts";
import { spawnEngineChild } from "../engine-host/spawn-child.ts";
import { openProjectFolder } from "../use-cases/project-folder.ts";
import type { Work } from "../work.ts";
import { createProgressLine, type Terminal } from "./terminal.ts";

/** What a command works with; everything it opened is closed when it ends. */
export interface CommandContext {
  readonly json: boolean;
  readonly work: Work;
  readonly engine: EngineHost;
  readonly terminal: Terminal;
  /**
   * Opens PROJECT (a folder, `.fieldmark` appended when missing). For reading, a project may be open
   * elsewhere too.
   */
  openProject(path: string, options?: { readonly readOnly?: boolean }): ProjectStore;
  /** The command's one result: the value as JSON with --json, else the words. */
  print(value: unknown, words: string): void;
  /** A line on stderr. */
  note(text: string): void;
}

export interface OpenedContext extends CommandContext {
  close(): void;
}

export function createCommandContext(terminal: Terminal, json: boolean, signal: AbortSignal): OpenedContext {
  const engine = createEngineHost(spawnEngineChild);
  const progressLine = createProgressLine(terminal);
  const stores: ProjectStore[] = [];
  engine.on("log", ({ level, message }) => {
    progressLine.clear();
    terminal.error(`${level === "warning" ? "Warning: " : ""}${message}\n`);
  });
  engine.onLost((reason) => {
    progressLine.clear();
    terminal.error(`${reason} All labels are safe.\n`);
  });

  return {
    json,
    terminal,
    engine,
    work: { signal, progress: (progress) => progressLine.update(progress) },
    openProject(path, options) {
      const store = openProjectFolder(path, options);
      stores.push(store);
      for (const warning of store.warnings) terminal.error(`Warning: ${warning}\n`);
      return store;
    },
    print(value, words) {
      progressLine.clear();
      terminal.out(json ? `${JSON.stringify(value)}\n` : words.endsWith("\n") ? words : `${words}\n`);
    },
    note(text) {
      progressLine.clear();
      terminal.error(`${text}\n`);
    },
    close() {
      progressLine.clear();
      engine.close();
      for (const store of stores) store.close();
    },
  };
}
