package dev.kirchhoff.arch.random;

/**
 * Normal draws from 32 random bits: a sign and the number m of 31 bits, z = −Φ⁻¹((m + 1) / 2^32).
 *
 * <p>m + 1 as a float has its octave and the first bits of its place in it side by side; they
 * number the straight line, a + b (m + 1), that stands for z there. A line is the chord moved by
 * half its largest distance from the curve, so that the error has both signs.
 */
final class NormalTable {
  private static final int PLACE_BITS = 6;
  private static final int MANTISSA_BITS = 23;
  private static final int SHIFT = MANTISSA_BITS - PLACE_BITS;
  private static final int PLACES = 1 << PLACE_BITS;
  private static final int OCTAVES = 32;

  /** Float bits of 1, moved as those of a number are. */
  private static final int FIRST = Float.floatToRawIntBits(1f) >>> SHIFT;

  private static final float[] LINES = lines();

  private NormalTable() {}

  private static float[] lines() {
    float[] lines = new float[2 * (OCTAVES * PLACES)];
    for (int i = 0; i < lines.length / 2; i++) {
      double octave = StrictMath.scalb(1.0, i / PLACES);
      double from = octave * (1 + (double) (i % PLACES) / PLACES);
      double to = octave * (1 + (i % PLACES + 1.0) / PLACES);
      boolean isEnd = i / PLACES == OCTAVES - 1;
      double slope = isEnd ? 0 : (size(to) - size(from)) / (to - from);
      double middle = (from + to) / 2;
      double above = isEnd ? 0 : size(from) + slope * (middle - from) - size(middle);
      lines[2 * i] = isEnd ? 0 : (float) (size(from) - slope * from - above / 2);
      lines[2 * i + 1] = (float) slope;
    }
    return lines;
  }

  private static double size(double m) {
    return m >= 0x1p31 ? 0 : -InverseNormal.of(m * 0x1p-32);
  }

  static float of(int bits) {
    float m = (bits & 0x7fffffff) + 1f;
    int line = (Float.floatToRawIntBits(m) >>> SHIFT) - FIRST << 1;
    float size = LINES[line] + LINES[line + 1] * m;
    // The first bit is the sign's: it is added to that of the float.
    return Float.intBitsToFloat(Float.floatToRawIntBits(size) ^ (bits & 0x80000000));
  }
}
