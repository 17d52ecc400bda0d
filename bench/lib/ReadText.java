import dev.syncline.yjs.YDoc;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What read-text.mjs does, with Syncline's library. */
final class ReadText {

  private static final double MIB = 1 << 20;
  private static final YDoc NOTHING = new YDoc(1);

  private ReadText() {}

  public static void main(String[] args) throws IOException {
    byte[] update = Files.readAllBytes(Path.of(args[0]));
    String expected = Files.readString(Path.of(args[1]));
    long[] times = new long[Integer.parseInt(args[2])];
    YDoc doc = NOTHING;
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      doc = YDoc.reading(update);
      String text = doc.text("contents").toString();
      times[i] = System.nanoTime() - start;
      if (!text.equals(expected)) {
        throw new IllegalStateException("read something else");
      }
    }
    double peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    double before = used();
    Reference.reachabilityFence(doc);
    doc = NOTHING;
    double live = before - used();
    System.out.printf(
        "{\"times\":[%s],\"peak\":%s,\"live\":%s}%n",
        LongStream.of(times)
            .mapToObj(time -> Double.toString(time / 1e6))
            .collect(Collectors.joining(",")),
        peak / MIB,
        live / MIB);
    System.in.read();
  }

  private static double used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
