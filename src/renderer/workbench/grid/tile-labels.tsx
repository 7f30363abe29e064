import type { PatchItem } from "../../../shared/domain/project.ts";
import { ClassChip } from "../../components/class-chip.tsx";
import { classesInState, suggestions } from "../../labelling/label-choices.ts";
import { useApp } from "../../state/app-store.ts";
import { useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../class-index.ts";
import classes from "./tile-labels.module.css";

/** A patch's labels as chips: present, unsure, suggested, and what was ruled out by hand. */
export function TileLabels({ patch, dots }: { patch: PatchItem; dots: boolean }) {
  const index = useClassIndex();
  const showSuggestions = useView((view) => view.suggestions);
  const kind = useApp((app) => app.project?.kind ?? "multi-label");
  const confirmed = patch.status === "confirmed";
  const chips = [
    ...classesInState(patch, "present").map((classId) => ({ classId, state: "present" as const })),
    ...classesInState(patch, "unsure").map((classId) => ({ classId, state: "unsure" as const })),
    ...(showSuggestions ? suggestions(patch, kind) : []).map((suggestion) => ({
      ...suggestion,
      state: "suggested" as const,
    })),
    // On a confirmed patch nearly every class is absent; that goes without saying.
    ...(confirmed ? [] : classesInState(patch, "absent")).map((classId) => ({
      classId,
      state: "absent" as const,
    })),
  ];
  if (confirmed && chips.length === 0)
    return <span className={classes.none}>{strings.label.noneOfThese}</span>;
  return (
    <div className={classes.chips} data-dots={dots || undefined}>
      {chips.map((chip) => {
        const entry = index.get(chip.classId);
        const probability = "probability" in chip ? { probability: chip.probability } : {};
        return (
          entry && (
            <ClassChip key={chip.classId} entry={entry} state={chip.state} dot={dots} {...probability} />
          )
        );
      })}
    </div>
  );
}
