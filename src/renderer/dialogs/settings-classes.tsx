import { Button } from "@mantine/core";
import { useState } from "react";
import type { ProjectSummary } from "../../shared/domain/project.ts";
import { presentError } from "../feedback/present-error.tsx";
import { clashingKeys } from "../labelling/class-keys.ts";
import { saveClasses } from "../state/app-actions.ts";
import { closeDialog } from "../state/dialog-store.ts";
import { strings } from "../strings.ts";
import {
  type DraftClass,
  fromTaxonomy,
  problemOfClasses,
  toClassInputs,
} from "../taxonomy-editor/draft-class.ts";
import { TaxonomyEditor } from "../taxonomy-editor/taxonomy-editor.tsx";
import classes from "./settings-form.module.css";

/** The project's classes. A class with labels can be renamed, not removed; the application sees to that. */
export function ClassSettings({ project }: { project: ProjectSummary }) {
  const [entries, setEntries] = useState<readonly DraftClass[]>(() => fromTaxonomy(project.classes));
  const [saving, setSaving] = useState(false);
  const problem = clashingKeys(entries).size > 0 ? strings.newProject.keysClash : problemOfClasses(entries);

  async function save(): Promise<void> {
    setSaving(true);
    try {
      await saveClasses(toClassInputs(entries));
      closeDialog();
    } catch (error) {
      presentError(error);
      setSaving(false);
    }
  }

  return (
    <>
      <TaxonomyEditor classes={entries} onChange={setEntries} />
      <div className={classes.save}>
        <span className={classes.problem}>{problem}</span>
        <Button variant="default" onClick={closeDialog}>
          {strings.cancel}
        </Button>
        <Button loading={saving} disabled={problem !== null} onClick={() => void save()}>
          {strings.save}
        </Button>
      </div>
    </>
  );
}
