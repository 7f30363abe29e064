import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useApp } from "../../state/app-store.ts";
import { type CustomComposite, useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";

const CHANNELS = ["red", "green", "blue"] as const;

/** Any three bands (or one) with their stretch. */
export function CustomCompositeDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={strings.view.editCustom} size={400}>
      <CustomCompositeForm onClose={onClose} />
    </Modal>
  );
}

function CustomCompositeForm({ onClose }: { onClose: () => void }) {
  const project = useApp((app) => app.project);
  const saved = useView((view) => view.custom);
  const names = project?.bands.map((band) => band.name) ?? [];
  const first = project?.composites[0]?.bands ?? [];
  const [bands, setBands] = useState<readonly string[]>(
    saved?.bands.every((name) => names.includes(name))
      ? saved.bands
      : first.length === 3
        ? first
        : names.slice(0, 3),
  );
  const [stretch, setStretch] = useState<CustomComposite["stretch"]>(saved?.stretch ?? "project");
  const [gamma, setGamma] = useState(saved?.gamma ?? 1);
  const grey = bands.length === 1;

  function setBand(at: number, name: string): void {
    setBands(bands.map((band, index) => (index === at ? name : band)));
  }

  function apply(): void {
    useView.setState({ composite: "custom", custom: { bands, stretch, gamma } });
    onClose();
  }

  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={strings.view.channels}
        value={grey ? "grey" : "colour"}
        data={[
          { value: "colour", label: strings.view.threeBands },
          { value: "grey", label: strings.view.oneBand },
        ]}
        onChange={(value) => {
          const one = bands[0] ?? names[0] ?? "";
          setBands(value === "grey" ? [one] : [one, bands[1] ?? one, bands[2] ?? one]);
        }}
      />
      {bands.map((band, at) => (
        <Select
          key={grey ? "grey" : CHANNELS[at]}
          label={grey ? strings.view.band : strings.view.channel[CHANNELS[at] ?? "red"]}
          data={names}
          value={band}
          searchable
          onChange={(value) => value && setBand(at, value)}
        />
      ))}
      <Select
        label={strings.view.stretch}
        data={(["project", "patch", "none"] as const).map((value) => ({
          value,
          label: strings.view.stretches[value],
        }))}
        value={stretch}
        onChange={(value) => value && setStretch(value)}
      />
      <NumberInput
        label={strings.view.gamma}
        min={0.2}
        max={5}
        step={0.1}
        value={gamma}
        onChange={(value) => setGamma(typeof value === "number" ? value : 1)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {strings.cancel}
        </Button>
        <Button onClick={apply} disabled={bands.length === 0}>
          {strings.view.apply}
        </Button>
      </Group>
    </Stack>
  );
}
