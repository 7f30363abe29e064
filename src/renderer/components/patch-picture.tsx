import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
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
  onFail?: (src: string) => void;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  if (failed === props.src) {
    return (
      <span
        className={classes.failed}
        role="img"
        aria-label={props.alt ? strings.pictures.failed(props.alt) : strings.pictures.unreadable}
      >
        <IconPhotoOff size={20} stroke={1.5} />
        {/* A picture without a text of its own is too small for one. */}
        {props.alt !== "" && <span>{strings.pictures.unreadable}</span>}
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
      }}
    />
  );
}
