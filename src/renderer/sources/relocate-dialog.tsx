import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { RelocationCheck, SourceStatus } from "../../shared/domain/sources.ts";
import { FolderField } from "../components/folder-field.tsx";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import { CallProgress } from "./call-progress.tsx";
import classes from "./relocate-dialog.module.css";
import { useCancellableCall } from "./use-cancellable-call.ts";

/** Says where a source's folder is now: choose, compare, agree. */
export function RelocateDialog(props: {
  source: SourceStatus;
  onClose: () => void;
  onRelocated: (check: RelocationCheck) => void;
}) {
  return (
    <Modal opened onClose={props.onClose} title={strings.sources.relocateTitle} size={600} zIndex={220}>
      <RelocateForm {...props} />
    </Modal>
  );
}

function RelocateForm(props: {
  source: SourceStatus;
  onClose: () => void;
  onRelocated: (check: RelocationCheck) => void;
}) {
  const { source, onClose, onRelocated } = props;
  const text = strings.sources;
  const [folder, setFolder] = useState(source.folder);
  const [check, setCheck] = useState<RelocationCheck | null>(null);
  const { progress, error, run, cancel } = useCancellableCall();

  async function relocate(to: string, acceptPartial: boolean): Promise<void> {
    setCheck(null);
    const result = await run((options) =>
      call("sources.relocate", { id: source.id, folder: to, acceptPartial }, options),
    );
    if (!result) return;
    if (result.relocated) onRelocated(result.check);
    else setCheck(result.check);
  }

  const wanted = folder.trim();
  return (
    <div className={classes.form}>
      <FolderField
        label={strings.newProject.folder}
        description={text.relocateHelp(source.folder)}
        value={folder}
        purpose="source"
        focused
        onChange={(next) => {
          setFolder(next);
          setCheck(null);
        }}
        onCommit={(chosen) => void relocate(chosen, false)}
      />
      {progress && <CallProgress progress={progress} title={text.comparing} onCancel={cancel} />}
      {error !== null && <ErrorPanel error={error} />}
      {check && <Verdict check={check} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {strings.cancel}
        </Button>
        {check?.verdict === "partly" ? (
          <Button onClick={() => void relocate(check.folder, true)}>{text.useAnyway}</Button>
        ) : (
          <Button
            disabled={wanted === "" || wanted === source.folder || progress !== null}
            onClick={() => void relocate(wanted, false)}
          >
            {text.compare}
          </Button>
        )}
      </div>
    </div>
  );
}

function Verdict({ check }: { check: RelocationCheck }) {
  const text = strings.sources;
  return (
    <div className={classes.verdict} role="status" data-verdict={check.verdict}>
      <p>{check.message}</p>
      {check.examples.length > 0 && (
        <details>
          <summary>{text.examples}</summary>
          <ul className={classes.examples}>
            {check.examples.map((path) => (
              <li key={path} data-selectable>
                {path}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
