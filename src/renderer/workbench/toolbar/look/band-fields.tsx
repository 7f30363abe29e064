import { Select } from "@mantine/core";
import { useCurrentLook } from "../../../components/use-look.ts";
import { useApp } from "../../../state/app-store.ts";
import { SINGLE_BAND } from "../../../state/project-look.ts";
import { showBands } from "../../../state/view-store.ts";
import { strings } from "../../../strings.ts";
import classes from "./look-form.module.css";

const CHANNELS = ["red", "green", "blue"] as const;

/** The bands of a composite that leaves them to the user: one, or three as red, green and blue. */
export function BandFields({ id }: { id: string }) {
  const { bands } = useCurrentLook();
  const names = useApp((app) => app.project?.bands)?.map((band) => band.name) ?? [];
  return (
    <div className={classes.row}>
      {bands.map((band, at) => {
        const channel = CHANNELS[at] ?? "red";
        return (
          <Select
            key={channel}
            label={id === SINGLE_BAND ? strings.view.band : strings.view.channel[channel]}
            data={names}
            value={band}
            searchable
            openOnFocus={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(value) => {
              if (value !== null) showBands(id, bands.with(at, value));
            }}
          />
        );
      })}
    </div>
  );
}
