package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;

/**
 * How a layer's data move the crossbar, as expected values.
 *
 * @param pulses P(digit ≠ 0), mean over input slices and passes
 * @param amplitude E[u] of the input amplitude u = digit / largest digit, mean over input slices
 *     and passes
 * @param cellLevel mean level of a used cell / largest level
 */
public record DataActivity(double pulses, double amplitude, double cellLevel) {

  /**
   * The stated data of peak figures: independent input bits that are one with probability ½,
   * uniform weight digits. With L the largest digit E[u] = ½ and P(u ≠ 0) = L / (L + 1); of a
   * differential pair one cell is at level 0.
   */
  public static DataActivity uniform(Encoding encoding, int bitsPerPulse) {
    if (encoding == Encoding.XNOR) {
      return new DataActivity(0.5, 0.5, 0.5);
    }
    double largest = (1L << bitsPerPulse) - 1;
    return new DataActivity(
        largest / (largest + 1), 0.5, encoding == Encoding.DIFFERENTIAL ? 0.25 : 0.5);
  }

  /** Mean conductance of a used cell as a share of the largest. */
  public double conductance(double windowFloor) {
    return windowFloor + (1 - windowFloor) * cellLevel;
  }
}
