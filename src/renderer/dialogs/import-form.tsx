import { Button, Group, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { FolderDialog } from "../components/folder-dialog.tsx";
import { presentError } from "../feedback/present-error.tsx";
import { closeDialog } from "../state/dialog-store.ts";
import { call } from "../state/session.ts";
import { strings } from "../strings.ts";
import classes from "./import-form.module.css";

const FORMATS = ["csv", "ucmerced"] as const;
type Format = (typeof FORMATS)[number];

/** Labels from a file, and with them the split into pool, validation and test where there is one. */
export function ImportForm() {
  const [format, setFormat] = useState<Format>("csv");
  const [file, setFile] = useState("");
  const [splits, setSplits] = useState("");
  const [starting, setStarting] = useState(false);

  async function run(): Promise<void> {
    setStarting(true);
    try {
      const withSplits = splits.trim() === "" ? {} : { splits: splits.trim() };
      await call("labels.import", { file: file.trim(), format, ...withSplits });
      closeDialog();
    } catch (problem) {
      presentError(problem);
      setStarting(false);
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Select
        label={strings.import.format}
        description={strings.import.formatHelp[format]}
        data={FORMATS.map((value) => ({ value, label: strings.import.formats[value] }))}
        value={format}
        onChange={(value) => value && setFormat(value)}
      />
      <FileField label={strings.import.file} value={file} onChange={setFile} />
      <FileField
        label={strings.import.splits}
        description={strings.import.splitsHelp}
        value={splits}
        onChange={setSplits}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={closeDialog}>
          {strings.cancel}
        </Button>
        <Button type="submit" loading={starting} disabled={file.trim() === ""}>
          {strings.import.run}
        </Button>
      </Group>
    </form>
  );
}

function FileField(props: {
  label: string;
  description?: string;
  value: string;
  onChange: (path: string) => void;
}) {
  const [browsing, setBrowsing] = useState(false);
  return (
    <div className={classes.file}>
      <TextInput
        className={classes.path ?? ""}
        label={props.label}
        description={props.description}
        value={props.value}
        spellCheck={false}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => setBrowsing(true)}>
        {strings.folders.browse}
      </Button>
      <FolderDialog
        opened={browsing}
        title={props.label}
        accept="file"
        onClose={() => setBrowsing(false)}
        onChoose={(path) => {
          setBrowsing(false);
          props.onChange(path);
        }}
      />
    </div>
  );
}
