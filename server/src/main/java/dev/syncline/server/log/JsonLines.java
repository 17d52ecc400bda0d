package dev.syncline.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.syncline.server.config.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/** One JSON object a line, for machines: the usual fields, then the event's own. */
final class JsonLines extends Lines {

  private static final Set<String> USUAL =
      Set.of("timestamp", "level", "logger", "message", "stackTrace");

  @Override
  String line(ILoggingEvent event) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("timestamp", moment(event));
    fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    fields.put("logger", shortLogger(event));
    fields.put("message", String.valueOf(event.getFormattedMessage()));
    for (KeyValuePair pair : pairs(event)) {
      String name = USUAL.contains(pair.key) ? "field." + pair.key : pair.key;
      fields.put(name, pair.value == null ? "null" : pair.value);
    }
    stackTrace(event).ifPresent(trace -> fields.put("stackTrace", trace));
    return Json.line(fields) + "\n";
  }
}
