import { Button, Progress } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Cancelled } from "../../../shared/errors.ts";
import type { Progress as CallProgress } from "../../../shared/rpc/contract.ts";
import { FolderField } from "../../components/folder-field.tsx";
import { ErrorPanel } from "../../feedback/error-panel.tsx";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";
import type { ChangeDraft, Draft } from "./draft.ts";
import classes from "./imagery-step.module.css";
import { withPreview, withTakeOver } from "./known-archive.ts";
import { KnownArchiveCard } from "./known-archive-card.tsx";
import { PreviewFacts } from "./preview-facts.tsx";

const NOT_LOOKED = { source: "", preview: null, takeOver: false } as const;

/** Chooses the folder and looks into it. */
export function ImageryStep({ draft, change }: { draft: Draft; change: ChangeDraft }) {
  const [folder, setFolder] = useState(draft.source);
  const [progress, setProgress] = useState<CallProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  /** What was found in one folder says nothing of another one. */
  function type(next: string): void {
    setFolder(next);
    setError(null);
    if (draft.preview && next.trim() !== draft.preview.folder) change(NOT_LOOKED);
  }

  async function look(source: string): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setProgress({ done: 0, total: 0, message: "" });
    change(NOT_LOOKED);
    try {
      const preview = await call(
        "sources.preview",
        { folder: source },
        { signal: controller.signal, onProgress: setProgress },
      );
      setFolder(preview.folder);
      change((before) => withPreview(before, preview, source));
    } catch (problem) {
      if (!(problem instanceof Cancelled)) setError(problem);
    } finally {
      if (running.current === controller) {
        running.current = null;
        setProgress(null);
      }
    }
  }

  return (
    <div className={classes.step}>
      <FolderField
        label={strings.newProject.folder}
        description={strings.newProject.folderHelp}
        value={folder}
        purpose="source"
        focused
        onChange={type}
        onCommit={(chosen) => void look(chosen)}
      />
      {folder.trim() !== "" && !draft.preview && !progress && error === null && (
        <div>
          <Button variant="default" onClick={() => void look(folder.trim())}>
            {strings.newProject.look}
          </Button>
        </div>
      )}
      {progress && (
        <div role="status">
          <Progress
            value={progress.total > 0 ? (progress.done / progress.total) * 100 : 100}
            animated={progress.total === 0}
            aria-label={strings.newProject.looking}
            size={6}
          />
          <div className={classes.progressText}>
            <span>{progress.message || strings.newProject.looking}</span>
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => running.current?.abort()}>
              {strings.cancel}
            </Button>
          </div>
        </div>
      )}
      {error !== null && <ErrorPanel error={error} onRetry={() => void look(folder.trim())} />}
      {draft.preview?.knownArchive && (
        <KnownArchiveCard
          archive={draft.preview.knownArchive}
          takeOver={draft.takeOver}
          onChange={(takeOver) => change((before) => withTakeOver(before, takeOver))}
        />
      )}
      {draft.preview && <PreviewFacts preview={draft.preview} />}
    </div>
  );
}
