import { ActionIcon, Slider, Tooltip } from "@mantine/core";
import { IconLayoutGrid, IconPhoto, IconSparkles } from "@tabler/icons-react";
import { LARGEST_TILE, SMALLEST_TILE, useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import { CompositePicker } from "./composite-picker.tsx";
import { LookButton } from "./look/look-button.tsx";
import classes from "./view-controls.module.css";

/** How the patches are looked at: composite, tile size, suggestions, one or many. */
export function ViewControls() {
  const tileSize = useView((view) => view.tileSize);
  const suggestions = useView((view) => view.suggestions);
  const large = useWorkbench((bench) => bench.large);
  return (
    <div className={classes.controls}>
      <CompositePicker />
      <LookButton />
      <Tooltip label={strings.view.suggestions}>
        <ActionIcon
          aria-label={strings.view.suggestions}
          aria-pressed={suggestions}
          data-on={suggestions || undefined}
          className={classes.toggle ?? ""}
          onClick={() => useView.setState({ suggestions: !suggestions })}
        >
          <IconSparkles size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Slider
        className={classes.slider ?? ""}
        size={3}
        thumbSize={12}
        color="gray"
        min={SMALLEST_TILE}
        max={LARGEST_TILE}
        step={8}
        label={null}
        value={tileSize}
        disabled={large}
        thumbLabel={strings.view.tileSize}
        onChange={(value) => useView.setState({ tileSize: value })}
      />
      <fieldset className={classes.modes} aria-label={strings.view.mode}>
        <Tooltip label={strings.view.grid}>
          <ActionIcon
            aria-label={strings.view.grid}
            aria-pressed={!large}
            data-on={!large || undefined}
            className={classes.toggle ?? ""}
            onClick={() => useWorkbench.setState({ large: false })}
          >
            <IconLayoutGrid size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={strings.view.large}>
          <ActionIcon
            aria-label={strings.view.large}
            aria-pressed={large}
            data-on={large || undefined}
            className={classes.toggle ?? ""}
            onClick={() => useWorkbench.setState({ large: true })}
          >
            <IconPhoto size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </fieldset>
    </div>
  );
}
