package dev.kirchhoff.mapper.slice;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;

/**
 * Number of cells that hold a weight, and of pulses that apply an input.
 *
 * <p>With W weight bits, X input bits, b_c bits per cell and b_x bits per pulse:
 *
 * <table>
 * <caption>Slices of each encoding</caption>
 * <tr><th>weights</th><th>S</th><th>cells abreast</th><th>stacked</th><th>conversions</th></tr>
 * <tr><td>offset binary</td><td>⌈W/b_c⌉</td><td>S</td><td>1</td><td>S</td></tr>
 * <tr><td>differential</td><td>⌈(W−1)/b_c⌉</td><td>2 S</td><td>1</td><td>S</td></tr>
 * <tr><td>differential, digital</td><td>⌈(W−1)/b_c⌉</td><td>2 S</td><td>1</td><td>2 S</td></tr>
 * <tr><td>differential, pair on rows</td><td>⌈(W−1)/b_c⌉</td><td>S</td><td>2</td><td>S</td></tr>
 * <tr><td>XNOR, one bit plane each</td><td>W</td><td>S</td><td>2</td><td>S</td></tr>
 * </table>
 *
 * <p>If the columns of n_s cells of a weight are combined before one conversion, conversions are
 * ⌈S/n_s⌉ instead of S; carries of a chain of adders take further columns for each of them.
 *
 * <p>Inputs take T = ⌈X/b_x⌉ pulses, an amplitude input takes one. Signed inputs take two passes
 * over the magnitude, except with XNOR, whose values are −1 and +1 by nature, and with lines of two
 * polarities, whose sign is one of the X bits. Neglected: the shared sum-of-inputs column or
 * counter of offset binary (one per crossbar, below 1 % of the columns) unless it is stated as a
 * reference column. Valid for W and X of 1 to 31 bits. Source: offset binary as in Shafiee et al.,
 * ISCA 2016, doi 10.1109/ISCA.2016.12; pairs on rows as in Wan et al., Nature 608 (2022), doi
 * 10.1038/s41586-022-04992-8; XNOR with two complementary cells as in Sun et al., DATE 2018, doi
 * 10.23919/DATE.2018.8342235.
 *
 * @param weightSlices S, digits of a weight
 * @param inputSlices T, pulses of an input value
 * @param columnsPerWeight cells of a weight side by side
 * @param rowsPerWeight cells of a weight stacked on rows
 * @param conversionsPerOutput conversions of an output and pass
 */
public record Slicing(
    int weightSlices,
    int inputSlices,
    int columnsPerWeight,
    int rowsPerWeight,
    int conversionsPerOutput) {

  /** The slicing of one layer. */
  public static Slicing of(
      WeightEncoding weights, int cellBits, Input input, int weightBits, int inputBits) {
    int slices = weights.digits(weightBits, cellBits).count();
    return new Slicing(
        slices,
        inputSlices(weights, input, inputBits),
        columnsPerWeight(weights, slices),
        weights.rowsPerWeight(),
        conversionsPerOutput(weights, slices));
  }

  /** T, digits of an input value, each converted, in one pass over its magnitude. */
  public static int inputSlices(WeightEncoding weights, Input input, int inputBits) {
    if (weights.countsMatches()) {
      return inputBits;
    }
    return input.digitsOf(inputBits);
  }

  /** Pulses of an input value in one pass over its magnitude; of a digit that is a train, one. */
  public static int pulses(WeightEncoding weights, Input input, int inputBits) {
    return weights.countsMatches() ? inputBits : input.pulsesOf(inputBits);
  }

  /** Bits that one pulse carries: all of them when the input is an amplitude. */
  public static int bitsPerPulse(Input input, int inputBits) {
    return input.bitsOfPulse(inputBits);
  }

  /** Cells of a weight side by side. */
  public static int columnsPerWeight(WeightEncoding weights, int weightSlices) {
    int carries = weights.carryColumns() * weights.sums(weightSlices);
    return weights.columnsPerDigit() * weightSlices + carries;
  }

  /** Conversions of an output in one pass. */
  public static int conversionsPerOutput(WeightEncoding weights, int weightSlices) {
    int sums = weights.sums(weightSlices);
    return weights.subtractsCodes() ? 2 * sums : sums;
  }

  /** True if signed inputs take a second pass. */
  public static boolean secondPass(WeightEncoding weights, Input input, boolean signedInputs) {
    return signedInputs && !weights.countsMatches() && input.sign() == Input.Sign.SECOND_PASS;
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
