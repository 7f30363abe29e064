import type { PatchDetail } from "../../../shared/domain/project.ts";
import { dateTime } from "../../components/format.ts";
import { strings } from "../../strings.ts";
import { useClassIndex } from "../class-index.ts";
import classes from "./label-history.module.css";
import { Section } from "./section.tsx";

const SHOWN = 12;

/** What was decided on the patch, newest first; absences that came along with it are counted, not listed. */
export function LabelHistory({ detail }: { detail: PatchDetail | null }) {
  const index = useClassIndex();
  if (!detail || detail.history.length === 0) return null;
  const decided = detail.history.filter((entry) => !isAlong(entry));
  const implied = detail.history.filter((entry) => entry.origin === "implied").length;
  const imported = detail.history.length - decided.length - implied;
  return (
    <Section title={strings.inspector.history}>
      <ol className={classes.list}>
        {decided
          .toReversed()
          .slice(0, SHOWN)
          .map((entry) => (
            <li
              key={`${entry.time}-${entry.classId}-${entry.state}`}
              className={classes.entry}
              title={strings.inspector.historyTitle(dateTime(entry.time), entry.annotator)}
            >
              <span className={classes.name}>{index.get(entry.classId)?.name ?? `#${entry.classId}`}</span>
              <span>{strings.label.journal[entry.state]}</span>
              <span className={classes.origin}>{strings.label.origin[entry.origin]}</span>
            </li>
          ))}
      </ol>
      {implied > 0 && <p className={classes.implied}>{strings.inspector.implied(implied)}</p>}
      {imported > 0 && <p className={classes.implied}>{strings.inspector.imported(imported)}</p>}
    </Section>
  );
}

/** Absent because the patch was confirmed, or because a file with a column for each class says so. */
function isAlong({ origin, state }: PatchDetail["history"][number]): boolean {
  return origin === "implied" || (origin === "import" && state === "absent");
}
