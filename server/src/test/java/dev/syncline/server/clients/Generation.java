package dev.syncline.server.clients;

import java.util.Locale;

/** The generations of npm clients that are in use; each has its own folder of packages. */
enum Generation {
  /** automerge-repo 2.x on Automerge 3.x. */
  CURRENT,
  /** automerge-repo 1.x on Automerge 2.x. */
  OLDER;

  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
