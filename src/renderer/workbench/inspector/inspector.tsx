import { ExplainedPicture } from "../../components/explained-picture.tsx";
import { PathText } from "../../components/path-text.tsx";
import { usePictureUrl } from "../../components/use-look.ts";
import { useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { useFocusedPatch } from "../use-targets.ts";
import classes from "./inspector.module.css";
import { LabelHistory } from "./label-history.tsx";
import { Legend } from "./legend.tsx";
import { PatchActions } from "./patch-actions.tsx";
import { PatchFacts } from "./patch-facts.tsx";
import { Predictions } from "./predictions.tsx";
import { ReasonCard } from "./reason-card.tsx";
import { usePatchDetail } from "./use-patch-detail.ts";

/** All about the focused patch. */
export function Inspector() {
  const patch = useFocusedPatch();
  const large = useWorkbench((bench) => bench.large);
  const url = usePictureUrl(360);
  const pixelated = useView((view) => view.pixelated);
  const detail = usePatchDetail(patch);
  return (
    <aside className={classes.inspector} aria-label={strings.inspector.title}>
      {!patch && <p className={classes.none}>{strings.inspector.none}</p>}
      {patch && (
        <>
          <div className={classes.head}>
            <h2 className={classes.name} data-selectable>
              <PathText text={patch.name} />
            </h2>
            <span className={classes.status} data-status={patch.status}>
              {strings.label.status[patch.status]}
            </span>
          </div>
          {!large && (
            <ExplainedPicture
              key={patch.id}
              className={classes.picture}
              src={url(patch.id)}
              alt={patch.name}
              pixelated={pixelated}
              open={{
                label: strings.inspector.enlarge,
                onClick: () => useWorkbench.setState({ large: true }),
              }}
            />
          )}
          <Legend patchId={patch.id} />
          <PatchActions patch={patch} />
          <ReasonCard patch={patch} />
          <Predictions patch={patch} />
          <PatchFacts patch={patch} detail={detail} />
          <LabelHistory detail={detail} />
        </>
      )}
    </aside>
  );
}
