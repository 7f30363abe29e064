import { SegmentedControl } from "@mantine/core";
import type { ProjectKind } from "../../../shared/domain/learning.ts";
import { strings } from "../../strings.ts";
import { TaxonomyEditor } from "../../taxonomy-editor/taxonomy-editor.tsx";
import classes from "./classes-step.module.css";
import type { ChangeDraft, Draft } from "./draft.ts";
import { takenArchive } from "./known-archive.ts";

/** What is looked for, and whether a patch can hold several classes. */
export function ClassesStep({ draft, change }: { draft: Draft; change: ChangeDraft }) {
  const { kind } = strings.newProject;
  const taken = takenArchive(draft);
  return (
    <div className={classes.step}>
      <div className={classes.kind}>
        <SegmentedControl
          size="sm"
          aria-label={kind.label}
          value={draft.kind}
          data={(["multi-label", "single-label"] as const).map((value: ProjectKind) => ({
            value,
            label: kind.name[value],
          }))}
          onChange={(value) => change({ kind: value === "single-label" ? "single-label" : "multi-label" })}
        />
        <span className={classes.help}>{kind.help[draft.kind]}</span>
      </div>
      {taken && <p className={classes.help}>{strings.newProject.known.note(taken.name)}</p>}
      <TaxonomyEditor classes={draft.classes} onChange={(next) => change({ classes: next })} />
    </div>
  );
}
