import type { ListedFiles, SourceChanges } from "../../shared/domain/sources.ts";
import { number } from "../components/format.ts";
import { strings } from "../strings.ts";
import classes from "./file-lists.module.css";

const KINDS = ["new", "changed", "missing", "touched"] as const satisfies readonly (keyof SourceChanges)[];

/** Whether anything is there for a scan to take over. */
export function hasChanges(changes: SourceChanges): boolean {
  return changes.new.count + changes.changed.count + changes.missing.count > 0;
}

/** The files of a folder that are not as the project knows them, by kind, with their paths on demand. */
export function ChangedFiles({ changes }: { changes: SourceChanges }) {
  return KINDS.filter((kind) => changes[kind].count > 0).map((kind) => (
    <FileList
      key={kind}
      title={strings.sources.kinds[kind](number(changes[kind].count))}
      files={changes[kind]}
    />
  ));
}

/** Files that could not be read, each with its reason. */
export function UnreadableFiles({ files }: { files: readonly { path: string; message: string }[] }) {
  if (files.length === 0) return null;
  return (
    <FileList
      title={strings.sources.kinds.unreadable(number(files.length))}
      files={{ count: files.length, paths: files.map(({ path, message }) => `${path}: ${message}`) }}
    />
  );
}

function FileList({ title, files }: { title: string; files: ListedFiles }) {
  const more = files.count - files.paths.length;
  return (
    <details className={classes.list}>
      <summary>{title}</summary>
      <ul className={classes.paths}>
        {files.paths.map((path) => (
          <li key={path} data-selectable>
            {path}
          </li>
        ))}
        {more > 0 && <li>{strings.sources.more(number(more))}</li>}
      </ul>
    </details>
  );
}
