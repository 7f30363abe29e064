import type { ReactNode } from "react";
import classes from "./toolbar.module.css";
import { ViewControls } from "./view-controls.tsx";

/** Above the pictures: at the left what the list is, at the right how it is looked at. */
export function Toolbar(props: { children: ReactNode; action?: ReactNode; below?: ReactNode }) {
  return (
    <>
      <div className={classes.toolbar}>
        <div className={classes.left}>{props.children}</div>
        <ViewControls />
        {props.action}
      </div>
      {props.below && <div className={classes.below}>{props.below}</div>}
    </>
  );
}
