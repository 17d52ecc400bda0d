package dev.syncline.server.endpoint.folder;

import java.util.Optional;

/**
 * Where tests reach in: what happens between two steps, and what the system can do.
 *
 * @param reading between reading a file and looking whether it is still the same
 * @param replacing between the steps of a replacement
 * @param nativeFiles what Linux can do beyond Java
 * @param rules what the file system makes of names; found out if empty
 */
record Seams(
    FileReading.Moments reading,
    Replacement.Moments replacing,
    Optional<NativeFiles> nativeFiles,
    Optional<NameRules> rules) {

  /** Nothing in between, and the system as it is. */
  static Seams none() {
    return new Seams(file -> {}, new Uneventful(), NativeFiles.ofThisSystem(), Optional.empty());
  }

  Seams withReading(FileReading.Moments other) {
    return new Seams(other, replacing, nativeFiles, rules);
  }

  Seams withReplacing(Replacement.Moments other) {
    return new Seams(reading, other, nativeFiles, rules);
  }

  Seams withoutNativeFiles() {
    return new Seams(reading, replacing, Optional.empty(), rules);
  }

  Seams withRules(NameRules other) {
    return new Seams(reading, replacing, nativeFiles, Optional.of(other));
  }

  private static final class Uneventful implements Replacement.Moments {
    @Override
    public void checked(String where) {}

    @Override
    public void swapped(String where) {}
  }
}
