import { useEffect } from "react";
import { useStore } from "zustand";
import { loadWhole, queueList, showRound, useWorkbench } from "../../state/workbench-store.ts";
import { Toolbar } from "../../workbench/toolbar/toolbar.tsx";
import { Workbench } from "../../workbench/workbench.tsx";
import { EarlierRound } from "./earlier-round.tsx";
import { NextRoundButton } from "./next-round-button.tsx";
import { NoPatches } from "./no-patches.tsx";
import { RoundProgress } from "./round-progress.tsx";

/** The main screen: the patches that a round proposes, to be labelled. */
export function LabelScreen() {
  const total = useStore(queueList.store, (state) => state.total);
  useEffect(() => {
    if (queueList.store.getState().total === null) void showRound(useWorkbench.getState().round);
  }, []);
  useEffect(() => {
    if (total) loadWhole(queueList);
  }, [total]);
  return (
    <Workbench
      list={queueList}
      toolbar={
        <Toolbar action={<NextRoundButton />}>
          <RoundProgress />
          <EarlierRound />
        </Toolbar>
      }
      empty={<NoPatches />}
    />
  );
}
