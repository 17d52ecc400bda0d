import acknowledgement from "./acknowledgement.mjs";
import bigDocument from "./big-document.mjs";
import cold from "./cold.mjs";
import deltas from "./deltas.mjs";
import disk from "./disk.mjs";
import fanOut from "./fan-out.mjs";
import latency from "./latency.mjs";
import lost from "./lost.mjs";
import memory from "./memory.mjs";
import start from "./start.mjs";
import throughput from "./throughput.mjs";

/** In the order of the page. */
export const rows = [
  latency,
  throughput,
  bigDocument,
  lost,
  memory,
  fanOut,
  cold,
  start,
  disk,
  acknowledgement,
  deltas,
];
