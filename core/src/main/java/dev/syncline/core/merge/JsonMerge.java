package dev.syncline.core.merge;

import java.util.Optional;

/**
 * Merges two changes of a JSON document (RFC 8259) by field, through all objects. An array is one
 * value. The result is ours with as little of its text changed as can be. Where both sides changed
 * an object of more than some hundred thousand members, it clashes. Pure; callable from any thread.
 */
public final class JsonMerge {

  private JsonMerge() {}

  /**
   * Merges. Numbers are compared by value, strings by their characters; space and the order of
   * members are no change. To edit a field and to delete it clash.
   *
   * @param base empty if both sides added the file: then two objects are merged as if it had been
   *     an empty one
   */
  public static JsonOutcome merge(Optional<byte[]> base, byte[] ours, byte[] theirs) {
    return JsonThreeWay.merge(
        base, ours, theirs, (fields, _, oursArray, _) -> fields.refuse(oursArray));
  }
}
