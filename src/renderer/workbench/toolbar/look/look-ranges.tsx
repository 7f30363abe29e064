import type { PaintedLook } from "../../../../shared/display/painted-look.ts";
import { limit } from "../../../components/format.ts";
import { strings } from "../../../strings.ts";
import classes from "./look-form.module.css";

/** From which value to which the focused patch is stretched, channel by channel. */
export function LookRanges({ look }: { look: PaintedLook }) {
  return (
    <dl className={classes.ranges} aria-label={strings.look.ranges}>
      {look.channels.map(({ name, low, high }, at) => (
        <div key={strings.look.channels[at]}>
          <dt>
            {look.paint === "rgb" ? strings.look.channelOf(strings.look.channels[at] ?? "", name) : name}
          </dt>
          <dd>{strings.look.range(limit(low), limit(high))}</dd>
        </div>
      ))}
    </dl>
  );
}
