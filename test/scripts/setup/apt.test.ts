import { describe, expect, it } from "vitest";
import { canInstall, installPackages } from "../../../scripts/setup/apt.ts";
import { fakeMachine } from "./fixtures.ts";

const quiet = () => undefined;
const apt = { "apt-get": () => undefined };

describe("installPackages", () => {
  it("never touches the system unless it is root on a Debian-like one", async () => {
    for (const machine of [
      fakeMachine(apt),
      fakeMachine(apt, { isRoot: true, isDebian: false }),
      fakeMachine({ sudo: () => undefined }, { isRoot: true }),
    ]) {
      expect(canInstall(machine)).toBe(false);
      const step = await installPackages(machine, ["g++"], quiet);
      expect(step).toMatchObject({
        status: "skipped",
        supply: expect.stringContaining("apt-get install g++"),
      });
      expect(machine.commands).toEqual([]);
    }
  });

  it("installs without questions; fetches lists first only where there are none", async () => {
    const machine = fakeMachine(apt, { isRoot: true });
    expect((await installPackages(machine, ["g++", "python3-pip"], quiet)).status).toBe("done");
    expect(machine.commands).toHaveLength(1);
    expect(machine.commands[0]).toMatch(/^apt-get install -y .*g\+\+ python3-pip$/);

    const bare = fakeMachine(apt, { isRoot: true, hasAptLists: () => false });
    await installPackages(bare, ["g++"], quiet);
    expect(bare.commands.map((line) => line.split(" ")[1])).toEqual(["update", "install"]);
  });

  it("refreshes old lists and tries once more, then says what failed", async () => {
    let installs = 0;
    const stale = fakeMachine(
      {
        "apt-get": (args) => {
          if (args[0] !== "install") return undefined;
          installs += 1;
          return installs === 1 ? { code: 100, stderr: "E: 404 Not Found" } : undefined;
        },
      },
      { isRoot: true },
    );
    expect((await installPackages(stale, ["chromium"], quiet)).status).toBe("done");
    expect(stale.commands.map((line) => line.split(" ")[1])).toEqual(["install", "update", "install"]);

    const offline = fakeMachine(
      { "apt-get": () => ({ code: 100, stderr: "Error: Unable to locate package chromium" }) },
      { isRoot: true },
    );
    const step = await installPackages(offline, ["chromium"], quiet);
    expect(step).toMatchObject({
      status: "failed",
      what: expect.stringContaining("Unable to locate package"),
    });
  });
});
