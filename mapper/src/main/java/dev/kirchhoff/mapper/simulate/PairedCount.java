package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.InverseNormal;
import java.util.Optional;

/**
 * Paired counts of the items that a network decides alike as trained and on simulated chips, and,
 * where items have labels, of those that it decides right.
 *
 * @param items items, each run once on every chip
 * @param draws chips
 * @param kept items whose decision on a chip is that of the network as trained, over all chips
 * @param judged counts of right decisions; empty without labels
 */
public record PairedCount(int items, int draws, long kept, Optional<Judged> judged) {
  public PairedCount {
    long all = (long) items * draws;
    boolean fits = kept >= 0 && kept <= all;
    fits &= judged.isEmpty() || judged.get().isOf(items, draws);
    if (items < 1 || draws < 1 || !fits) {
      throw new IllegalArgumentException(
          "The counts ("
              + kept
              + ", "
              + judged
              + ") must fit the items ("
              + items
              + ") of the chips ("
              + draws
              + ").");
    }
  }

  /** Counts of items without labels. */
  public PairedCount(int items, int draws, long kept) {
    this(items, draws, kept, Optional.empty());
  }

  /** Counts of items with labels. */
  public PairedCount(int items, int draws, long kept, long trained, long lost, long gained) {
    this(items, draws, kept, Optional.of(new Judged(items, draws, trained, lost, gained)));
  }

  /** Share of decisions that are those of the network as trained, 0..1. */
  public double agreement() {
    return (double) kept / ((long) items * draws);
  }

  /** Interval that holds the agreement of such chips with 95 %: Wilson's, of one chip's items. */
  public Confidence agreementInterval() {
    return Confidence.of((double) kept / draws, items, 0.95);
  }

  /**
   * Right decisions. The loss has a narrower interval than the difference of two separate
   * accuracies, since it varies with the changed items alone.
   *
   * @param trained items that were right as trained, times the chips
   * @param lost items that were right as trained and are wrong on a chip, over all chips
   * @param gained items that were wrong as trained and are right on a chip, over all chips
   */
  public record Judged(int items, int draws, long trained, long lost, long gained) {
    public Judged {
      if (lost < 0 || gained < 0 || trained < lost) {
        throw new IllegalArgumentException(
            "The counts (" + trained + ", " + lost + ", " + gained + ") must fit each other.");
      }
    }

    private long runs() {
      return (long) items * draws;
    }

    private boolean isOf(int ofItems, int ofDraws) {
      return items == ofItems && draws == ofDraws && trained + gained <= runs();
    }

    /** Accuracy on the chips, 0..1. */
    public double accuracy() {
      return (double) (trained - lost + gained) / runs();
    }

    /**
     * Interval that holds the accuracy of such chips with 95 %: Wilson's, of the items of one chip,
     * for chips share their items.
     */
    public Confidence accuracyInterval() {
      return Confidence.of(Math.round(accuracy() * items), items, 0.95);
    }

    /**
     * Accuracy lost against the network as trained; below 0 where the chips happen to be better.
     */
    public double loss() {
      return (double) (lost - gained) / runs();
    }

    /**
     * Interval that holds the loss with 95 %: p = (lost + 1)/(n + 2), q = (gained + 1)/(n + 2), p −
     * q ± z sqrt((p + q − (p − q)²)/(n + 2)), of the items of one chip; it always holds {@link
     * #loss}. Source: Bonett and Price, J. Educ. Behav. Stat. 37 (2012) 479-488, doi
     * 10.3102/1076998611411915.
     */
    public Confidence lossInterval() {
      double n = items + 2.0;
      double p = ((double) lost / draws + 1) / n;
      double q = ((double) gained / draws + 1) / n;
      double half = InverseNormal.of(0.975) * Math.sqrt((p + q - (p - q) * (p - q)) / n);
      return new Confidence(
          Math.max(-1, Math.min(loss(), p - q - half)),
          Math.min(1, Math.max(loss(), p - q + half)));
    }
  }
}
