import { UnstyledButton } from "@mantine/core";
import type { PatchItem } from "../../../shared/domain/project.ts";
import { KeyCap } from "../../components/key-cap.tsx";
import { useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import classes from "./reason-card.module.css";
import { ReasonFacts } from "./reason-facts.tsx";
import { Section } from "./section.tsx";

/** Why the patch is in its round. Hidden until asked for: knowing it could sway the labels. */
export function ReasonCard({ patch }: { patch: PatchItem }) {
  const explain = useView((view) => view.explain);
  const { query } = patch;
  if (!query) return null;
  return (
    <Section
      title={strings.inspector.why}
      aside={
        <UnstyledButton
          className={classes.toggle}
          aria-expanded={explain}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => useView.setState({ explain: !explain })}
        >
          {explain ? strings.inspector.hide : strings.inspector.show} <KeyCap name="i" dim />
        </UnstyledButton>
      }
    >
      {explain && (
        <div className={classes.card}>
          <p>{query.reason}</p>
          <p className={classes.numbers}>
            {query.control
              ? strings.inspector.controlRank(query.round)
              : strings.inspector.rank(query.round, query.rank + 1, query.score.toFixed(3))}
          </p>
          {query.explanation && <ReasonFacts explanation={query.explanation} />}
        </div>
      )}
    </Section>
  );
}
