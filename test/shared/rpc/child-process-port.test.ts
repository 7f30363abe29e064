import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { childProcessPort } from "../../../src/engine/ports.ts";
import { connect } from "../../../src/shared/rpc/client.ts";
import { type Arrays, arrayContract } from "./array-contract.ts";
import { describePort } from "./contract-suite.ts";

const PEER = fileURLToPath(new URL("child-process-peer.ts", import.meta.url));

function forkPeer(...args: string[]): ChildProcess {
  return fork(PEER, args, { serialization: "advanced", execArgv: [] });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

describe("child-process port", () => {
  describePort(async () => {
    const child = forkPeer();
    return {
      port: childProcessPort(child),
      kill: () => void child.kill("SIGKILL"),
      dispose: () => ended(child),
    };
  });

  it("carries typed arrays and numbers that JSON can't write, both ways", async () => {
    const child = forkPeer("arrays");
    const client = connect(arrayContract, childProcessPort(child));
    const sent: Arrays = {
      floats: new Float32Array([0.5, Number.NaN, Number.NEGATIVE_INFINITY, -0]),
      integers: new Int32Array([-(2 ** 31), 2 ** 31 - 1]),
      states: new Int8Array([1, 0, -1]),
      numbers: [Number.NaN],
    };
    try {
      const { seen, ...back } = await client.call("echo", sent);
      expect(seen).toBe("0.5 NaN -Infinity 0 -2147483648 2147483647 1 0 -1 NaN");
      expect(back).toEqual(sent);
    } finally {
      client.close();
      await ended(child);
    }
  });

  it("ends the engine's process when the application lets go of it, and says why it ended when killed", async () => {
    const quiet = forkPeer();
    childProcessPort(quiet).close();
    await ended(quiet);
    expect(quiet.exitCode).toBe(0);

    const child = forkPeer();
    const reason = new Promise<string>((resolve) => childProcessPort(child).onClose(resolve));
    child.kill("SIGKILL");
    expect(await reason).toMatch(/ended \(SIGKILL\)/);
  });

  it("says when the engine's process can't be started", async () => {
    const child = fork(PEER, [], { serialization: "advanced", execPath: "/nowhere/node" });
    const reason = new Promise<string>((resolve) => childProcessPort(child).onClose(resolve));
    expect(await reason).toMatch(/could not be started: .*ENOENT/);
  });
});
