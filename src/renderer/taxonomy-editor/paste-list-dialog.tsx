import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { strings } from "../strings.ts";
import { namesFromText } from "./draft-class.ts";

/** Class names from a list, one a line. */
export function PasteListDialog(props: {
  opened: boolean;
  onClose: () => void;
  onPaste: (names: readonly string[]) => void;
}) {
  const [text, setText] = useState("");
  const names = namesFromText(text);
  function close(): void {
    setText("");
    props.onClose();
  }
  return (
    <Modal opened={props.opened} onClose={close} title={strings.taxonomy.paste} size={480}>
      <Stack gap="md">
        <Textarea
          data-autofocus
          label={strings.taxonomy.pasteLabel}
          autosize
          minRows={8}
          maxRows={16}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {strings.cancel}
          </Button>
          <Button
            disabled={names.length === 0}
            onClick={() => {
              props.onPaste(names);
              close();
            }}
          >
            {strings.taxonomy.addMany(names.length)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
