// Run as a forked process: serves a probe, bound to the port that the engine's process uses.
import { forkedProcessPort } from "../../../src/engine/ports.ts";
import { type Server, serve } from "../../../src/shared/rpc/server.ts";
import { arrayContract } from "./array-contract.ts";
import { type ProbeContract, probeContract, probeHandlers } from "./probe-contract.ts";

const port = forkedProcessPort(process);
if (process.argv[2] === "arrays") {
  serve(
    arrayContract,
    {
      echo: (arrays) => ({
        ...arrays,
        seen: [...arrays.floats, ...arrays.integers, ...arrays.states, ...arrays.numbers]
          .map(String)
          .join(" "),
      }),
    },
    port,
  );
} else {
  const server: Server<ProbeContract> = serve(
    probeContract,
    probeHandlers((text) => server.emit("said", { text })),
    port,
  );
}
port.onClose(() => process.exit(0));
