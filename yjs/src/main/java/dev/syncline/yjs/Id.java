package dev.syncline.yjs;

/**
 * Names one unit of what a client inserted.
 *
 * @param client who
 * @param clock how many units they had inserted before
 */
record Id(long client, long clock) {

  Id plus(long units) {
    return new Id(client, clock + units);
  }
}
