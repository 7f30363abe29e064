import type { Page } from "@playwright/test";

/** What a page did that it should not have. */
export interface PageWatch {
  /** Requests to anything but the page's own host, with their address. */
  readonly foreignRequests: string[];
  /** Errors on the console, uncaught exceptions, violations of the content security policy, failed requests. */
  readonly problems: string[];
}

/** Records a page's requests and troubles from now on. Call it before the first navigation. */
export async function watchPage(page: Page, origin: string): Promise<PageWatch> {
  const foreignRequests: string[] = [];
  const problems: string[] = [];
  const { host } = new URL(origin);

  page.on("request", (request) => {
    const { protocol, host: asked } = new URL(request.url());
    if (protocol === "data:" || protocol === "blob:") return;
    if (protocol !== "http:" || asked !== host) foreignRequests.push(request.url());
  });
  page.on("websocket", (socket) => {
    if (socket.url() !== `ws://${host}/rpc`) foreignRequests.push(socket.url());
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    // Pictures that scrolled away, and whatever a reload interrupts.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") problems.push(`${reason} ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`content security policy: ${event.violatedDirective} forbids ${event.blockedURI}`),
    );
  });
  return { foreignRequests, problems };
}
