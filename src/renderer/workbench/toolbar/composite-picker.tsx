import { Menu, UnstyledButton } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { KeyCap } from "../../components/key-cap.tsx";
import { useComposite } from "../../components/use-look.ts";
import { useApp } from "../../state/app-store.ts";
import { useView } from "../../state/view-store.ts";
import { strings } from "../../strings.ts";
import classes from "./composite-picker.module.css";
import { CustomCompositeDialog } from "./custom-composite-dialog.tsx";

/** The composite of every picture; C goes through them. */
export function CompositePicker() {
  const offered = useApp((app) => app.project?.composites) ?? [];
  const current = useComposite();
  const custom = useView((view) => view.custom);
  const [editing, setEditing] = useState(false);
  const name = offered.find((choice) => choice.id === current)?.name ?? strings.view.custom;
  return (
    <>
      <Menu position="bottom-start" width={264}>
        <Menu.Target>
          <UnstyledButton className={classes.button} aria-label={strings.view.composite(name)}>
            <span className={classes.name}>{name}</span>
            <IconChevronDown size={14} stroke={1.8} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.hint}>
            {strings.view.cycle} <KeyCap name="c" />
          </div>
          {offered.map((choice) => (
            <Menu.Item
              key={choice.id}
              onClick={() => useView.setState({ composite: choice.id })}
              rightSection={current === choice.id ? <IconCheck size={14} /> : undefined}
            >
              <div>{choice.name}</div>
              <div className={classes.bands}>{choice.bands.join(" · ")}</div>
            </Menu.Item>
          ))}
          <Menu.Divider />
          {custom && (
            <Menu.Item
              onClick={() => useView.setState({ composite: "custom" })}
              rightSection={current === "custom" ? <IconCheck size={14} /> : undefined}
            >
              <div>{strings.view.custom}</div>
              <div className={classes.bands}>{custom.bands.join(" · ")}</div>
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconAdjustmentsHorizontal size={16} />} onClick={() => setEditing(true)}>
            {strings.view.editCustom}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CustomCompositeDialog opened={editing} onClose={() => setEditing(false)} />
    </>
  );
}
