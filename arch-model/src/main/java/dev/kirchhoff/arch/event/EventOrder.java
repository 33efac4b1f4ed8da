package dev.kirchhoff.arch.event;

/**
 * Place of a durable event among the events of its run: by era, then by number. It never repeats,
 * since every continuation of a run opens an era.
 *
 * @param era 0, one more with each continuation of the run
 * @param seq number in the run, from 0
 */
public record EventOrder(int era, long seq) implements Comparable<EventOrder> {
  @Override
  public int compareTo(EventOrder other) {
    int byEra = Integer.compare(era, other.era);
    return byEra != 0 ? byEra : Long.compare(seq, other.seq);
  }

  /** True if it comes after another place. */
  public boolean isAfter(EventOrder other) {
    return compareTo(other) > 0;
  }

  @Override
  public String toString() {
    return era + "-" + seq;
  }
}
