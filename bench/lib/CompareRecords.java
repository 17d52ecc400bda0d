import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares pairs of files so many times, reading and all differences included. */
final class CompareRecords {

  private CompareRecords() {}

  public static void main(String[] args) throws IOException {
    double[] times = new double[Integer.parseInt(args[0])];
    int total = 0;
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      total = 0;
      for (int pair = 1; pair < args.length; pair += 2) {
        total +=
            RecordComparison.of(set(args[pair]), set(args[pair + 1]), RecordRules.NONE)
                .differences(Integer.MAX_VALUE)
                .counts()
                .total();
      }
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    System.out.printf(
        "{\"total\":%d,\"times\":[%s]}%n",
        total, Arrays.stream(times).mapToObj(Double::toString).collect(Collectors.joining(",")));
  }

  private static RecordSet set(String file) throws IOException {
    return RecordSet.of(
        file, Files.readAllBytes(Path.of(file)), new RecordForm.Json(Optional.empty()));
  }
}
