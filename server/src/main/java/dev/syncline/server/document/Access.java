package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;

/** What a connection may do. */
public interface Access {

  /** Everything: for servers that are open to whoever reaches them. */
  Access OPEN =
      new Access() {
        @Override
        public boolean mayRead(DocumentId document) {
          return true;
        }

        @Override
        public boolean mayWrite(DocumentId document) {
          return true;
        }
      };

  boolean mayRead(DocumentId document);

  boolean mayWrite(DocumentId document);
}
