import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { assertNever } from "../../shared/errors.ts";
import { useApp } from "../state/app-store.ts";
import { closeDialog, type Dialog, useDialog } from "../state/dialog-store.ts";
import { strings } from "../strings.ts";
import { ExportForm } from "./export-form.tsx";
import { ImportForm } from "./import-form.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { NextRoundForm } from "./next-round-form.tsx";
import { SettingsForm } from "./settings-form.tsx";

/** The dialog that is open, if any; all of them belong to the open project. */
export function Dialogs() {
  const dialog = useDialog((state) => state.dialog);
  const hasProject = useApp((app) => app.project !== null);
  if (!dialog || !hasProject) return null;
  const { title, size, content } = parts(dialog);
  return (
    <Modal opened onClose={closeDialog} title={title} size={size}>
      {content}
    </Modal>
  );
}

function parts(dialog: Dialog): { title: string; size: number; content: ReactNode } {
  switch (dialog.kind) {
    case "keys":
      return { title: strings.help.title, size: 1040, content: <KeysHelp /> };
    case "export":
      return { title: strings.export.title, size: 560, content: <ExportForm /> };
    case "import":
      return { title: strings.import.title, size: 560, content: <ImportForm /> };
    case "next-round":
      return { title: strings.round.dialogTitle, size: 680, content: <NextRoundForm /> };
    case "settings":
      return { title: strings.settings.title, size: 860, content: <SettingsForm tab={dialog.tab} /> };
    default:
      return assertNever(dialog);
  }
}
