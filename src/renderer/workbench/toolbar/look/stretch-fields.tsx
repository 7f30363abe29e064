import { NumberInput, SegmentedControl, Select } from "@mantine/core";
import type { Stretch } from "../../../../shared/domain/imagery.ts";
import { strings } from "../../../strings.ts";
import classes from "./look-form.module.css";

const METHODS: readonly Stretch["method"][] = ["percentile", "min-max", "deviation", "fixed"];
const SCOPES: readonly Stretch["scope"][] = ["patch", "scene", "project"];

interface StretchProps {
  readonly stretch: Stretch;
  /** In use on the focused patch: what fixed limits start from. */
  readonly used: { readonly low: number; readonly high: number };
  readonly onChange: (change: Partial<Stretch>) => void;
}

/** Which values become black and white, and what they are taken from. */
export function StretchFields({ stretch, used, onChange }: StretchProps) {
  const { method, scope } = stretch;
  return (
    <div className={classes.fields}>
      <Select
        label={strings.look.stretch}
        data={METHODS.map((value) => ({ value, label: strings.look.methods[value] }))}
        value={method}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          const next = METHODS.find((each) => each === value);
          if (next) onChange({ method: next });
        }}
      />
      {method === "percentile" && <PercentileFields stretch={stretch} onChange={onChange} />}
      {method === "deviation" && (
        <NumberInput
          label={strings.look.deviations}
          prefix="± "
          suffix=" σ"
          min={0.5}
          max={5}
          step={0.5}
          clampBehavior="strict"
          value={stretch.deviations}
          onChange={(value) => typeof value === "number" && value >= 0.5 && onChange({ deviations: value })}
        />
      )}
      {method === "fixed" && <LimitFields stretch={stretch} used={used} onChange={onChange} />}
      {method !== "fixed" && (
        <SegmentedControl
          fullWidth
          aria-label={strings.look.scope}
          data={SCOPES.map((value) => ({ value, label: strings.look.scopes[value] }))}
          value={scope}
          onChange={(value) => {
            const next = SCOPES.find((each) => each === value);
            if (next) onChange({ scope: next });
          }}
        />
      )}
    </div>
  );
}

function PercentileFields({ stretch, onChange }: Pick<StretchProps, "stretch" | "onChange">) {
  return (
    <div className={classes.row}>
      <NumberInput
        label={strings.look.fromPercentile}
        suffix=" %"
        min={0}
        max={49}
        step={0.5}
        clampBehavior="strict"
        value={stretch.low}
        onChange={(value) => typeof value === "number" && onChange({ low: value })}
      />
      <NumberInput
        label={strings.look.toPercentile}
        suffix=" %"
        min={51}
        max={100}
        step={0.5}
        value={stretch.high}
        onChange={(value) => typeof value === "number" && value >= 51 && onChange({ high: value })}
      />
    </div>
  );
}

/** Without limits of the user's own, those in use are shown: all that the sample type or the index can hold. */
function LimitFields({ stretch, used, onChange }: StretchProps) {
  const [low, high] = stretch.limits ?? [used.low, used.high];
  const step = high - low <= 2 ? 0.05 : high - low <= 512 ? 1 : 50;
  const change = (limits: readonly [number, number]) => {
    if (limits[0] < limits[1]) onChange({ limits: [limits[0], limits[1]] });
  };
  return (
    <div className={classes.row}>
      <NumberInput
        label={strings.look.from}
        step={step}
        value={low}
        onChange={(value) => typeof value === "number" && change([value, high])}
      />
      <NumberInput
        label={strings.look.to}
        step={step}
        value={high}
        onChange={(value) => typeof value === "number" && change([low, value])}
      />
    </div>
  );
}
