package dev.syncline.server.web.metrics;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The process and its Java runtime, under the names that dashboards for Java know. Loaded with the
 * first scrape: a server that nobody scrapes does not pay for it.
 */
final class ProcessMetrics {

  private static final Path MEMORY = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double MILLIS = 1e3;

  private ProcessMetrics() {}

  static void writeTo(MetricsText text) {
    Runtime runtime = Runtime.getRuntime();
    var collections = new TreeMap<String, Long>();
    var seconds = new TreeMap<String, Double>();
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections.put(gc.getName(), gc.getCollectionCount());
      seconds.put(gc.getName(), gc.getCollectionTime() / MILLIS);
    }
    text.gauge(
            "jvm_heap_used_bytes",
            "Heap in use, garbage included.",
            runtime.totalMemory() - runtime.freeMemory())
        .gauge("jvm_heap_committed_bytes", "Heap taken from the system.", runtime.totalMemory())
        .gauge("jvm_heap_max_bytes", "The most that the heap may take.", runtime.maxMemory())
        .counters("jvm_gc_collections_total", "Garbage collections.", "gc", collections)
        .counters("jvm_gc_seconds_total", "Time spent in them.", "gc", seconds)
        .gauge(
            "jvm_threads",
            "Platform threads; virtual ones are not counted.",
            ManagementFactory.getThreadMXBean().getThreadCount())
        .gauge(
            "process_uptime_seconds",
            "Since the Java runtime started.",
            ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(cpu ->
            text.counter(
                "process_cpu_seconds_total",
                "Processor time, of the system and of the process itself.",
                cpu.toMillis() / MILLIS));
    residentBytes()
        .ifPresent(bytes ->
            text.gauge("process_resident_memory_bytes", "Resident memory (Linux).", bytes));
  }

  /** Empty where the system has no such file. */
  private static OptionalLong residentBytes() {
    try {
      return Files.readAllLines(MEMORY).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
