package dev.syncline.server.compress;

import com.github.luben.zstd.ZstdCompressCtx;

/** What a delta may cost. */
public enum Effort {

  /** The smallest deltas that don't take seconds: tables in which all of a dictionary has room. */
  THOROUGH(12, 24, 5) {
    @Override
    void set(ZstdCompressCtx context, int dictionaryLog) {
      int log = tableLog(dictionaryLog);
      context.setLevel(12).setHashLog(log).setChainLog(log);
    }
  },

  /**
   * A third of the memory: deltas of text are up to a third larger, and of a dictionary only the
   * last 16 MiB are found.
   */
  THRIFTY(8, 22, 4) {
    @Override
    void set(ZstdCompressCtx context, int dictionaryLog) {
      int log = tableLog(dictionaryLog);
      context.setLevel(3).setStrategy(FAST).setMinMatch(7).setHashLog(log).setChainLog(8);
    }
  };

  /** Zstandard's first strategy: one table. */
  private static final int FAST = 1;

  private final int fewestTableLog;
  private final int mostTableLog;
  private final int entryBytes;

  Effort(int fewestTableLog, int mostTableLog, int entryBytes) {
    this.fewestTableLog = fewestTableLog;
    this.mostTableLog = mostTableLog;
    this.entryBytes = entryBytes;
  }

  abstract void set(ZstdCompressCtx context, int dictionaryLog);

  int tableLog(int dictionaryLog) {
    return Math.clamp(dictionaryLog, fewestTableLog, mostTableLog);
  }

  /**
   * About how many bytes of memory a delta takes: the dictionary here and in the library, the
   * window, and the library's tables, of which it makes one for the dictionary and one to work in.
   */
  long memory(long dictionary, long contents) {
    long tables = (2L * entryBytes) << tableLog(DeltaCoding.log(dictionary));
    return 2 * dictionary + contents + tables;
  }
}
