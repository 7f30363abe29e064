import type { PatchItem } from "../../../shared/domain/project.ts";
import { type ChipState, ClassChip } from "../../components/class-chip.tsx";
import { classesInState, suggestions } from "../../labelling/label-choices.ts";
import { useApp } from "../../state/app-store.ts";
import { useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../class-index.ts";
import { chipWidth } from "./chip-width.ts";
import { fitChips } from "./fit-chips.ts";
import classes from "./tile-labels.module.css";

interface Chip {
  readonly classId: number;
  readonly state: ChipState;
  readonly probability?: number;
}

/** Room for labels: that many rows of chips, in pixels wide; "dots" for colours only. */
export type LabelRoom = { readonly width: number; readonly rows: number } | "dots";

/**
 * A patch's labels as chips: present, unsure, suggested, and what was ruled out by hand. Chips that find
 * no room keep their colour, so that nothing is accepted that is out of sight.
 */
export function TileLabels({ patch, room }: { patch: PatchItem; room: LabelRoom }) {
  const index = useClassIndex();
  const showSuggestions = useView((view) => view.suggestions);
  const kind = useApp((app) => app.project?.kind ?? "multi-label");
  const confirmed = patch.status === "confirmed";
  const inState = (state: "present" | "absent" | "unsure"): Chip[] =>
    classesInState(patch, state).map((classId) => ({ classId, state }));
  const chips: Chip[] = [
    ...inState("present"),
    ...inState("unsure"),
    ...(showSuggestions ? suggestions(patch, kind) : []).map((suggestion) => ({
      ...suggestion,
      state: "suggested" as const,
    })),
    // On a confirmed patch nearly every class is absent; that goes without saying.
    ...(confirmed ? [] : inState("absent")),
  ].filter(({ classId }) => index.has(classId));
  if (confirmed && chips.length === 0)
    return <span className={classes.none}>{strings.label.noneOfThese}</span>;

  const widths = () => chips.map(({ classId, state }) => chipWidth(index.get(classId)?.name ?? "", state));
  const named = room === "dots" ? 0 : fitChips(widths(), room.width, room.rows);
  const show = (chip: Chip, dot: boolean) => {
    const entry = index.get(chip.classId);
    const probability = chip.probability === undefined ? {} : { probability: chip.probability };
    return (
      entry && <ClassChip key={chip.classId} entry={entry} state={chip.state} dot={dot} {...probability} />
    );
  };
  return (
    <div className={classes.chips} data-dots={room === "dots" || undefined}>
      {chips.map((chip, at) => show(chip, at >= named))}
    </div>
  );
}
