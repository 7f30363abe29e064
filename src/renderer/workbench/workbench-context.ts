import { createContext, use } from "react";
import { FieldmarkError } from "../../shared/errors.ts";
import type { PatchList } from "../state/patch-list.ts";

/** The list that the workbench on screen works on. */
export const PatchListContext = createContext<PatchList | null>(null);

export function usePatchList(): PatchList {
  const list = use(PatchListContext);
  if (!list) throw new FieldmarkError("internal", "A part of the workbench was used outside of it.");
  return list;
}
