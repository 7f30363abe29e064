import type { Dialogs } from "../application-options.ts";
import { listFolder } from "../use-cases/folders.ts";
import type { GroupHandlers } from "./core.ts";

/** Folders of the machine. */
export function folderHandlers(dialogs: Dialogs | null): GroupHandlers<"folders"> {
  return {
    "folders.choose": async (request) => ({ folder: (await dialogs?.chooseFolder(request)) ?? null }),
    "folders.list": ({ folder, withFiles }) => listFolder(folder, withFiles),
  };
}
