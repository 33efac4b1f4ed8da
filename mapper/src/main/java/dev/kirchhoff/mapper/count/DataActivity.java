package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.workload.Operation.PeakData;

/**
 * Expected activity of the inputs and cells of a crossbar under a layer's data.
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

  /**
   * Independent bits that are one with other probabilities: of an input pulse of b bits P(u ≠ 0) =
   * 1 − (1 − p)^b and E[u] = p; a pair of cells has one at level 0; XNOR conducts where bits match.
   */
  public static DataActivity of(Encoding encoding, int bitsPerPulse, PeakData data) {
    if (data.inputs() == 0.5 && data.weights() == 0.5) {
      return uniform(encoding, bitsPerPulse);
    }
    double x = data.inputs();
    double w = data.weights();
    if (encoding == Encoding.XNOR) {
      return new DataActivity(0.5, 0.5, x * w + (1 - x) * (1 - w));
    }
    double pulses = 1 - StrictMath.pow(1 - x, bitsPerPulse);
    return new DataActivity(pulses, x, encoding == Encoding.DIFFERENTIAL ? w / 2 : w);
  }

  /** Mean over passes of which each input drives one: its digits are zero in the others. */
  public DataActivity over(int passes) {
    return passes == 1 ? this : new DataActivity(pulses / passes, amplitude / passes, cellLevel);
  }

  /** Mean conductance of a used cell as a share of the largest. */
  public double conductance(double windowFloor) {
    return windowFloor + (1 - windowFloor) * cellLevel;
  }
}
