import { Button, Progress } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Cancelled } from "../../../shared/errors.ts";
import type { Progress as CallProgress } from "../../../shared/rpc/contract.ts";
import { FolderField } from "../../components/folder-field.tsx";
import { baseName } from "../../components/format.ts";
import { ErrorPanel } from "../../feedback/error-panel.tsx";
import { call } from "../../state/session.ts";
import { strings } from "../../strings.ts";
import type { Draft } from "./draft.ts";
import classes from "./imagery-step.module.css";
import { PreviewFacts } from "./preview-facts.tsx";

/** Chooses the folder and looks into it. */
export function ImageryStep({ draft, change }: { draft: Draft; change: (changes: Partial<Draft>) => void }) {
  const [folder, setFolder] = useState(draft.source);
  const [progress, setProgress] = useState<CallProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function look(source: string): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setProgress({ done: 0, total: 0, message: "" });
    change({ preview: null });
    try {
      const preview = await call(
        "sources.preview",
        { folder: source },
        { signal: controller.signal, onProgress: setProgress },
      );
      change({
        source: preview.folder,
        preview,
        grid: preview.suggestedGrid,
        ...(draft.name === "" ? { name: baseName(preview.folder) } : {}),
        ...(draft.parent === "" ? { parent: parentOf(preview.folder) } : {}),
      });
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
        onChange={setFolder}
        onCommit={(chosen) => void look(chosen)}
      />
      {folder.trim() !== "" && folder.trim() !== draft.preview?.folder && !progress && (
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
      {draft.preview && <PreviewFacts preview={draft.preview} />}
    </div>
  );
}

/** The folder that a folder lies in: beside the imagery is a good place for the project. */
function parentOf(folder: string): string {
  const slash = folder.includes("\\") ? "\\" : "/";
  const at = folder.replace(/[\\/]+$/, "").lastIndexOf(slash);
  return at > 0 ? folder.slice(0, at) : folder;
}
