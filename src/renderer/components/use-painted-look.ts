import { useEffect, useState } from "react";
import { type PaintedLook, paintedLookSchema } from "../../shared/display/painted-look.ts";
import { lookAddress } from "../../shared/display/picture-address.ts";
import { useCurrentLook, usePictureSource } from "./use-look.ts";

const DELAY_MS = 120;

/**
 * The numbers that a patch is painted with in the composite in use. What was known before stays until the next is
 * there; null before the first, and where the patch can't be read, which its picture says.
 */
export function usePaintedLook(patchId: number | undefined): PaintedLook | null {
  const { composite } = useCurrentLook();
  const { imageBase, version } = usePictureSource();
  const [look, setLook] = useState<PaintedLook | null>(null);
  const address = patchId === undefined ? null : lookAddress(imageBase, patchId, composite, version);
  useEffect(() => {
    if (address === null) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const reply = await fetch(address, { signal: controller.signal });
        setLook(reply.ok ? paintedLookSchema.parse(await reply.json()) : null);
      } catch {
        if (!controller.signal.aborted) setLook(null);
      }
    }, DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [address]);
  return look;
}
