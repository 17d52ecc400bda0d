import { Peer, Writer, newDocumentId } from "/work/main/bench/lib/clients.mjs";
import { Delivery } from "/work/main/bench/lib/delivery.mjs";
import { Follower } from "/work/main/bench/lib/follower.mjs";
import { edits } from "/work/main/bench/lib/histories.mjs";
import { percentile } from "/work/main/bench/lib/statistics.mjs";
const url = "ws://127.0.0.1:" + process.argv[2];
async function latencies(count, gap) {
  const documentId = newDocumentId(); const list = edits(count + 1);
  const [author, reader] = await Promise.all([Peer.join(url), Peer.join(url)]);
  const writer = new Writer(author, documentId, list).prepare();
  await writer.until(writer.edit());
  const delivery = new Delivery(list);
  const follower = new Follower(reader, documentId, delivery.heard).open();
  await follower.until(list[0].hash);
  await delivery.send(writer, count, gap);
  await follower.until(list.at(-1).hash);
  author.close(); reader.close(); return delivery.times();
}
for (const [n,g] of eval(process.argv[3])) { const t = await latencies(n,g); console.log(n,g, "p50", percentile(t,.5).toFixed(3), "p90", percentile(t,.9).toFixed(3), "p99", percentile(t,.99).toFixed(3), "min", Math.min(...t).toFixed(3)); }
process.exit(0)
