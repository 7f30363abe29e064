import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { strings } from "../strings.ts";
import { ColorButton } from "./color-button.tsx";
import { type DraftClass, possibleParents } from "./draft-class.ts";
import { KeyCapture } from "./key-capture.tsx";
import classes from "./taxonomy-row.module.css";

const NO_PARENT = "none";

/** One class: colour, name, key, parent; up, down, remove. */
export function TaxonomyRow(props: {
  entry: DraftClass;
  index: number;
  all: readonly DraftClass[];
  onChange: (entry: DraftClass) => void;
  onRemove: () => void;
  onMove: (to: number) => void;
}) {
  const { entry, index, all, onChange, onMove } = props;
  const name = entry.name || strings.taxonomy.unnamed;
  return (
    <tr className={classes.row}>
      <td>
        <ColorButton color={entry.color} name={name} onChange={(color) => onChange({ ...entry, color })} />
      </td>
      <td>
        <TextInput
          aria-label={strings.taxonomy.nameOf(index + 1)}
          data-class-name
          value={entry.name}
          maxLength={120}
          error={entry.name.trim() === ""}
          onChange={(event) => onChange({ ...entry, name: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            onMove(event.key === "ArrowUp" ? index - 1 : index + 1);
          }}
        />
      </td>
      <td>
        <KeyCapture entry={entry} index={index} all={all} onChange={(key) => onChange({ ...entry, key })} />
      </td>
      <td>
        <Select
          aria-label={strings.taxonomy.parentOf(name)}
          data={[
            { value: NO_PARENT, label: strings.taxonomy.noParent },
            ...possibleParents(all, entry).map((other) => ({ value: String(other.row), label: other.name })),
          ]}
          value={entry.parent === null ? NO_PARENT : String(entry.parent)}
          onChange={(value) =>
            onChange({ ...entry, parent: value === null || value === NO_PARENT ? null : Number(value) })
          }
        />
      </td>
      <td className={classes.actions}>
        <ActionIcon
          aria-label={strings.taxonomy.up(name)}
          disabled={index === 0}
          onClick={() => onMove(index - 1)}
        >
          <IconArrowUp size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon
          aria-label={strings.taxonomy.down(name)}
          disabled={index === all.length - 1}
          onClick={() => onMove(index + 1)}
        >
          <IconArrowDown size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label={strings.taxonomy.remove(name)} onClick={props.onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </td>
    </tr>
  );
}
