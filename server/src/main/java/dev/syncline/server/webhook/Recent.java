package dev.syncline.server.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the newest messages that were taken, to know one that is sent again. Thread-safe. */
public final class Recent {

  private static final int MOST = 10_000;

  private final Map<String, Boolean> ids =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** Whether a message was taken before. */
  public synchronized boolean has(String id) {
    return ids.containsKey(id);
  }

  /** A message was taken, and is durable. */
  public synchronized void add(String id) {
    ids.put(id, true);
  }
}
