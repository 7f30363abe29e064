import { Select } from "@mantine/core";
import { useEngine } from "../state/engine-store.ts";
import { strings } from "../strings.ts";

/** What patches are turned into numbers by. The engine must have been asked for what it offers. */
export function EncoderSelect({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const encoders = useEngine((engine) => engine.encoders);
  return (
    <Select
      label={strings.round.encoder}
      data={encoders.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      allowDeselect={false}
      onChange={(id) => id && onChange(id)}
    />
  );
}

/** What the encoder is good for, in plain words. */
export function EncoderHelp({ encoder, className }: { encoder: string; className: string | undefined }) {
  const entry = useEngine((engine) => engine.encoders.find(({ id }) => id === encoder));
  return entry?.description ? <p className={className}>{entry.description}</p> : null;
}
