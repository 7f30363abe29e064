import { useMemo, useState } from "react";
import type { LabelState } from "../../../shared/domain/labels.ts";
import { suggestions } from "../../labelling/label-choices.ts";
import { toggle } from "../../labelling/label-commands.ts";
import { useApp } from "../../state/app-store.ts";
import { useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { useClasses } from "../class-index.ts";
import { useFocusedPatch, useTargetCount } from "../use-targets.ts";
import { usePatchList } from "../workbench-context.ts";
import { findClasses } from "./find-classes.ts";
import { orderByParent } from "./order-by-parent.ts";
import classes from "./palette.module.css";
import { PaletteRow } from "./palette-row.tsx";
import { PaletteSearch } from "./palette-search.tsx";

/** From this many classes on the search field is always there; with fewer it comes when it is asked for. */
const MANY = 12;

/** The project's classes with their keys, and their state on the focused patch. */
export function Palette() {
  const list = usePatchList();
  const all = useClasses();
  const patch = useFocusedPatch();
  const targets = useTargetCount();
  const searching = useWorkbench((bench) => bench.searching);
  const kind = useApp((app) => app.project?.kind ?? "multi-label");
  const showSuggestions = useView((view) => view.suggestions);
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const rows = useMemo(() => orderByParent(all), [all]);
  const found = findClasses(rows, search, patch?.probabilities ?? null);
  const active = search.trim() === "" ? undefined : found[Math.min(at, found.length - 1)];

  const suggested = new Set(
    patch && showSuggestions ? suggestions(patch, kind).map(({ classId }) => classId) : [],
  );

  function take(state: LabelState): void {
    const { prefix } = useWorkbench.getState();
    useWorkbench.setState({ prefix: null });
    if (active) toggle(list.targets(), active.entry.id, state === "present" ? (prefix ?? state) : state);
  }

  return (
    <aside className={classes.palette} aria-label={strings.label.classes}>
      <div className={classes.head}>
        <h2 className={classes.title}>{strings.label.classes}</h2>
        {targets > 1 && <span className={classes.targets}>{strings.label.selected(targets)}</span>}
      </div>
      {(all.length > MANY || searching) && (
        <PaletteSearch
          value={search}
          active={active?.entry.name}
          onChange={(value) => {
            setSearch(value);
            setAt(0);
          }}
          onStep={(step) => setAt(Math.max(0, Math.min(found.length - 1, at + step)))}
          onTake={take}
        />
      )}
      <ul className={classes.rows}>
        {found.map(({ entry, depth }) => (
          <PaletteRow
            key={entry.id}
            entry={entry}
            depth={depth}
            patch={patch}
            active={entry.id === active?.entry.id}
            suggested={suggested.has(entry.id)}
          />
        ))}
      </ul>
      {found.length === 0 && <p className={classes.none}>{strings.label.noClassFound}</p>}
    </aside>
  );
}
