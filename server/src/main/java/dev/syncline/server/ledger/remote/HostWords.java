package dev.syncline.server.ledger.remote;

import java.util.stream.Collectors;

/**
 * What a host says to people, fit to be shown: one line, not endless, nothing that a terminal
 * obeys.
 */
final class HostWords {

  private static final int LONGEST = 1_000;

  private HostWords() {}

  static String of(String said) {
    String plain =
        said.replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", "")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("; "))
            .replaceAll("\\p{Cntrl}", " ");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
