package dev.syncline.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.slf4j.event.KeyValuePair;

/** Lines for people, who read them on a terminal. */
final class TextLines extends Lines {

  @Override
  String line(ILoggingEvent event) {
    var line = new StringBuilder();
    line.append(moment(event)).append(' ');
    String level = event.getLevel().toString();
    line.append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
    line.append(shortLogger(event)).append(": ");
    harmless(String.valueOf(event.getFormattedMessage()), line);
    for (KeyValuePair pair : pairs(event)) {
      harmless(" " + pair.key + "=" + pair.value, line);
    }
    line.append('\n');
    stackTrace(event).ifPresent(line::append);
    return line.toString();
  }

  /** What clients sent must not look like another line, nor steer the terminal. */
  private static void harmless(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  }
}
