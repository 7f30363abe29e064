/** The program that opens a page in the user's browser; null where there is no display to show it on. */
export function findOpener(
  platform: NodeJS.Platform,
  env: Readonly<NodeJS.ProcessEnv>,
): { readonly program: string; readonly args: readonly string[] } | null {
  if (platform === "darwin") return { program: "open", args: [] };
  // `start` is the shell's own; its first quoted argument would be a title.
  if (platform === "win32") return { program: "cmd", args: ["/c", "start", ""] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { program: "xdg-open", args: [] } : null;
}
