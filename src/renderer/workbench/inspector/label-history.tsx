import type { PatchDetail } from "../../../shared/domain/project.ts";
import { dateTime } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../class-index.ts";
import { type HistoryLine, historyLines } from "./history-lines.ts";
import classes from "./label-history.module.css";
import { Section } from "./section.tsx";

const SHOWN = 12;

/** What was decided on the patch, newest first. */
export function LabelHistory({ detail }: { detail: PatchDetail | null }) {
  if (!detail || detail.history.length === 0) return null;
  return (
    <Section title={strings.inspector.history}>
      <ol className={classes.list}>
        {historyLines(detail.history)
          .slice(0, SHOWN)
          .map((line) => (
            <Line key={`${line.entry.time}-${line.classIds[0]}-${line.entry.state}`} line={line} />
          ))}
      </ol>
    </Section>
  );
}

function Line({ line: { entry, classIds } }: { line: HistoryLine }) {
  const index = useClassIndex();
  const names = classIds.map((classId) => index.get(classId)?.name ?? `#${classId}`);
  const when = strings.inspector.historyTitle(dateTime(entry.time), entry.annotator);
  return (
    <li className={classes.entry} title={names.length > 1 ? `${when}: ${names.join(", ")}` : when}>
      <span className={classes.name}>
        {names.length === 1 ? names[0] : strings.inspector.classes(names.length)}
      </span>
      <span>{strings.label.journal[entry.state]}</span>
      <span className={classes.origin}>{strings.label.origin[entry.origin]}</span>
    </li>
  );
}
