import { REFERENCE } from "../lib/servers.mjs";
import acknowledgement from "./documents/acknowledgement.mjs";
import bigDocument from "./documents/big-document.mjs";
import cold from "./documents/cold.mjs";
import disk from "./documents/disk.mjs";
import fanOut from "./documents/fan-out.mjs";
import latency from "./documents/latency.mjs";
import lost from "./documents/lost.mjs";
import memory from "./documents/memory.mjs";
import start from "./documents/start.mjs";
import throughput from "./documents/throughput.mjs";
import referenceCompare from "./reference/compare.mjs";
import referenceMillion from "./reference/million.mjs";
import proposalBytes from "./reference/proposal-bytes.mjs";
import relayCommitted from "./relay/committed.mjs";
import relayImport from "./relay/first-import.mjs";
import relayOneNote from "./relay/one-note.mjs";
import relayTyping from "./relay/typing.mjs";
import yjsDecode from "./relay/yjs-decode.mjs";
import burst from "./workspaces/burst.mjs";
import deltas from "./workspaces/deltas.mjs";
import firstScan from "./workspaces/first-scan.mjs";
import killed from "./workspaces/killed.mjs";
import million from "./workspaces/million.mjs";
import oneOfMany from "./workspaces/one-of-many.mjs";
import rescan from "./workspaces/rescan.mjs";
import saved from "./workspaces/saved.mjs";
import separate from "./workspaces/separate.mjs";

const beside = (peer) => (row) => ({ peer, ...row });

/** In the order of the page. */
export const groups = {
  documents: [latency, throughput, bigDocument, lost, memory, fanOut, cold, start, disk, acknowledgement].map(
    beside(REFERENCE),
  ),
  workspaces: [saved, firstScan, rescan, oneOfMany, burst, separate, deltas, million, killed],
  reference: [referenceCompare, referenceMillion, proposalBytes],
  relay: [relayCommitted, relayImport, relayTyping, relayOneNote, yjsDecode],
};

export const rows = Object.values(groups).flat();
