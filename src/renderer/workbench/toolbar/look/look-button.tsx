import { ActionIcon, Indicator, Popover, Tooltip } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useCurrentLook } from "../../../components/use-look.ts";
import { useWorkbench } from "../../../state/workbench-store.ts";
import { strings } from "../../../strings.ts";
import { LookForm } from "./look-form.tsx";

/** Opens what adjusts the composite in use; a dot says that it is not shown in its own way. L opens it too. */
export function LookButton() {
  const adjusting = useWorkbench((bench) => bench.adjusting);
  const { isAdjusted } = useCurrentLook();
  const setOpened = (opened: boolean) => useWorkbench.setState({ adjusting: opened });
  return (
    <Popover
      opened={adjusting}
      onChange={setOpened}
      position="bottom-end"
      width={304}
      trapFocus
      returnFocus
      closeOnEscape
    >
      <Popover.Target>
        <Tooltip label={strings.look.openWithKey}>
          <Indicator disabled={!isAdjusted} size={6} offset={7}>
            <ActionIcon
              aria-label={isAdjusted ? strings.look.openAdjusted : strings.look.open}
              aria-expanded={adjusting}
              onClick={() => setOpened(!adjusting)}
            >
              <IconAdjustmentsHorizontal size={17} stroke={1.6} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="md" aria-label={strings.look.title}>
        <LookForm />
      </Popover.Dropdown>
    </Popover>
  );
}
