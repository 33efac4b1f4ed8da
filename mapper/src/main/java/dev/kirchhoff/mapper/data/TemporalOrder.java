package dev.kirchhoff.mapper.data;

import java.util.List;
import java.util.Random;

/**
 * Sequences whose class is the order of three symbols that stand far apart: a task that cannot be
 * solved without keeping a state over many steps, which is what a recurrent network's crossbars do.
 *
 * <p>A sequence has {@value #STEPS} steps of one of {@value #SYMBOLS} symbols, one-hot. It begins
 * with a start symbol and ends with an end symbol; at one random step in each of the ranges 2..9,
 * 12..19 and 22..29 stands X or Y, everywhere else one of four distractors, all equally likely. The
 * class, 0 to 7, is the order of X and Y read as three binary digits, X as 0 and Y as 1. Without a
 * state 1 in 8 is right.
 *
 * <p>Source: S. Hochreiter and J. Schmidhuber, Neural Computation 9(8), 1735-1780 (1997),
 * experiment 6b, with 32 steps instead of 100 to 110.
 */
public final class TemporalOrder {
  /** Steps of a sequence. */
  public static final int STEPS = 32;

  /** Different symbols: four distractors, X, Y, start, end. */
  public static final int SYMBOLS = 8;

  /** Different orders. */
  public static final int CLASSES = 8;

  private static final int DISTRACTORS = 4;
  private static final int X = 4;
  private static final int START = 6;
  private static final int END = 7;
  private static final int[] FIRST_STEP = {2, 12, 22};
  private static final int RANGE = 8;

  private TemporalOrder() {}

  /**
   * Sequences of a seed; the same seed gives the same sequences, and more of them begin with the
   * same ones.
   *
   * @param samples number of samples
   * @param seed seed of {@link Random}, whose algorithm is part of its specification
   */
  public static DataSet generate(int samples, long seed) {
    Random random = new Random(seed);
    float[] values = new float[samples * STEPS * SYMBOLS];
    int[] labels = new int[samples];
    int[] symbols = new int[STEPS];
    for (int i = 0; i < samples; i++) {
      labels[i] = sequence(random, symbols);
      for (int t = 0; t < STEPS; t++) {
        values[(i * STEPS + t) * SYMBOLS + symbols[t]] = 1;
      }
    }
    return DataSet.of("temporal-order", List.of(STEPS, SYMBOLS), CLASSES, values, labels);
  }

  private static int sequence(Random random, int[] symbols) {
    for (int t = 0; t < STEPS; t++) {
      symbols[t] = random.nextInt(DISTRACTORS);
    }
    symbols[0] = START;
    symbols[STEPS - 1] = END;
    int order = 0;
    for (int first : FIRST_STEP) {
      int which = random.nextInt(2);
      symbols[first + random.nextInt(RANGE)] = X + which;
      order = 2 * order + which;
    }
    return order;
  }
}
