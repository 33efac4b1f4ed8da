package dev.kirchhoff.arch.random;

/**
 * Stream of random numbers with random access by index, in any order and by any thread: value i
 * depends on the key and i only.
 *
 * <p>Keys form a tree: {@code RandomKey.of(seed).child(layer).child(array).child(draw)}. Value i is
 * the finaliser of SplitMix64 applied to key + (i + 1) γ, which for consecutive i is the sequence
 * of that generator (Steele, Lea, Flood, OOPSLA 2014, doi 10.1145/2660193.2660195; it passes
 * BigCrush); a child's key is the same finaliser over key and number, with another γ. Streams of
 * different keys overlap with a probability of about 2^-64 times their lengths.
 *
 * <p>Normal draws invert the cumulative distribution on 31 bits and a sign, with straight lines
 * between 64 points an octave of the tail's probability: at most 6.2 standard deviations, wrong by
 * less than 2e-5 of one. The same bit for bit on every machine: integer arithmetic and single
 * additions and products, tables of {@link InverseNormal}.
 *
 * @param value the key
 */
public record RandomKey(long value) {
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final long CHILD_STEP = 0xd1342543de82ef95L;
  private static final double TO_UNIT = 0x1p-53;

  /** The root of a seed's keys. */
  public static RandomKey of(long seed) {
    return new RandomKey(mixed(seed ^ CHILD_STEP));
  }

  /** The key of a part, counted from 0. */
  public RandomKey child(long number) {
    return new RandomKey(mixed(mixed(value ^ CHILD_STEP) + (number + 1) * CHILD_STEP));
  }

  /** 64 random bits. */
  public long bits(long index) {
    return mixed(value + (index + 1) * STEP);
  }

  /** A number of 53 bits, 0 included, 1 not. */
  public double uniform(long index) {
    return (bits(index) >>> 11) * TO_UNIT;
  }

  /** A standard normal draw; draws 2 k and 2 k + 1 share the bits of index k. */
  public float gaussian(long index) {
    long bits = bits(index >> 1);
    return NormalTable.of((int) ((index & 1) == 0 ? bits : bits >>> 32));
  }

  /**
   * Sets values to draws that follow each other: {@code out[offset + i] = gaussian(first + i)}.
   *
   * @param first an even index
   */
  public void gaussians(long first, float[] out, int offset, int count) {
    if ((first & 1) != 0) {
      throw new IllegalArgumentException("The first index (" + first + ") must be even.");
    }
    long state = value + ((first >> 1) + 1) * STEP;
    int end = offset + (count & ~1);
    for (int i = offset; i < end; i += 2) {
      long bits = mixed(state);
      state += STEP;
      out[i] = NormalTable.of((int) bits);
      out[i + 1] = NormalTable.of((int) (bits >>> 32));
    }
    if ((count & 1) != 0) {
      out[end] = NormalTable.of((int) mixed(state));
    }
  }

  private static long mixed(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
