import { Modal } from "@mantine/core";
import { FolderBrowser } from "./folder-browser.tsx";

/** The in-app folder browser in a dialog, for hosts without a dialog of their own, and for files. */
export function FolderDialog(props: {
  opened: boolean;
  title: string;
  /** What can be chosen: any folder, a project's folder, or a file. */
  accept: "folder" | "project" | "file";
  start?: string;
  onClose: () => void;
  onChoose: (path: string) => void;
}) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size={640} zIndex={250}>
      <FolderBrowser
        accept={props.accept}
        start={props.start?.trim() || null}
        onCancel={props.onClose}
        onChoose={props.onChoose}
      />
    </Modal>
  );
}
