package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Precision;

/**
 * Sizes of registers set to {@code fit}: the inputs of every row of a PE, the sums of every output
 * of a PE, the outputs of every PE of a tile, one vector each. ISAAC's registers follow this rule:
 * 8 x 128 rows x 16 b = 2 KB, 128 outputs x 16 b = 256 B, 12 x 128 x 16 b = 3 KB (doi
 * 10.1109/ISCA.2016.12).
 *
 * @param inputs_B input register of a PE
 * @param sums_B output register of a PE, whose sums have the bits of weight and input and one for
 *     every doubling of the rows
 * @param tileOutputs_B output register of a tile; 0 where there is nothing to gather
 */
record RegisterSizes(double inputs_B, double sums_B, double tileOutputs_B) {
  static RegisterSizes of(Crossbar crossbar, int cellBits, int pesGathered, Precision precision) {
    double rows = (double) crossbar.rows() * crossbar.perPe();
    double columns = (double) crossbar.columns() * crossbar.perPe();
    int digits = crossbar.weights().digits(precision.weights(), cellBits).count();
    double outputs = Math.ceil(columns / (crossbar.weights().columnsPerDigit() * digits));
    int sumBits =
        precision.weights()
            + precision.inputs()
            + 32
            - Integer.numberOfLeadingZeros(Math.max(1, crossbar.rows() - 1));
    return new RegisterSizes(
        bytes(rows * precision.inputs()),
        bytes(outputs * sumBits),
        pesGathered == 0 ? 0 : bytes(outputs * pesGathered * precision.outputs()));
  }

  private static double bytes(double bits) {
    return Math.max(1, Math.ceil(bits / Units.BITS_PER_BYTE));
  }
}
