package dev.syncline.yjs;

/** What a shared type holds: plain data, or another shared type. */
public sealed interface YValue permits YAny, YType {

  /** Itself as plain data: a map as an object, an array as a list, a text as a string. */
  YAny toAny();
}
