import { Button, Menu, TextInput } from "@mantine/core";
import { IconChevronDown, IconClipboardList, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { AppContract } from "../../shared/contracts/app.ts";
import type { CallOutput } from "../../shared/rpc/contract.ts";
import { presentError } from "../feedback/present-error.tsx";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import { addClasses, type DraftClass, move, newClass } from "./draft-class.ts";
import { PasteListDialog } from "./paste-list-dialog.tsx";
import classes from "./taxonomy-editor.module.css";
import { TaxonomyRow } from "./taxonomy-row.tsx";

type Preset = CallOutput<AppContract, "taxonomy.presets">[number];

/** A list that is just a preset makes room for another one; what was typed, or has labels, stays. */
function isPreset(entries: readonly DraftClass[], presets: readonly Preset[]): boolean {
  if (entries.some((entry) => entry.id !== undefined)) return false;
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join("\n");
  return presets.some((preset) => names(preset.classes) === names(entries));
}

/** The list of classes: from a preset, a pasted list, or one by one; in the order of the palette. */
export function TaxonomyEditor(props: {
  classes: readonly DraftClass[];
  onChange: (classes: readonly DraftClass[]) => void;
}) {
  const { classes: entries, onChange } = props;
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  const [pasting, setPasting] = useState(false);
  const [name, setName] = useState("");
  const rows = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    call("taxonomy.presets").then(setPresets, presentError);
  }, []);

  function add(): void {
    if (name.trim() === "") return;
    onChange([...entries, newClass(name, entries)]);
    setName("");
  }

  function shift(from: number, to: number): void {
    onChange(move(entries, from, to));
    // The focus goes with the row.
    requestAnimationFrame(() => {
      const inputs = rows.current?.querySelectorAll<HTMLInputElement>("input[data-class-name]");
      inputs?.[to]?.focus();
    });
  }

  return (
    <div>
      <div className={classes.bar}>
        <Menu width={320} position="bottom-start">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} />}>
              {strings.taxonomy.presets}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {presets.map((preset) => (
              <Menu.Item
                key={preset.id}
                onClick={() =>
                  onChange(addClasses(isPreset(entries, presets) ? [] : entries, preset.classes))
                }
              >
                <div>{preset.name}</div>
                <div className={classes.presetText}>{preset.description}</div>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          variant="default"
          leftSection={<IconClipboardList size={16} stroke={1.6} />}
          onClick={() => setPasting(true)}
        >
          {strings.taxonomy.paste}
        </Button>
        <span className={classes.hint}>{strings.taxonomy.orderHint}</span>
      </div>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>
              <span className={classes.hidden}>{strings.taxonomy.color}</span>
            </th>
            <th>{strings.taxonomy.name}</th>
            <th>{strings.taxonomy.key}</th>
            <th>{strings.taxonomy.parent}</th>
            <th>
              <span className={classes.hidden}>{strings.taxonomy.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={rows}>
          {entries.map((entry, index) => (
            <TaxonomyRow
              key={entry.row}
              entry={entry}
              index={index}
              all={entries}
              onChange={(next) => onChange(entries.with(index, next))}
              onRemove={() =>
                onChange(
                  entries
                    .filter((other) => other.row !== entry.row)
                    .map((other) => (other.parent === entry.row ? { ...other, parent: null } : other)),
                )
              }
              onMove={(to) => shift(index, to)}
            />
          ))}
        </tbody>
      </table>
      {entries.length === 0 && <p className={classes.empty}>{strings.taxonomy.empty}</p>}
      <div className={classes.add}>
        <TextInput
          className={classes.addName ?? ""}
          placeholder={strings.taxonomy.addPlaceholder}
          aria-label={strings.taxonomy.addPlaceholder}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={name.trim() === ""}
          onClick={add}
        >
          {strings.taxonomy.add}
        </Button>
      </div>
      <PasteListDialog
        opened={pasting}
        onClose={() => setPasting(false)}
        onPaste={(names) =>
          onChange(
            addClasses(
              entries,
              names.map((each) => ({ name: each })),
            ),
          )
        }
      />
    </div>
  );
}
