import { Button } from "@mantine/core";
import { IconPhotoOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useSourcesMissing } from "../state/missing-sources.ts";
import { strings } from "../strings.ts";
import classes from "./explained-picture.module.css";
import { PatchPicture } from "./patch-picture.tsx";

/**
 * A patch's picture that has room to say why it is not there, in the application's words, and to try
 * again. With `open` the picture is a button.
 */
export function ExplainedPicture(props: {
  className: string | undefined;
  src: string;
  alt: string;
  pixelated: boolean;
  open?: { label: string; onClick: () => void };
}) {
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState<string | null>(null);
  const src = attempt === 0 ? props.src : `${props.src}&attempt=${attempt}`;
  if (failed === src) {
    return (
      <div className={props.className}>
        <Problem src={src} name={props.alt} onRetry={() => setAttempt(attempt + 1)} />
      </div>
    );
  }
  const picture = <PatchPicture src={src} alt={props.alt} pixelated={props.pixelated} onFail={setFailed} />;
  if (!props.open) return <div className={props.className}>{picture}</div>;
  return (
    <button
      type="button"
      className={props.className}
      aria-label={props.open.label}
      onMouseDown={(event) => event.preventDefault()}
      onClick={props.open.onClick}
    >
      {picture}
    </button>
  );
}

function Problem({ src, name, onRetry }: { src: string; name: string; onRetry: () => void }) {
  const [reason, setReason] = useState("");
  const missing = useSourcesMissing();
  useEffect(() => {
    let wanted = true;
    fetch(src, { cache: "no-store" })
      .then((reply) => (reply.ok ? "" : reply.text()))
      .catch(() => strings.pictures.unreachable)
      .then((text) => wanted && setReason(text));
    return () => {
      wanted = false;
    };
  }, [src]);
  return (
    <div className={classes.problem} role="status">
      <IconPhotoOff size={20} stroke={1.5} aria-hidden="true" />
      <strong>{strings.pictures.failed(name, missing)}</strong>
      {reason !== "" && <span data-selectable>{reason}</span>}
      <Button variant="default" size="compact-sm" onClick={onRetry}>
        {strings.errors.tryAgain}
      </Button>
    </div>
  );
}
