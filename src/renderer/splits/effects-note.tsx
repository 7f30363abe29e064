import { Checkbox } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { SplitEffects, SplitPreview } from "../../shared/domain/splits.ts";
import { number } from "../components/format.ts";
import { strings } from "../strings.ts";
import classes from "./split-notes.module.css";

/** What new splits mean for labels, rounds and splits that are there, to be agreed to. */
export function EffectsNote(props: {
  sentences: readonly string[];
  understood: boolean;
  onChange: (understood: boolean) => void;
}) {
  return (
    <section className={classes.warning} aria-label={strings.splitting.effects}>
      <p className={classes.headline}>
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
        {strings.splitting.effects}
      </p>
      <ul className={classes.effects}>
        {props.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Checkbox
        label={strings.splitting.understood}
        checked={props.understood}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </section>
  );
}

/** The consequences of drawing these splits, most weighty first. */
export function effectSentences(effects: SplitEffects, counts: SplitPreview["counts"]): string[] {
  const text = strings.splitting.effect;
  const { replaced } = effects;
  const sentences = [
    replaced && text.replaced(number(replaced.pool), number(replaced.val), number(replaced.test)),
    effects.trainNoMore > 0 && text.trainNoMore(number(effects.trainNoMore)),
    effects.chosenInVal > 0 && text.chosenInVal(number(effects.chosenInVal)),
    effects.controlUnused > 0 && text.controlUnused(number(effects.controlUnused)),
    counts.val > 0 ? text.validation(number(effects.confirmed.val), number(counts.val)) : text.noValidation,
    effects.models > 0 && text.models(number(effects.models)),
  ];
  return sentences.filter((sentence) => typeof sentence === "string");
}
