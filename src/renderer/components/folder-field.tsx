import { Button, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { reporting } from "../feedback/present-error.tsx";
import { useApp } from "../state/app-store.ts";
import { chooseFolder, type FolderPurpose } from "../state/choose-folder.ts";
import { strings } from "../strings.ts";
import { FolderDialog } from "./folder-dialog.tsx";
import classes from "./folder-field.module.css";

/** A folder's path, to be typed or chosen: in the machine's dialog where the host has one, else in ours. */
export function FolderField(props: {
  label: string;
  description?: ReactNode;
  value: string;
  purpose: FolderPurpose;
  /** Takes the focus when it appears. */
  focused?: boolean;
  onChange: (folder: string) => void;
  /** Called when a folder was chosen, or enter was pressed after typing. */
  onCommit?: (folder: string) => void;
}) {
  const native = useApp((app) => app.info?.hasNativeDialogs ?? false);
  const [browsing, setBrowsing] = useState(false);

  const input = useRef<HTMLInputElement>(null);
  const { focused = false } = props;
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);

  function take(folder: string): void {
    props.onChange(folder);
    props.onCommit?.(folder);
  }

  async function browse(): Promise<void> {
    if (!native) return setBrowsing(true);
    const folder = await chooseFolder(props.label, props.purpose);
    if (folder) take(folder);
  }

  return (
    <div className={classes.field}>
      <TextInput
        ref={input}
        data-autofocus={focused || undefined}
        className={classes.input ?? ""}
        label={props.label}
        description={props.description}
        value={props.value}
        spellCheck={false}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && props.value.trim() !== "") props.onCommit?.(props.value.trim());
        }}
      />
      <Button variant="default" onClick={() => reporting(browse())}>
        {strings.folders.browse}
      </Button>
      <FolderDialog
        opened={browsing}
        title={props.label}
        accept="folder"
        start={props.value}
        onClose={() => setBrowsing(false)}
        onChoose={(folder) => {
          setBrowsing(false);
          take(folder);
        }}
      />
    </div>
  );
}
