import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconFlag, IconFlagFilled, IconPlayerSkipForward, IconSparkles } from "@tabler/icons-react";
import type { PatchItem } from "../../../shared/domain/project.ts";
import { keyLabel } from "../../labelling/key-name.ts";
import { suggestions } from "../../labelling/label-choices.ts";
import { accept, confirm, toggleFlag } from "../../labelling/label-commands.ts";
import { useApp } from "../../state/app-store.ts";
import { strings } from "../../strings.ts";
import { confirmAndNext, emptyAndNext, skipAndNext } from "../run-command.ts";
import { usePatchList } from "../workbench-context.ts";
import classes from "./patch-actions.module.css";

/** What can be done with the focused patch, or the selection, by mouse. */
export function PatchActions({ patch }: { patch: PatchItem }) {
  const list = usePatchList();
  const kind = useApp((app) => app.project?.kind ?? "multi-label");
  const confirmed = patch.status === "confirmed";
  const flagLabel = patch.flagged ? strings.commands.unflag : strings.commands.flag;
  return (
    // The grid keeps the focus, so that the keyboard goes on where it was.
    <div
      className={classes.actions}
      onMouseDown={(event) => event.preventDefault()}
      role="toolbar"
      aria-label={strings.inspector.actions}
    >
      {confirmed ? (
        <Button
          className={classes.main ?? ""}
          variant="default"
          onClick={() => confirm(list.targets(), false)}
        >
          {strings.commands.reopen}
        </Button>
      ) : (
        <Tooltip label={strings.inspector.withKey(strings.commands.confirm, keyLabel("space"))}>
          <Button className={classes.main ?? ""} onClick={() => confirmAndNext(list)}>
            {strings.inspector.confirm}
          </Button>
        </Tooltip>
      )}
      <Tooltip label={strings.inspector.withKey(strings.commands.accept, "A")}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={strings.commands.accept}
          disabled={suggestions(patch, kind).length === 0}
          onClick={() => accept(list.targets())}
        >
          <IconSparkles size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={strings.inspector.withKey(strings.commands.none, "N")}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={strings.commands.none}
          onClick={() => emptyAndNext(list)}
        >
          ∅
        </ActionIcon>
      </Tooltip>
      <Tooltip label={strings.inspector.withKey(strings.commands.skip, "S")}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={strings.commands.skip}
          onClick={() => skipAndNext(list)}
        >
          <IconPlayerSkipForward size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={strings.inspector.withKey(flagLabel, "F")}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={flagLabel}
          aria-pressed={patch.flagged}
          onClick={() => toggleFlag(list.targets())}
        >
          {patch.flagged ? (
            <IconFlagFilled size={16} color="var(--fm-accent)" />
          ) : (
            <IconFlag size={16} stroke={1.6} />
          )}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
