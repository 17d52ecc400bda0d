package dev.syncline.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.syncline.server.config.LogSettings;
import dev.syncline.server.config.LogSettings.Format;
import dev.syncline.server.config.LogSettings.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class LoggingTest {

  private static final String MOMENT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Logger log = context.getLogger("dev.syncline.server.document.Rooms");

  @Test
  void jsonHasTheUsualFieldsThenTheEventsOwn() {
    start(Format.JSON, Level.INFO);
    log.atInfo().addKeyValue("peer", "a\nb").addKeyValue("level", 3).log("joined");
    assertTrue(
        written()
            .matches(
                "\\{\"timestamp\":\""
                    + MOMENT
                    + "\",\"level\":\"info\",\"logger\":\"Rooms\",\"message\":\"joined\","
                    + "\"peer\":\"a\\\\nb\",\"field.level\":3}\n"),
        written());
  }

  @Test
  void anExceptionIsPartOfItsLine() {
    start(Format.JSON, Level.INFO);
    log.error("broke", new IllegalStateException("why"));
    assertEquals(1, written().lines().count());
    assertTrue(written().contains("\"stackTrace\":\"java.lang.IllegalStateException: why\\n"));
  }

  @Test
  void textIsForPeopleAndSafeForTheirTerminal() {
    start(Format.TEXT, Level.INFO);
    log.atWarn().addKeyValue("peer", "\u001b[2J\nfake").log("joined");
    assertTrue(
        written().matches(MOMENT + " WARN  Rooms: joined peer=\\\\u001b\\[2J\\\\u000afake\n"),
        written());
  }

  @Test
  void linesBelowTheLevelAreLeftOutAndOthersTalkLess() {
    start(Format.TEXT, Level.INFO);
    log.debug("no");
    context.getLogger("org.eclipse.jetty.server.Server").info("no");
    context.getLogger("org.eclipse.jetty.server.Server").warn("yes");
    assertEquals(1, written().lines().count());
    out.reset();
    context.reset();
    start(Format.TEXT, Level.ERROR);
    context.getLogger("org.eclipse.jetty.server.Server").warn("no");
    assertEquals("", written());
  }

  @Test
  void stderrOutlivesTheSettingsThatWroteToIt() {
    PrintStream before = System.err;
    System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      Logging.configure(context, new LogSettings(Format.TEXT, Level.INFO), Logging.stderr());
      context.reset();
      Logging.configure(context, new LogSettings(Format.TEXT, Level.INFO), Logging.stderr());
      log.info("still here");
      System.err.print("and so are others");
    } finally {
      System.setErr(before);
    }
    assertTrue(written().contains("still here\nand so are others"), written());
  }

  LoggingTest() {
    // As SLF4J does with the context that it starts.
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  private void start(Format format, Level level) {
    Logging.configure(context, new LogSettings(format, level), out);
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
