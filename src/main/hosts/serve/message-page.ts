const MESSAGES = {
  "used-link": {
    title: "This link was used already",
    text: "A Fieldmark link opens one browser session. Go back to the window that it opened, or start Fieldmark again for a new link.",
  },
  "no-session": {
    title: "Open Fieldmark with its own link",
    text: "This address needs the link that Fieldmark printed when it started. Start Fieldmark again for a new one.",
  },
  "no-renderer": {
    title: "The user interface was not built",
    text: "Run “npm run build” in Fieldmark's folder, then reload this page.",
  },
} as const;

/** A plain page for the moments when the application itself can't be shown. */
export function messagePage(kind: keyof typeof MESSAGES): string {
  const { title, text } = MESSAGES[kind];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Fieldmark</title>
<body style="font:15px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem"><h1 style="font-size:1.25rem">${title}</h1><p>${text}</p></body></html>`;
}
