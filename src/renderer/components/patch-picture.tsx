import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { lookForMissingSources, useSourcesMissing } from "../state/missing-sources.ts";
import { strings } from "../strings.ts";
import classes from "./patch-picture.module.css";

/**
 * The picture of a patch on a neutral ground that is there before the picture is. While another
 * composite loads, the one before stays.
 */
export function PatchPicture(props: {
  src: string;
  alt: string;
  pixelated?: boolean;
  /** The files of this very patch are known to be gone. */
  missing?: boolean;
  onFail?: (src: string) => void;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const sourcesMissing = useSourcesMissing();
  if (failed === props.src) {
    const missing = sourcesMissing || props.missing === true;
    const reason = missing ? strings.pictures.missing : strings.pictures.unreadable;
    return (
      <span
        className={classes.failed}
        role="img"
        aria-label={props.alt ? strings.pictures.failed(props.alt, missing) : reason}
      >
        <IconPhotoOff size={20} stroke={1.5} />
        {/* A picture without a text of its own is too small for one. */}
        {props.alt !== "" && <span>{reason}</span>}
      </span>
    );
  }
  return (
    <img
      className={classes.picture}
      data-pixelated={props.pixelated || undefined}
      src={props.src}
      alt={props.alt}
      draggable={false}
      decoding="async"
      onError={() => {
        setFailed(props.src);
        props.onFail?.(props.src);
        lookForMissingSources();
      }}
    />
  );
}
