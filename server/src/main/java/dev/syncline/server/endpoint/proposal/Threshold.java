package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.FilePath;
import dev.syncline.server.endpoint.proposal.Drift.FileDrift;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * How much has to differ before a pull request is opened.
 *
 * @param inAll so many records, of those that count
 * @param byFile so many records of a file, or none of them counts; a file that differs as a whole
 *     always does
 */
public record Threshold(int inAll, Map<FilePath, Integer> byFile) {

  public Threshold {
    byFile = Map.copyOf(byFile);
  }

  /** What is waited for, in a sentence; empty if enough differs. */
  Optional<String> waits(Drift drift) {
    var waiting = new ArrayList<String>();
    int counted = 0;
    for (Map.Entry<FilePath, FileDrift> file : drift.files().entrySet()) {
      int differ = Drift.count(file.getValue());
      int own = own(file.getKey(), file.getValue());
      if (differ < own) {
        waiting.add(file.getKey() + ": " + differ(differ) + ", and " + own + " are waited for");
      } else {
        counted += differ;
      }
    }
    if (counted >= inAll) {
      return Optional.empty();
    }
    if (counted > 0 || waiting.isEmpty()) {
      waiting.addFirst(differ(counted) + ": a pull request is opened once " + inAll + " do");
    }
    return Optional.of(String.join("; ", waiting));
  }

  private int own(FilePath path, FileDrift drift) {
    return switch (drift) {
      case FileDrift.Records _ -> byFile.getOrDefault(path, 1);
      case FileDrift.Whole _ -> 1;
    };
  }

  private static String differ(int records) {
    return records == 1 ? "1 record differs" : records + " records differ";
  }
}
