package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * Producers of a layer's operands, as indices of earlier layers; {@link #INPUT} is the network's
 * input.
 *
 * <p>{@code reads} are the layers whose outputs form its input map: one, or several whose channels
 * stand side by side (a concatenation), or the two operands of a dynamic matrix. {@code joins} are
 * the layers whose outputs its digital work takes as second operands: a residual sum, a gate, the
 * recurrent part of a cell. A layer starts when what it reads is there and ends when what it joins
 * is.
 *
 * @param reads layers that it reads, at least one
 * @param joins layers whose outputs are added to or multiplied with its own
 */
public record Links(List<Integer> reads, List<Integer> joins) {
  /** The network's input. */
  public static final int INPUT = -1;

  public Links {
    reads = List.copyOf(reads);
    joins = List.copyOf(joins);
    if (reads.isEmpty()) {
      throw new IllegalArgumentException(
          "A layer must read something.\nMaybe it reads the network's input, which is "
              + INPUT
              + ".");
    }
  }

  /** A layer that reads one other and joins none. */
  public static Links of(int producer) {
    return new Links(List.of(producer), List.of());
  }

  /** The layer that it reads first. */
  public int first() {
    return reads.get(0);
  }

  /** The latest layer that it depends on; {@link #INPUT} if on none. */
  public int latest() {
    int latest = INPUT;
    for (int i = 0; i < reads.size(); i++) {
      latest = Math.max(latest, reads.get(i));
    }
    for (int i = 0; i < joins.size(); i++) {
      latest = Math.max(latest, joins.get(i));
    }
    return latest;
  }
}
