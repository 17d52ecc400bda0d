package dev.syncline.yjs;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A document of some implementation, which takes the same steps as all others. */
interface Replica {

  HexFormat HEX = HexFormat.of();

  /** Edits; answers the update, if there was something to do. */
  Optional<byte[]> edit(Step step);

  void apply(byte[] update);

  /** What it holds, as canonical JSON. */
  String read();

  /** All of it, as an update. */
  byte[] state();

  /** An edit. A number that points beyond the end is brought back into what is there. */
  record Step(String kind, String first, String second) {
    String json() {
      return "[\"" + kind + "\"," + first + "," + second + "]";
    }
  }

  /** One of the implementations in Node. */
  static Replica of(Peer peer, String kind, String name, long client) {
    String start = "{\"name\":" + Canonical.quoted(name) + ",\"do\":";
    peer.ask(start + "\"make\",\"kind\":\"" + kind + "\",\"client\":" + client + "}");
    return new Replica() {
      @Override
      public Optional<byte[]> edit(Step step) {
        String update = peer.ask(start + "\"edit\",\"step\":" + step.json() + "}");
        return update.isEmpty() ? Optional.empty() : Optional.of(HEX.parseHex(update));
      }

      @Override
      public void apply(byte[] update) {
        peer.ask(start + "\"apply\",\"update\":\"" + HEX.formatHex(update) + "\"}");
      }

      @Override
      public String read() {
        return peer.ask(start + "\"read\"}");
      }

      @Override
      public byte[] state() {
        return HEX.parseHex(peer.ask(start + "\"state\"}"));
      }
    };
  }

  /** Ours. */
  static Replica ours(long client) {
    var doc = new YDoc(client);
    return new Replica() {
      @Override
      public Optional<byte[]> edit(Step step) {
        return doc.edit(() -> take(doc, step));
      }

      @Override
      public void apply(byte[] update) {
        doc.apply(update);
      }

      @Override
      public String read() {
        return show(doc);
      }

      @Override
      public byte[] state() {
        return doc.encode();
      }
    };
  }

  static String show(YDoc doc) {
    var all = new LinkedHashMap<String, YAny>();
    all.put("text", doc.text("text").toAny());
    all.put("map", doc.map("map").toAny());
    all.put("list", doc.array("list").toAny());
    return Canonical.json(new YAny.Fields(all));
  }

  private static void take(YDoc doc, Step step) {
    switch (step.kind()) {
      case "insert" ->
          doc.text("text").insert(within(step.first(), doc.text("text").length()), text(step));
      case "delete" -> {
        long from = within(step.first(), doc.text("text").length());
        doc.text("text").delete(from, many(step, doc.text("text").length() - from));
      }
      case "set" -> doc.map("map").set(key(step), value(step.second()));
      case "unset" -> doc.map("map").remove(key(step));
      case "nest" -> doc.map("map").setText(key(step)).insert(0, text(step));
      case "add" ->
          doc.array("list")
              .insert(
                  within(step.first(), doc.array("list").length()),
                  List.of(value(step.second().replaceAll("[\\[\\]]", ""))));
      case "cut" -> {
        long from = within(step.first(), doc.array("list").length());
        doc.array("list").delete(from, many(step, doc.array("list").length() - from));
      }
      default -> throw new IllegalArgumentException(step.kind());
    }
  }

  private static long within(String number, long length) {
    return Long.parseLong(number) % (length + 1);
  }

  private static long many(Step step, long atMost) {
    return Math.min(Long.parseLong(step.second()), atMost);
  }

  private static String key(Step step) {
    return step.first().replace("\"", "");
  }

  private static String text(Step step) {
    return step.second().replace("\"", "");
  }

  private static YAny value(String json) {
    return json.startsWith("\"")
        ? new YAny.Text(json.replace("\"", ""))
        : new YAny.Num(Double.parseDouble(json));
  }
}
