import { Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ProjectSettings, ProjectSummary } from "../../shared/domain/project.ts";
import { EncoderHelp, EncoderSelect } from "../components/encoder-select.tsx";
import { presentError } from "../feedback/present-error.tsx";
import { savePreferences, saveSettings } from "../state/app-actions.ts";
import { useApp } from "../state/app-store.ts";
import { closeDialog } from "../state/dialog-store.ts";
import { loadEngine } from "../state/engine-store.ts";
import { strings } from "../strings.ts";
import classes from "./settings-form.module.css";

/** Who labels, what confirming means, how progress is measured. */
export function GeneralSettings({ project }: { project: ProjectSummary }) {
  const savedAnnotator = useApp((app) => app.preferences?.annotator ?? "");
  const [annotator, setAnnotator] = useState(savedAnnotator);
  const [settings, setSettings] = useState<ProjectSettings>(project.settings);
  const [saving, setSaving] = useState(false);
  const text = strings.settings;

  useEffect(() => void loadEngine(), []);

  function set(changes: Partial<ProjectSettings>): void {
    setSettings({ ...settings, ...changes });
  }

  async function save(): Promise<void> {
    setSaving(true);
    try {
      if (annotator.trim() !== savedAnnotator) await savePreferences({ annotator: annotator.trim() });
      await saveSettings(settings);
      closeDialog();
    } catch (error) {
      presentError(error);
      setSaving(false);
    }
  }

  return (
    <div className={classes.general}>
      <TextInput
        label={text.annotator}
        description={text.annotatorHelp}
        value={annotator}
        maxLength={120}
        onChange={(event) => setAnnotator(event.currentTarget.value)}
      />
      <Switch
        label={text.implied}
        description={text.impliedHelp}
        checked={settings.confirmImpliesAbsent}
        onChange={(event) => set({ confirmImpliesAbsent: event.currentTarget.checked })}
      />
      <div className={classes.row}>
        <Share
          label={text.controlEarly}
          value={settings.controlShareEarly}
          onChange={(controlShareEarly) => set({ controlShareEarly })}
        />
        <Share
          label={text.controlLate}
          value={settings.controlShareLate}
          onChange={(controlShareLate) => set({ controlShareLate })}
        />
      </div>
      <p className={classes.facts}>{text.controlHelp}</p>
      <div>
        <EncoderSelect value={settings.encoder} onChange={(encoder) => set({ encoder })} />
        <EncoderHelp encoder={settings.encoder} className={classes.help} />
      </div>
      <Switch
        label={text.warmStart}
        description={text.warmStartHelp}
        checked={settings.warmStart ?? false}
        onChange={(event) => set({ warmStart: event.currentTarget.checked })}
      />
      <NumberInput
        label={text.seed}
        description={text.seedHelp}
        allowDecimal={false}
        value={settings.seed}
        onChange={(seed) => typeof seed === "number" && set({ seed })}
      />
      <div className={classes.save}>
        <Button variant="default" onClick={closeDialog}>
          {strings.cancel}
        </Button>
        <Button loading={saving} disabled={annotator.trim() === ""} onClick={() => void save()}>
          {strings.save}
        </Button>
      </div>
    </div>
  );
}

function Share(props: { label: string; value: number; onChange: (share: number) => void }) {
  return (
    <NumberInput
      label={props.label}
      suffix=" %"
      min={0}
      max={100}
      step={5}
      value={Math.round(props.value * 100)}
      onChange={(value) => typeof value === "number" && props.onChange(value / 100)}
    />
  );
}
