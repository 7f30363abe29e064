import { Button, Group, Skeleton } from "@mantine/core";
import { IconDatabase, IconFile, IconFolder } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import type { AppContract } from "../../shared/contracts/app.ts";
import type { CallOutput } from "../../shared/rpc/contract.ts";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import { breadcrumbs } from "./breadcrumbs.ts";
import classes from "./folder-browser.module.css";
import { parentFolder } from "./format.ts";

type Listing = CallOutput<AppContract, "folders.list">;

/** Folders of the machine that Fieldmark runs on. Double click or enter goes in. */
export function FolderBrowser(props: {
  accept: "folder" | "project" | "file";
  start: string | null;
  onCancel: () => void;
  onChoose: (path: string) => void;
}) {
  const { accept, start } = props;
  const [listing, setListing] = useState<Listing | null>(null);
  const [marked, setMarked] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);

  const goTo = useCallback(
    async (folder: string | null) => {
      setError(null);
      setMarked(null);
      try {
        setListing(await call("folders.list", { folder, withFiles: accept === "file" }));
      } catch (problem) {
        setError(problem);
      }
    },
    [accept],
  );
  useEffect(() => {
    let wanted = true;
    nearestListing(start, accept === "file").then(
      (found) => wanted && setListing(found),
      (problem) => wanted && setError(problem),
    );
    return () => {
      wanted = false;
    };
  }, [start, accept]);

  const chosen = accept === "folder" ? (marked ?? listing?.folder ?? null) : marked;
  function open(entry: Listing["entries"][number]): void {
    if (entry.kind === "folder" || (entry.kind === "project" && accept !== "project")) void goTo(entry.path);
    else props.onChoose(entry.path);
  }
  function markable(entry: Listing["entries"][number]): boolean {
    return accept === "folder" ? entry.kind !== "file" : entry.kind === accept;
  }

  return (
    <div className={classes.browser}>
      <nav className={classes.crumbs} aria-label={strings.folders.path}>
        {listing &&
          breadcrumbs(listing.folder).map((crumb) => (
            <button
              key={crumb.path}
              type="button"
              className={classes.crumb}
              onClick={() => void goTo(crumb.path)}
            >
              {crumb.name}
            </button>
          ))}
      </nav>
      {error !== null && <ErrorPanel error={error} />}
      <div className={classes.list}>
        {!listing && <Skeleton height={18} m={8} />}
        {listing?.entries.length === 0 && <p className={classes.none}>{strings.folders.empty}</p>}
        {listing && listing.entries.length > 0 && (
          <div role="listbox" aria-label={strings.folders.entries}>
            {listing.entries.map((entry) => (
              <button
                key={entry.path}
                type="button"
                role="option"
                className={classes.entry}
                aria-selected={marked === entry.path}
                onClick={() => (markable(entry) ? setMarked(entry.path) : void goTo(entry.path))}
                onDoubleClick={() => open(entry)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  open(entry);
                }}
              >
                <EntryIcon kind={entry.kind} />
                {entry.name}
              </button>
            ))}
          </div>
        )}
      </div>
      <Group justify="space-between" wrap="nowrap">
        <span className={classes.chosen} title={chosen ?? undefined}>
          {chosen ?? strings.folders.nothing[accept]}
        </span>
        <Group gap={8} wrap="nowrap">
          {listing && listing.rasters > 0 && accept === "folder" && (
            <span className={classes.rasters}>{strings.folders.rasters(listing.rasters)}</span>
          )}
          <Button variant="default" onClick={props.onCancel}>
            {strings.cancel}
          </Button>
          <Button disabled={!chosen} onClick={() => chosen && props.onChoose(chosen)}>
            {strings.folders.choose}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

/** A start folder that does not exist (yet) is no reason to begin with an error: then one above it, or the home. */
async function nearestListing(start: string | null, withFiles: boolean): Promise<Listing> {
  for (let folder = start; folder !== null; ) {
    try {
      return await call("folders.list", { folder, withFiles });
    } catch {
      const above = parentFolder(folder);
      folder = above === folder ? null : above;
    }
  }
  return call("folders.list", { folder: null, withFiles });
}

function EntryIcon({ kind }: { kind: Listing["entries"][number]["kind"] }) {
  const icon = { size: 17, stroke: 1.5 };
  switch (kind) {
    case "folder":
      return <IconFolder {...icon} />;
    case "project":
      return <IconDatabase {...icon} color="var(--fm-accent)" />;
    case "file":
      return <IconFile {...icon} />;
  }
}
