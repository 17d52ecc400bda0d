package dev.syncline.server.web.metrics;

import dev.syncline.server.measure.Histogram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes numbers as Prometheus reads them (text format 0.0.4), each with its type and a sentence
 * about it. Names follow the naming rules of Prometheus: base units, {@code _total} on counters.
 * Confined to one thread.
 */
final class MetricsText {

  private static final double NANOS_PER_SECOND = 1e9;

  private final StringBuilder text = new StringBuilder(8 << 10);

  /** A value that goes up and down. */
  MetricsText gauge(String name, String help, double value) {
    head(name, "gauge", help);
    return sample(name, "", value);
  }

  /** A whole value that goes up and down. */
  MetricsText gauge(String name, String help, long value) {
    return gauge(name, help, (double) value);
  }

  /** A value that says something by its labels alone. */
  MetricsText info(String name, String help, String label, String value) {
    head(name, "gauge", help);
    return sample(name, labels(label, value), 1);
  }

  /** A value that only goes up. */
  MetricsText counter(String name, String help, double value) {
    head(name, "counter", help);
    return sample(name, "", value);
  }

  /** A whole value that only goes up. */
  MetricsText counter(String name, String help, long value) {
    return counter(name, help, (double) value);
  }

  /** Values that only go up, one for each value of a label. */
  MetricsText counters(String name, String help, String label, Map<String, ? extends Number> all) {
    head(name, "counter", help);
    new TreeMap<>(all)
        .forEach((value, count) -> sample(name, labels(label, value), count.doubleValue()));
    return this;
  }

  /**
   * A value with what tells it from others of its name.
   *
   * @param labels as they are written between the braces
   */
  record Sample(String labels, double value) {
    static Sample of(String label, Object means, double value) {
      return new Sample(label + "=\"" + quoted(means) + "\"", value);
    }

    Sample with(String label, Object means) {
      return new Sample(labels + "," + label + "=\"" + quoted(means) + "\"", value);
    }

    private static String quoted(Object means) {
      return escaped(means.toString()).replace("\"", "\\\"");
    }
  }

  /** Values of one name and type. */
  MetricsText samples(String name, String type, String help, List<Sample> all) {
    head(name, type, help);
    all.forEach(one -> sample(name, "{" + one.labels() + "}", one.value()));
    return this;
  }

  /** Durations, in seconds. */
  MetricsText histogram(String name, String help, Histogram.Snapshot durations) {
    head(name, "histogram", help);
    List<Long> bounds = durations.boundsNanos();
    long upToHere = 0;
    for (int i = 0; i < bounds.size(); i++) {
      upToHere += durations.counts().get(i);
      String bound = number(bounds.get(i) / NANOS_PER_SECOND);
      sample(name + "_bucket", labels("le", bound), (double) upToHere);
    }
    sample(name + "_bucket", labels("le", "+Inf"), (double) durations.count());
    sample(name + "_sum", "", durations.sumNanos() / NANOS_PER_SECOND);
    return sample(name + "_count", "", (double) durations.count());
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private MetricsText sample(String name, String labels, double value) {
    text.append(name).append(labels).append(' ').append(number(value)).append('\n');
    return this;
  }

  private static String labels(String label, String value) {
    return "{" + label + "=\"" + escaped(value).replace("\"", "\\\"") + "\"}";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  /** Whole numbers without a fraction: they are easier to read, and to compare in tests. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
