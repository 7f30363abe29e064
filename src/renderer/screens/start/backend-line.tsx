import { Button } from "@mantine/core";
import { toErrorShape } from "../../../shared/errors.ts";
import { loadEngine, useEngine } from "../../state/engine-store.ts";
import { strings } from "../../strings.ts";
import classes from "./backend-line.module.css";

/** What the learning runs on, why, and what would make it faster. */
export function BackendLine({ version }: { version: string }) {
  const { status, backend, error } = useEngine();
  return (
    <div className={classes.line}>
      <div className={classes.engine}>
        {status === "failed" ? (
          <p className={classes.failed}>
            {toErrorShape(error).message}{" "}
            <Button variant="default" size="compact-xs" onClick={() => void loadEngine()}>
              {strings.errors.tryAgain}
            </Button>
          </p>
        ) : backend ? (
          <>
            <p>
              <strong>{strings.backends[backend.id]}</strong> · {backend.reason}
            </p>
            <p>{backend.improve ?? strings.engine.nothingFaster}</p>
          </>
        ) : (
          <p role="status">{strings.engine.starting}</p>
        )}
      </div>
      <span className={classes.version}>{version && strings.start.version(version)}</span>
    </div>
  );
}
