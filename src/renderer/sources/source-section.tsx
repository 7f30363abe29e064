import { Button } from "@mantine/core";
import { useState } from "react";
import type { SourceChanges, SourceStatus } from "../../shared/domain/sources.ts";
import { bytes, dateTime, number } from "../components/format.ts";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { JobProgress } from "../feedback/job-progress.tsx";
import { presentError } from "../feedback/present-error.tsx";
import { jobEnded, useJobs } from "../state/jobs-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import { CallProgress } from "./call-progress.tsx";
import { ChangedFiles, hasChanges, UnreadableFiles } from "./file-lists.tsx";
import { RelocateDialog } from "./relocate-dialog.tsx";
import { ScanResult } from "./scan-result.tsx";
import classes from "./source-section.module.css";
import { useCancellableCall } from "./use-cancellable-call.ts";

/** One folder of imagery: what the project knows of it, what changed there, and where it went. */
export function SourceSection(props: { source: SourceStatus; readOnly: boolean; onChange: () => void }) {
  const { source, readOnly, onChange } = props;
  const text = strings.sources;
  const [changes, setChanges] = useState<SourceChanges | null>(null);
  const [scanned, setScanned] = useState(false);
  const [moving, setMoving] = useState(false);
  const [relocated, setRelocated] = useState<string | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJobs(({ jobs }) => jobs.find(({ id }) => id === jobId));
  const { progress, error, run, cancel } = useCancellableCall();
  const isMissing = source.state === "missing";
  const isUnfinished = source.scan === "unfinished";

  async function check(): Promise<void> {
    setScanned(false);
    setRelocated(null);
    setChanges(null);
    const result = await run((options) => call("sources.check", { id: source.id }, options));
    if (!result) return;
    setChanges(result.changes);
    if (result.source.state !== source.state) onChange();
  }

  async function scan(): Promise<void> {
    try {
      const started = await call("sources.rescan", { id: source.id });
      setJobId(started.jobId);
      const ended = await jobEnded(started.jobId);
      setChanges(null);
      setScanned(ended.state === "done");
      onChange();
    } catch (problem) {
      presentError(problem);
    } finally {
      setJobId(null);
    }
  }

  const canScan = !readOnly && !isMissing && (isUnfinished || (changes !== null && hasChanges(changes)));
  return (
    <section className={classes.source} aria-label={source.folder}>
      <div className={classes.head}>
        <p className={classes.folder} data-selectable>
          {source.folder}
        </p>
        <span className={classes.state} data-state={source.state}>
          {text.state[source.state]}
        </span>
      </div>
      <p className={classes.facts}>
        {text.facts(number(source.files), bytes(source.bytes), number(source.scenes), number(source.patches))}
      </p>
      <p className={classes.facts}>
        {source.lastScan ? text.scanned(dateTime(source.lastScan.finishedAt)) : text.never}
      </p>
      {isMissing && <p className={classes.problem}>{text.missingFolder}</p>}
      {!isMissing && source.missingPatches > 0 && (
        <p className={classes.problem}>{text.missingPatches(number(source.missingPatches))}</p>
      )}
      {isUnfinished && <p className={classes.problem}>{text.unfinished}</p>}
      <UnreadableFiles files={source.unreadable} />

      <div role="status" className={classes.report}>
        {relocated !== null && <p>{relocated}</p>}
        {changes && !hasChanges(changes) && <p>{text.unchanged(number(changes.files))}</p>}
        {changes && (hasChanges(changes) || changes.touched.count > 0) && (
          <>
            <h3 className={classes.title}>{text.found}</h3>
            <ChangedFiles changes={changes} />
          </>
        )}
        {scanned && source.lastScan && <ScanResult report={source.lastScan} />}
      </div>
      {error !== null && <ErrorPanel error={error} onRetry={() => void check()} />}
      {progress && <CallProgress progress={progress} title={text.checking} onCancel={cancel} />}

      {jobId !== null ? (
        <div className={classes.job}>
          <JobProgress job={job} title={text.scanning} />
        </div>
      ) : (
        <div className={classes.actions}>
          {canScan && <Button onClick={() => void scan()}>{isUnfinished ? text.goOn : text.update}</Button>}
          {!isMissing && (
            <Button variant="default" disabled={progress !== null} onClick={() => void check()}>
              {text.check}
            </Button>
          )}
          {!readOnly && (
            <Button variant={isMissing ? "filled" : "default"} onClick={() => setMoving(true)}>
              {text.relocate}
            </Button>
          )}
        </div>
      )}
      {moving && (
        <RelocateDialog
          source={source}
          onClose={() => setMoving(false)}
          onRelocated={({ message }) => {
            setMoving(false);
            setChanges(null);
            setRelocated(message || text.relocated);
            onChange();
          }}
        />
      )}
    </section>
  );
}
