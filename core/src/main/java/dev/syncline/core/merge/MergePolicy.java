package dev.syncline.core.merge;

/**
 * How a path that both sides changed becomes one again. Pure: the same dispute, the same answer.
 */
@FunctionalInterface
public interface MergePolicy {

  /** Settles it, or says why a person has to. */
  Settlement settle(Dispute dispute);
}
