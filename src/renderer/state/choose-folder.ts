import { call } from "./session.ts";

export type FolderPurpose = "source" | "project" | "parent" | "export";

/** The machine's own folder dialog; null when it was cancelled. */
export async function chooseFolder(title: string, purpose: FolderPurpose): Promise<string | null> {
  return (await call("folders.choose", { title, purpose })).folder;
}
