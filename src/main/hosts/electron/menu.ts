import type { Menu, MenuItemConstructorOptions } from "electron";
import type { ElectronModule } from "./electron-module.ts";

/**
 * A short menu: what the system expects and nothing that a labelling key could clash with
 * (undo and redo belong to labels, so the Edit menu leaves them to the page).
 */
export function applicationMenu(electron: Pick<ElectronModule, "Menu">): Menu {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? ([{ role: "appMenu" }] satisfies MenuItemConstructorOptions[]) : []),
    { label: "File", submenu: [{ role: process.platform === "darwin" ? "close" : "quit" }] },
    { label: "Edit", submenu: [{ role: "cut" }, { role: "copy" }, { role: "paste" }] },
    {
      label: "View",
      submenu: [
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        { role: "toggleDevTools" },
      ],
    },
  ];
  return electron.Menu.buildFromTemplate(template);
}
