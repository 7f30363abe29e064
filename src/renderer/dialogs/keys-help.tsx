import { KeyCap } from "../components/key-cap.tsx";
import { type CommandName, KEYS_OF_COMMAND } from "../labelling/command-keys.ts";
import { strings } from "../strings.ts";
import { useClasses } from "../workbench/class-index.ts";
import classes from "./keys-help.module.css";

const GROUPS: readonly { title: string; commands: readonly CommandName[] }[] = [
  {
    title: strings.help.labelling,
    commands: ["accept", "acceptAndNext", "none", "copyPrevious", "markAbsent", "markUnsure"],
  },
  {
    title: strings.help.deciding,
    commands: ["confirm", "back", "skip", "flag", "reopen", "undo", "redo", "nextRound"],
  },
  {
    title: strings.help.looking,
    commands: ["composite", "compositeBack", "look", "large", "pixelate", "larger", "smaller", "explain"],
  },
  { title: strings.help.selecting, commands: ["selectAll", "search", "escape", "help"] },
];

/** Every key of the workbench, and the project's class keys. */
export function KeysHelp() {
  const entries = useClasses().filter((entry) => entry.key !== null);
  return (
    <div className={classes.columns}>
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h3 className={classes.title}>{group.title}</h3>
          <dl className={classes.keys}>
            {group.commands.map((command) => (
              <div key={command}>
                <dt>{strings.commands[command]}</dt>
                <dd>
                  {KEYS_OF_COMMAND[command].map((key) => (
                    <KeyCap key={key} name={key} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section>
        <h3 className={classes.title}>{strings.help.moving}</h3>
        <dl className={classes.keys}>
          <div>
            <dt>{strings.help.move}</dt>
            <dd>
              {["left", "up", "down", "right"].map((key) => (
                <KeyCap key={key} name={key} />
              ))}
            </dd>
          </div>
          <div>
            <dt>{strings.help.extend}</dt>
            <dd>
              <KeyCap name="shift+right" />
            </dd>
          </div>
          <div>
            <dt>{strings.help.mouse}</dt>
            <dd />
          </div>
        </dl>
      </section>
      <section>
        <h3 className={classes.title}>{strings.help.classes}</h3>
        <dl className={classes.keys} data-narrow>
          {entries.map((entry) => (
            <div key={entry.id}>
              <dt>
                <span className={classes.swatch} style={{ background: entry.color }} />
                {entry.name}
              </dt>
              <dd>{entry.key && <KeyCap name={entry.key} />}</dd>
            </div>
          ))}
        </dl>
        <p className={classes.note}>{strings.help.tristate}</p>
      </section>
    </div>
  );
}
