package dev.syncline.server.endpoint.folder;

/** Nothing happens between the steps of a replacement, but for what a test adds. */
class Moments implements Replacement.Moments {
  @Override
  public void checked(String where) {}

  @Override
  public void swapped(String where) {}
}
