import { Slider } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useId, useState } from "react";
import { strings } from "../../../strings.ts";
import classes from "./look-form.module.css";

/** Gamma by powers: as far to the left of 1 as to the right is the inverse. */
const STEPS_PER_DOUBLING = 10;
const REACH = 20;
/** While the slider is dragged, pictures follow at most so often. */
const FOLLOW_MS = 100;

function gammaAt(step: number): number {
  return Number((2 ** (step / STEPS_PER_DOUBLING)).toFixed(3));
}

/** 0.25 to 4, in steps that look equally large. */
export function GammaField({ gamma, onChange }: { gamma: number; onChange: (gamma: number) => void }) {
  const id = useId();
  const [step, setStep] = useState(() => stepOf(gamma));
  const follow = useDebouncedCallback(onChange, FOLLOW_MS);
  useEffect(() => setStep(stepOf(gamma)), [gamma]);
  return (
    <div>
      <div className={classes.label}>
        <span id={id}>{strings.look.gamma}</span>
        <span className={classes.amount}>{gammaAt(step).toFixed(2)}</span>
      </div>
      <Slider
        size={3}
        thumbSize={14}
        color="gray"
        min={-REACH}
        max={REACH}
        step={1}
        value={step}
        label={null}
        startPointValue={0}
        thumbProps={{ "aria-labelledby": id, "aria-valuetext": gammaAt(step).toFixed(2) }}
        onChange={(next) => {
          setStep(next);
          follow(gammaAt(next));
        }}
      />
    </div>
  );
}

function stepOf(gamma: number): number {
  return Math.round(Math.log2(gamma) * STEPS_PER_DOUBLING);
}
