package dev.syncline.server.app;

import dev.syncline.core.model.Author;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who is named where nobody else is known. */
final class Persons {

  private Persons() {}

  /** The user of this process at this machine. */
  static Author ofThisMachine() {
    String user = plain(System.getProperty("user.name", "somebody"));
    return new Author(user, user + "@" + host());
  }

  private static String host() {
    try {
      return plain(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String plain(String text) {
    String kept = text.replaceAll("[\\p{Cntrl}<>]", "").strip();
    return kept.isEmpty() ? "somebody" : kept;
  }
}
