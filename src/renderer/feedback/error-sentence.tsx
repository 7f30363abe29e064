import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ErrorShape } from "../../shared/errors.ts";
import { strings } from "../strings.ts";
import classes from "./error-sentence.module.css";

/** An error as a sentence, with its technical cause on demand. */
export function ErrorSentence({ error }: { error: ErrorShape }) {
  const [open, setOpen] = useState(false);
  const details = [error.cause, error.code].filter(Boolean).join("\n");
  return (
    <div>
      <p data-selectable>{error.message}</p>
      <UnstyledButton className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? strings.errors.hideDetails : strings.errors.showDetails}
      </UnstyledButton>
      {open && (
        <pre className={classes.details} data-selectable>
          {details}
        </pre>
      )}
    </div>
  );
}
