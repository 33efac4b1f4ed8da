package dev.kirchhoff.dse.space;

/**
 * Packing of designs into few machine words, without loss: each knob takes the bits that its values
 * and its absence need, and no knob crosses a word. Equal words mean equal designs, so the packed
 * vector itself is the key of a memo.
 */
public final class Packing {
  private final int[] word;
  private final int[] shift;
  private final long[] mask;
  private final int words;

  /** Lays out the words of a space. */
  public Packing(DesignSpace space) {
    int n = space.dimension();
    word = new int[n];
    shift = new int[n];
    mask = new long[n];
    int at = 0;
    int used = 0;
    for (int k = 0; k < n; k++) {
      int bits = 32 - Integer.numberOfLeadingZeros(space.cardinality(k));
      if (used + bits > Long.SIZE) {
        at++;
        used = 0;
      }
      word[k] = at;
      shift[k] = used;
      mask[k] = (1L << bits) - 1;
      used += bits;
    }
    words = at + 1;
  }

  /** Words of a design. */
  public int words() {
    return words;
  }

  /** Packs a design into {@code into[offset ..]}. */
  public void pack(int[] ordinals, long[] into, int offset) {
    for (int w = 0; w < words; w++) {
      into[offset + w] = 0;
    }
    for (int k = 0; k < word.length; k++) {
      into[offset + word[k]] |= (long) (ordinals[k] + 1) << shift[k];
    }
  }

  /** Unpacks the design at {@code from[offset ..]}. */
  public void unpack(long[] from, int offset, int[] ordinals) {
    for (int k = 0; k < word.length; k++) {
      ordinals[k] = (int) (from[offset + word[k]] >>> shift[k] & mask[k]) - 1;
    }
  }
}
