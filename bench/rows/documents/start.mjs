/** From the launch of the process to the first request that is answered, on an empty data directory. */
import { atMost } from "../../lib/must.mjs";
import { withServer } from "../../lib/servers.mjs";

export default {
  name: "start",
  title: "Start to ready",
  process: "own",
  measures: [{ key: "time", title: "until ready", unit: "ms", must: atMost(1_000, "ms") }],
  async measure({ kind }) {
    return { time: await withServer(kind, ({ startedIn }) => startedIn) };
  },
};
