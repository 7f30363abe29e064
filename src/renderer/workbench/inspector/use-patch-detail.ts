import { useEffect, useState } from "react";
import type { PatchDetail, PatchItem } from "../../../shared/domain/project.ts";
import { call } from "../../state/session.ts";

const DELAY_MS = 120;

/**
 * Details of a patch, read again when its labels change; null while they are not there. Waits a moment,
 * so that moving through the grid with a held key asks for nothing.
 */
export function usePatchDetail(patch: PatchItem | undefined): PatchDetail | null {
  const [detail, setDetail] = useState<PatchDetail | null>(null);
  useEffect(() => {
    if (!patch) return;
    let wanted = true;
    const timer = setTimeout(() => {
      call("patches.get", { id: patch.id }).then(
        (result) => wanted && setDetail(result),
        // The inspector then shows what the grid knows; the grid's own errors say what is wrong.
        () => wanted && setDetail(null),
      );
    }, DELAY_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [patch]);
  return detail && detail.id === patch?.id ? detail : null;
}
