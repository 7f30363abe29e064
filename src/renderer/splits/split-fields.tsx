import { NumberInput, SegmentedControl, Switch } from "@mantine/core";
import type { SplitMethod } from "../../shared/domain/splits.ts";
import { number } from "../components/format.ts";
import { strings } from "../strings.ts";
import classes from "./split-fields.module.css";
import { problemOfShares, type SplitDraft } from "./split-request.ts";

const METHODS = ["blocks", "scenes", "random"] as const satisfies readonly SplitMethod[];

/** How splits are to be drawn. */
export function SplitFields(props: {
  draft: SplitDraft;
  /** Metres; null where nothing lies on the ground, or while it is not known. */
  suggestedBlockSize: number | null;
  disabled: boolean;
  onChange: (changes: Partial<SplitDraft>) => void;
}) {
  const { draft, suggestedBlockSize, disabled, onChange } = props;
  const text = strings.splitting;
  return (
    <fieldset className={classes.fields} disabled={disabled}>
      <div>
        <div className={classes.label} id="split-method">
          {text.method}
        </div>
        <SegmentedControl
          fullWidth
          disabled={disabled}
          aria-labelledby="split-method"
          value={draft.method}
          data={METHODS.map((method) => ({ value: method, label: text.methods[method] }))}
          onChange={(value) => {
            const method = METHODS.find((each) => each === value);
            if (method) onChange({ method });
          }}
        />
        <p className={classes.help}>{text.methodHelp[draft.method]}</p>
      </div>
      <div className={classes.row}>
        <Whole
          label={text.val}
          suffix=" %"
          max={95}
          step={5}
          value={draft.val}
          error={problemOfShares(draft)}
          onChange={(val) => onChange({ val })}
        />
        <Whole
          label={text.test}
          suffix=" %"
          max={95}
          step={5}
          value={draft.test}
          onChange={(test) => onChange({ test })}
        />
      </div>
      {draft.method === "blocks" && suggestedBlockSize !== null && (
        <NumberInput
          label={text.blockSize}
          description={text.blockSizeHelp(number(Math.round(suggestedBlockSize)))}
          suffix=" m"
          min={1}
          max={1_000_000}
          allowNegative={false}
          step={Math.max(1, Math.round(suggestedBlockSize / 4))}
          placeholder={number(Math.round(suggestedBlockSize))}
          value={draft.blockSize ?? ""}
          onChange={(value) => onChange({ blockSize: typeof value === "number" && value > 0 ? value : null })}
        />
      )}
      <Whole
        label={text.seed}
        description={text.seedHelp}
        value={draft.seed}
        onChange={(seed) => onChange({ seed })}
      />
      <Switch
        label={text.gap}
        description={text.gapHelp}
        checked={draft.gap}
        onChange={(event) => onChange({ gap: event.currentTarget.checked })}
      />
    </fieldset>
  );
}

/** A number from 0; null while nothing is typed. */
function Whole(props: {
  label: string;
  description?: string;
  suffix?: string;
  max?: number;
  step?: number;
  value: number | null;
  error?: string | null;
  onChange: (value: number | null) => void;
}) {
  const { value, onChange, description, suffix, max, step, error } = props;
  return (
    <NumberInput
      label={props.label}
      {...(description === undefined ? {} : { description })}
      {...(suffix === undefined ? {} : { suffix })}
      {...(max === undefined ? {} : { max })}
      {...(step === undefined ? {} : { step })}
      error={error ?? false}
      min={0}
      allowDecimal={false}
      allowNegative={false}
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
    />
  );
}
