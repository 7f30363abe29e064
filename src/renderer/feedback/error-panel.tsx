import { Button } from "@mantine/core";
import { toErrorShape } from "../../shared/errors.ts";
import { strings } from "../strings.ts";
import classes from "./error-panel.module.css";
import { ErrorSentence } from "./error-sentence.tsx";

/** An error in the place of what could not be shown, with a way to try again. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className={classes.panel} role="alert">
      <ErrorSentence error={toErrorShape(error)} />
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {strings.errors.tryAgain}
        </Button>
      )}
    </div>
  );
}
