package dev.syncline.core.merge;

import java.util.Map;

/** What the cells of a row mean, so that two ways to write the same are no change. Pure. */
@FunctionalInterface
public interface RowMeaning {

  /** Each cell means its text. */
  RowMeaning AS_WRITTEN = row -> row;

  /**
   * The row as it is compared.
   *
   * @param row from names of columns to cells; empty cells may be missing
   */
  Map<String, String> of(Map<String, String> row);
}
