import { Menu, UnstyledButton } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconCheck, IconChevronDown } from "@tabler/icons-react";
import { Fragment } from "react";
import type { CompositeChoice, Paint } from "../../../shared/domain/imagery.ts";
import { customBands } from "../../components/current-look.ts";
import { KeyCap } from "../../components/key-cap.tsx";
import { useCurrentLook } from "../../components/use-look.ts";
import { useApp } from "../../state/app-store.ts";
import { CUSTOM } from "../../state/project-look.ts";
import { showBands, showComposite, useView } from "../../state/view-store.ts";
import { useWorkbench } from "../../state/workbench-store.ts";
import { strings } from "../../strings.ts";
import classes from "./composite-picker.module.css";

const NONE: readonly CompositeChoice[] = [];
const GROUPS: readonly Paint[] = ["rgb", "index", "band"];

/** The composite of every picture; C goes through them. */
export function CompositePicker() {
  const offered = useApp((app) => app.project?.composites) ?? NONE;
  const { composite, name, bands } = useCurrentLook();
  const title = name ?? strings.view.custom;
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={strings.view.composite(title)}>
          <span className={classes.name}>{title}</span>
          <IconChevronDown size={14} stroke={1.8} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.hint}>
          {strings.view.cycle} <KeyCap name="c" />
        </div>
        {GROUPS.map((paint) => {
          const choices = offered.filter((choice) => choice.paint === paint);
          if (choices.length === 0) return null;
          return (
            <Fragment key={paint}>
              <Menu.Label>{strings.view.groups[paint]}</Menu.Label>
              {choices.map((choice) => (
                <Choice
                  key={choice.id}
                  id={choice.id}
                  name={choice.name}
                  description={choice.description}
                  bands={choice.id === composite.id ? bands : choice.bands}
                  current={composite.id}
                />
              ))}
              {paint === "rgb" && composite.id === CUSTOM && (
                <Choice id={CUSTOM} name={title} description="" bands={bands} current={CUSTOM} />
              )}
            </Fragment>
          );
        })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconAdjustmentsHorizontal size={16} />} onClick={editCustom}>
          {strings.view.editCustom}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Choice(props: {
  id: string;
  name: string;
  description: string;
  bands: readonly string[];
  current: string;
}) {
  const isCurrent = props.id === props.current;
  return (
    <Menu.Item
      onClick={() => showComposite(props.id)}
      title={props.description}
      leftSection={<IconCheck size={14} visibility={isCurrent ? "visible" : "hidden"} />}
      rightSection={<span className={classes.bands}>{props.bands.join(" ")}</span>}
    >
      {props.name}
    </Menu.Item>
  );
}

/** Three bands of the user's own, with the form to choose them in. */
function editCustom(): void {
  const { project } = useApp.getState();
  const names = project?.bands.map((band) => band.name) ?? [];
  const chosen = useView.getState().look.bands[CUSTOM];
  showBands(CUSTOM, customBands(project?.composites ?? [], names, chosen));
  useWorkbench.setState({ adjusting: true });
}
