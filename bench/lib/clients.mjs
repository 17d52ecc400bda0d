/** The light peers of the tests with real clients: they speak the protocol and keep no document. */
export { pause, soon } from "../../server/src/test/js/lib/check.mjs";
export { history } from "../../server/src/test/js/lib/history.mjs";
export { Peer, newDocumentId } from "../../server/src/test/js/lib/peer.mjs";
export { CURRENT, NO_FILTER, changeCount, encodeSync, headsOf } from "../../server/src/test/js/lib/sync.mjs";
export { Writer } from "../../server/src/test/js/lib/writer.mjs";
