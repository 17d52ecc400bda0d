/** Light peer A → server → light peer B, on a document that nobody else has. */
import { Peer, Writer, newDocumentId } from "../../lib/clients.mjs";
import { Delivery } from "../../lib/delivery.mjs";
import { Follower } from "../../lib/follower.mjs";
import { edits } from "../../lib/histories.mjs";
import { atMostOfPeer } from "../../lib/must.mjs";
import { percentile } from "../../lib/statistics.mjs";

const SPARSE_GAP = 250;
const BUSY_GAP = 5;

export default {
  name: "latency",
  title: "Latency A → server → B",
  process: "kept",
  measures: [
    { key: "sparse50", title: `sparse (an edit every ${SPARSE_GAP} ms), p50`, unit: "ms", must: atMostOfPeer(1 / 4, "1/4") },
    { key: "sparse99", title: "sparse, p99", unit: "ms" },
    { key: "busy50", title: `busy (an edit every ${BUSY_GAP} ms), p50`, unit: "ms", must: atMostOfPeer(1 / 20, "1/20") },
    { key: "busy99", title: "busy, p99", unit: "ms" },
  ],
  async measure({ server, smoke }) {
    const busy = await latencies(server, smoke ? 100 : 600, BUSY_GAP);
    const sparse = await latencies(server, smoke ? 8 : 40, SPARSE_GAP);
    return {
      sparse50: percentile(sparse, 0.5),
      sparse99: percentile(sparse, 0.99),
      busy50: percentile(busy, 0.5),
      busy99: percentile(busy, 0.99),
    };
  },
};

async function latencies(server, count, gap) {
  const documentId = newDocumentId();
  const list = edits(count + 1);
  const [author, reader] = await Promise.all([Peer.join(server.url), Peer.join(server.url)]);
  const writer = new Writer(author, documentId, list).prepare();
  await writer.until(writer.edit());
  const delivery = new Delivery(list);
  const follower = new Follower(reader, documentId, delivery.heard).open();
  await follower.until(list[0].hash);
  await delivery.send(writer, count, gap);
  await follower.until(list.at(-1).hash);
  author.close();
  reader.close();
  return delivery.times();
}
