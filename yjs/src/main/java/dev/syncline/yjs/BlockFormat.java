package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Blocks as bytes, in version 1 of the format. */
final class BlockFormat {

  private static final int KIND = 0x1F;
  private static final int HAS_KEY = 0x20;
  private static final int HAS_RIGHT_ORIGIN = 0x40;
  private static final int HAS_ORIGIN = 0x80;

  private static final int GONE = 0;
  private static final int DELETED = 1;
  private static final int JSON = 2;
  private static final int BINARY = 3;
  private static final int TEXT = 4;
  private static final int EMBED = 5;
  private static final int FORMAT = 6;
  private static final int TYPE = 7;
  private static final int VALUES = 8;
  private static final int SUB_DOCUMENT = 9;
  private static final int SKIPPED = 10;

  private BlockFormat() {}

  static Block read(Input in, Id id) {
    int info = in.u8();
    return switch (info & KIND) {
      case GONE -> new Block.Gone(id, in.varUint());
      case SKIPPED -> new Block.Skipped(id, in.varUint());
      default -> insertion(in, id, info);
    };
  }

  private static Block insertion(Input in, Id id, int info) {
    @Nullable Id origin = (info & HAS_ORIGIN) != 0 ? id(in) : null;
    @Nullable Id rightOrigin = (info & HAS_RIGHT_ORIGIN) != 0 ? id(in) : null;
    Place place = Place.BESIDE;
    Optional<String> key = Optional.empty();
    if (origin == null && rightOrigin == null) {
      place = in.varUint() == 1 ? new Place.Root(in.string()) : new Place.In(id(in));
      key = (info & HAS_KEY) != 0 ? Optional.of(in.string()) : Optional.empty();
    }
    return new Block.Insertion(id, origin, rightOrigin, place, key, content(in, info & KIND));
  }

  private static Id id(Input in) {
    return new Id(in.varUint(), in.varUint());
  }

  private static Content content(Input in, int kind) {
    return switch (kind) {
      case DELETED -> new Content.Deleted(in.varUint());
      case JSON -> {
        var values = new ArrayList<String>();
        for (int left = in.count(); left > 0; left--) {
          values.add(in.string());
        }
        yield new Content.Json(List.copyOf(values));
      }
      case BINARY -> new Content.Binary(in.bytes());
      case TEXT -> new Content.Text(in.string());
      case EMBED -> new Content.Embed(in.string());
      case FORMAT -> new Content.Format(in.string(), in.string());
      case TYPE -> {
        long number = in.varUint();
        if (number > TypeNode.Kind.XML_TEXT) {
          throw Input.malformed("it has a shared type of the unknown kind " + number);
        }
        var bare = new TypeNode.Kind((int) number, Optional.empty());
        yield new Content.Type(
            TypeNode.of(
                bare.hasName()
                    ? new TypeNode.Kind(bare.number(), Optional.of(in.string()))
                    : bare));
      }
      case VALUES -> {
        var values = new ArrayList<YAny>();
        for (int left = in.count(); left > 0; left--) {
          values.add(in.any());
        }
        yield new Content.Values(List.copyOf(values));
      }
      case SUB_DOCUMENT -> new Content.SubDocument(in.string(), in.any());
      default -> throw Input.malformed("it has content of the unknown kind " + kind);
    };
  }

  static void write(Output out, Block block) {
    switch (block) {
      case Block.Gone(Id _, long length) -> {
        out.u8(GONE);
        out.varUint(length);
      }
      case Block.Skipped(Id _, long length) -> {
        out.u8(SKIPPED);
        out.varUint(length);
      }
      case Block.Insertion insertion -> write(out, insertion);
    }
  }

  private static void write(Output out, Block.Insertion block) {
    out.u8(
        kind(block.content())
            | (block.origin() != null ? HAS_ORIGIN : 0)
            | (block.rightOrigin() != null ? HAS_RIGHT_ORIGIN : 0)
            | (block.key().isPresent() ? HAS_KEY : 0));
    write(out, block.origin());
    write(out, block.rightOrigin());
    switch (block.place()) {
      case Place.Beside() -> {}
      case Place.Root(String name) -> {
        out.varUint(1);
        out.string(name);
        block.key().ifPresent(out::string);
      }
      case Place.In(Id item) -> {
        out.varUint(0);
        write(out, item);
        block.key().ifPresent(out::string);
      }
    }
    write(out, block.content());
  }

  private static void write(Output out, @Nullable Id id) {
    if (id != null) {
      out.varUint(id.client());
      out.varUint(id.clock());
    }
  }

  private static int kind(Content content) {
    return switch (content) {
      case Content.Deleted _ -> DELETED;
      case Content.Json _ -> JSON;
      case Content.Binary _ -> BINARY;
      case Content.Text _ -> TEXT;
      case Content.Embed _ -> EMBED;
      case Content.Format _ -> FORMAT;
      case Content.Type _ -> TYPE;
      case Content.Values _ -> VALUES;
      case Content.SubDocument _ -> SUB_DOCUMENT;
    };
  }

  private static void write(Output out, Content content) {
    switch (content) {
      case Content.Deleted(long length) -> out.varUint(length);
      case Content.Json(List<String> values) -> {
        out.varUint(values.size());
        values.forEach(out::string);
      }
      case Content.Binary(byte[] value) -> out.bytes(value);
      case Content.Text(String value) -> out.string(value);
      case Content.Embed(String json) -> out.string(json);
      case Content.Format(String key, String json) -> {
        out.string(key);
        out.string(json);
      }
      case Content.Type(TypeNode node) -> {
        out.varUint(node.kind().number());
        node.kind().name().ifPresent(out::string);
      }
      case Content.Values(List<YAny> values) -> {
        out.varUint(values.size());
        values.forEach(out::any);
      }
      case Content.SubDocument(String guid, YAny options) -> {
        out.string(guid);
        out.any(options);
      }
    }
  }
}
