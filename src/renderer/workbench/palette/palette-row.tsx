import type { CSSProperties, MouseEvent } from "react";
import type { PatchItem } from "../../../shared/domain/project.ts";
import type { TaxonomyClass } from "../../../shared/domain/taxonomy.ts";
import { number } from "../../components/format.ts";
import { KeyCap } from "../../components/key-cap.tsx";
import { toggle } from "../../labelling/label-commands.ts";
import { useApp } from "../../state/app-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { usePatchList } from "../workbench-context.ts";
import classes from "./palette-row.module.css";
import { StateMark } from "./state-mark.tsx";

/** A class: click (or its key) for present, with alt for absent, with shift for unsure. */
export function PaletteRow(props: {
  entry: TaxonomyClass;
  depth: number;
  patch: PatchItem | undefined;
  /** Enter in the search field would label it. */
  active: boolean;
  /** The model expects it here, and it is not decided yet. */
  suggested: boolean;
}) {
  const { entry, depth, patch } = props;
  const list = usePatchList();
  const count = useApp((app) => app.project?.counts.present?.[entry.id]);
  const state = patch?.labels[entry.id];
  const shown = state ?? (props.suggested ? "suggested" : "none");
  // A custom property is not among React's style properties.
  const style = { "--class-color": entry.color, paddingLeft: 8 + depth * 14 } as CSSProperties;

  function onClick(event: MouseEvent): void {
    const { prefix } = useWorkbench.getState();
    const wanted = event.altKey ? "absent" : event.shiftKey ? "unsure" : (prefix ?? "present");
    useWorkbench.setState({ prefix: null });
    toggle(list.targets(), entry.id, wanted);
  }

  return (
    <li>
      <button
        type="button"
        className={classes.row}
        style={style}
        data-state={shown}
        data-active={props.active || undefined}
        title={entry.description ? `${entry.name}: ${entry.description}` : entry.name}
        aria-label={strings.label.classRow(entry.name, strings.label.state[shown])}
        // Keeps the focus where it is, so that arrows go on moving in the grid.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
        onContextMenu={(event) => {
          event.preventDefault();
          toggle(list.targets(), entry.id, "absent");
        }}
      >
        <StateMark state={shown} />
        <span className={classes.name}>{entry.name}</span>
        {count !== undefined && <span className={classes.count}>{number(count)}</span>}
        <span className={classes.key}>{entry.key && <KeyCap name={entry.key} />}</span>
      </button>
    </li>
  );
}
