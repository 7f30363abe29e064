import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { toggle } from "../../labelling/label-commands.ts";
import { strings } from "../../strings.ts";
import { useClasses } from "../class-index.ts";
import { useFocusedPatch, useTargetCount } from "../use-targets.ts";
import { usePatchList } from "../workbench-context.ts";
import { orderByParent } from "./order-by-parent.ts";
import classes from "./palette.module.css";
import { PaletteRow } from "./palette-row.tsx";
import { PALETTE_SEARCH_ID } from "./palette-search-id.ts";

/** From this many classes on there is a search field. */
const MANY = 12;

/** The project's classes with their keys, and their state on the focused patch. */
export function Palette() {
  const list = usePatchList();
  const all = useClasses();
  const patch = useFocusedPatch();
  const targets = useTargetCount();
  const [search, setSearch] = useState("");
  const rows = useMemo(() => orderByParent(all), [all]);
  const found = rows.filter(({ entry }) => entry.name.toLowerCase().includes(search.trim().toLowerCase()));

  function onSearchKey(event: KeyboardEvent<HTMLInputElement>): void {
    const first = found[0];
    if (event.key === "Enter" && first) {
      toggle(list.targets(), first.entry.id, "present");
      setSearch("");
    }
    if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
  }

  return (
    <aside className={classes.palette} aria-label={strings.label.classes}>
      <div className={classes.head}>
        <h2 className={classes.title}>{strings.label.classes}</h2>
        {targets > 1 && <span className={classes.targets}>{strings.label.selected(targets)}</span>}
      </div>
      {all.length > MANY && (
        <TextInput
          id={PALETTE_SEARCH_ID}
          className={classes.search ?? ""}
          placeholder={strings.label.findClass}
          aria-label={strings.label.findClass}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
      )}
      <ul className={classes.rows}>
        {found.map(({ entry, depth }) => (
          <PaletteRow key={entry.id} entry={entry} depth={depth} patch={patch} />
        ))}
      </ul>
      {found.length === 0 && <p className={classes.none}>{strings.label.noClassFound}</p>}
    </aside>
  );
}
