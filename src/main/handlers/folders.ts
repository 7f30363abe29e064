import type { Dialogs } from "../application-options.ts";
import { listFolder } from "../use-cases/folders.ts";
import { previewSource } from "../use-cases/sources.ts";
import type { GroupHandlers } from "./core.ts";

/** Folders of the machine, and what imagery they hold. */
export function folderHandlers(dialogs: Dialogs | null): GroupHandlers<"folders" | "sources"> {
  return {
    "folders.choose": async (request) => ({ folder: (await dialogs?.chooseFolder(request)) ?? null }),
    "folders.list": ({ folder, withFiles }) => listFolder(folder, withFiles),
    "sources.preview": ({ folder }, { signal, progress }) => previewSource(folder, { signal, progress }),
  };
}
