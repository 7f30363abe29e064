import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { SplitLeakage } from "../../shared/domain/splits.ts";
import { number } from "../components/format.ts";
import { strings } from "../strings.ts";
import classes from "./split-notes.module.css";

type Example = SplitLeakage["examples"][number];

/** Whether patches of different splits touch, with counts and examples. */
export function LeakageNote({ leakage, unplaced }: { leakage: SplitLeakage; unplaced: number }) {
  const { pairs, patches, examples } = leakage;
  const text = strings.splitting;
  return (
    <div className={classes.notes}>
      {pairs === 0 ? (
        <p className={classes.good}>
          <IconCheck size={16} stroke={1.8} aria-hidden="true" />
          {text.tight}
        </p>
      ) : (
        <div className={classes.warning}>
          <p className={classes.headline}>
            <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
            {text.leaks(number(pairs))}
          </p>
          <p>{text.leakPatches(number(patches.val), number(patches.test), number(patches.pool))}</p>
          <details>
            <summary>{text.examples}</summary>
            <ul className={classes.examples}>
              {examples.map((example) => (
                <li key={`${example[0].id} ${example[1].id}`} data-selectable>
                  {wordsOf(example)}
                </li>
              ))}
            </ul>
          </details>
        </div>
      )}
      {unplaced > 0 && <p className={classes.fact}>{text.unplaced(number(unplaced))}</p>}
    </div>
  );
}

function wordsOf([first, second]: Example): string {
  const name = (split: Example[0]["split"]) =>
    split === null ? strings.splitting.noSplit : strings.splits[split];
  return strings.splitting.example(first.name, name(first.split), second.name, name(second.split));
}
