package dev.syncline.testkit.workspace;

import dev.syncline.core.model.FilePath;

/** What may go wrong at an endpoint, and what people do there while it works. */
interface Faults {

  /** Between any two steps: may crash, fail, or let somebody edit. */
  void step();

  /** Whether a file can't be looked at this time. */
  boolean hides(FilePath path);

  /** Whether the endpoint tells of no more additions and modifications this time. */
  boolean tires();

  /** Whether the endpoint, tired, doesn't get to a file. */
  boolean passesOver(FilePath path);

  /** Nothing ever happens. */
  Faults NONE =
      new Faults() {
        @Override
        public void step() {}

        @Override
        public boolean hides(FilePath path) {
          return false;
        }

        @Override
        public boolean tires() {
          return false;
        }

        @Override
        public boolean passesOver(FilePath path) {
          return false;
        }
      };
}
