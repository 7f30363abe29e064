import type { ReactNode } from "react";
import { useStore } from "zustand";
import { ErrorPanel } from "../feedback/error-panel.tsx";
import type { PatchList } from "../state/patch-list.ts";
import { useWorkbench } from "../state/workbench-store.ts";
import { PatchGrid } from "./grid/patch-grid.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { LargeView } from "./large/large-view.tsx";
import { Palette } from "./palette/palette.tsx";
import { PrefixHint } from "./prefix-hint.tsx";
import { useWorkbenchKeys } from "./use-workbench-keys.ts";
import classes from "./workbench.module.css";
import { PatchListContext } from "./workbench-context.ts";

/**
 * Palette, pictures, inspector: where patches are looked at and labelled, one screen for a round's
 * query and for any other list of patches.
 */
export function Workbench(props: {
  list: PatchList;
  toolbar: ReactNode;
  /** Shown in place of the grid while the list has no patches. */
  empty: ReactNode;
}) {
  const { list } = props;
  const total = useStore(list.store, (state) => state.total);
  const error = useStore(list.store, (state) => state.error);
  const filter = useStore(list.store, (state) => state.filter);
  const large = useWorkbench((bench) => bench.large);
  useWorkbenchKeys(list);

  return (
    <PatchListContext value={list}>
      <div className={classes.workbench}>
        <Palette />
        <section className={classes.centre}>
          {props.toolbar}
          <div className={classes.stage}>
            {error ? (
              <div className={classes.error}>
                <ErrorPanel error={error} onRetry={() => void list.load(filter)} />
              </div>
            ) : total === 0 ? (
              props.empty
            ) : large ? (
              <LargeView />
            ) : (
              <PatchGrid />
            )}
            <PrefixHint />
          </div>
        </section>
        <Inspector />
      </div>
    </PatchListContext>
  );
}
