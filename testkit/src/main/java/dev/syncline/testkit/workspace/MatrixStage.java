package dev.syncline.testkit.workspace;

import dev.syncline.core.port.Ledger;

/** An empty workspace with two places, for one cell of {@link ConflictMatrix}. */
public interface MatrixStage extends AutoCloseable {

  Ledger ledger();

  /** Where the ledger's change is made; its link is called "other". */
  MatrixPlace other();

  /** The endpoint of the matrix; its link is called "laptop". */
  MatrixPlace laptop();

  @Override
  void close();
}
