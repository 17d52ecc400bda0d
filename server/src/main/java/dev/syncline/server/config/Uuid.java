package dev.syncline.server.config;

/** How relays, folders and documents of Relay Servers are named. */
public final class Uuid {

  private static final int LENGTH = 36;

  private Uuid() {}

  /** Whether a text is a UUID in lower case. */
  public static boolean is(String text) {
    boolean is = text.length() == LENGTH;
    for (int at = 0; is && at < LENGTH; at++) {
      char c = text.charAt(at);
      boolean isHyphen = at == 8 || at == 13 || at == 18 || at == 23;
      boolean isDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      is = isHyphen ? c == '-' : isDigit;
    }
    return is;
  }
}
