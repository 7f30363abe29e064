import { Checkbox, TextInput } from "@mantine/core";
import { FolderField } from "../../components/folder-field.tsx";
import { number } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { countPatches } from "./count-patches.ts";
import type { ChangeDraft, Draft } from "./draft.ts";
import { drawsSplits, mayDrawSplits, takenArchive } from "./known-archive.ts";
import { factsOf } from "./known-archive-card.tsx";
import classes from "./project-step.module.css";

/** Name and place, and once more what will be made. */
export function ProjectStep({ draft, change }: { draft: Draft; change: ChangeDraft }) {
  const { preview, grid } = draft;
  const text = strings.newProject;
  const taken = takenArchive(draft);
  const count = preview && countPatches(preview.sizes, preview.scenes, grid);
  const slash = draft.parent.includes("\\") ? "\\" : "/";
  const folder = `${draft.parent.replace(/[\\/]+$/, "")}${slash}${draft.name.trim() || "…"}.fieldmark`;
  return (
    <div className={classes.step}>
      <TextInput
        label={text.name}
        value={draft.name}
        maxLength={100}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <FolderField
        label={text.parent}
        description={text.parentHelp}
        value={draft.parent}
        purpose="parent"
        onChange={(parent) => change({ parent })}
      />
      {mayDrawSplits(draft) && (
        <Checkbox
          label={strings.splitting.offer}
          description={strings.splitting.offerHelp}
          checked={draft.drawSplits}
          onChange={(event) => change({ drawSplits: event.currentTarget.checked })}
        />
      )}
      <dl className={classes.summary}>
        <dt>{text.will.folder}</dt>
        <dd data-selectable>{folder}</dd>
        <dt>{text.will.imagery}</dt>
        <dd data-selectable>{draft.source || "–"}</dd>
        <dt>{text.will.patches}</dt>
        <dd>
          {count ? (count.exact ? number(count.patches) : text.patches.about(number(count.patches))) : "–"}
        </dd>
        <dt>{text.will.classes}</dt>
        <dd>
          {text.classCount(draft.classes.length)}, {text.kind.onePatch[draft.kind]}
        </dd>
        {drawsSplits(draft) && (
          <>
            <dt>{strings.splitting.will}</dt>
            <dd>{strings.splitting.willDraw}</dd>
          </>
        )}
        {taken && (
          <>
            <dt>{text.will.labels}</dt>
            <dd>
              {text.known.willTake(taken.name)} ({factsOf(taken)})
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
