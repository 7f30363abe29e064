import { ActionIcon, Menu, Tooltip, useComputedColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import type { Preferences } from "../../shared/contracts/app.ts";
import { reporting } from "../feedback/present-error.tsx";
import { savePreferences } from "../state/app-actions.ts";
import { useApp } from "../state/app-store.ts";
import { strings } from "../strings.ts";

const SCHEMES: readonly { id: Preferences["colorScheme"]; icon: typeof IconSun }[] = [
  { id: "auto", icon: IconDeviceDesktop },
  { id: "light", icon: IconSun },
  { id: "dark", icon: IconMoon },
];

export function ColorSchemeButton() {
  const current = useApp((app) => app.preferences?.colorScheme ?? "auto");
  const dark = useComputedColorScheme("dark") === "dark";
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={strings.header.appearance}>
          <ActionIcon aria-label={strings.header.appearance}>
            {dark ? <IconMoon size={18} stroke={1.6} /> : <IconSun size={18} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ id, icon: Icon }) => (
          <Menu.Item
            key={id}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={current === id ? <IconCheck size={14} /> : undefined}
            aria-current={current === id || undefined}
            onClick={() => reporting(savePreferences({ colorScheme: id }))}
          >
            {strings.header.scheme[id]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
