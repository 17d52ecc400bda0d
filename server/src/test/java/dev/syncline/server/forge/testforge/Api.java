package dev.syncline.server.forge.testforge;

import java.time.Instant;
import java.util.Optional;

/** What one kind of forge answers. */
interface Api {

  /** Below the address of the forge. */
  String root();

  /** Its own description; empty if there is none that we may pass on. */
  Optional<Description> description();

  /** What its clock shows. */
  Instant now();

  /** Whether a request shows who asks. */
  boolean isKnown(Asked asked);

  Reply answer(Asked asked);
}
