package dev.kirchhoff.mapper.traffic;

import java.util.Optional;

/**
 * Inputs of the traffic model for one layer, beside what it reads and joins: its blocks on tiles,
 * its partial sums, and bits that it exchanges with the port.
 *
 * @param blocks its blocks; empty for a dynamic matrix on digital units, which is multiplied where
 *     its first operand is made
 * @param isWritten whether its second operand is written into its blocks
 * @param sum_bits bits of all its outputs as partial sums
 * @param spillOut_bits bits of maps that buffers do not hold, written through the port
 * @param spillIn_bits bits of such maps read back
 * @param output_bits bits of the output that leave the chip
 */
public record LayerTraffic(
    Optional<BlockGrid> blocks,
    boolean isWritten,
    double sum_bits,
    double spillOut_bits,
    double spillIn_bits,
    double output_bits) {

  /** The layer with maps that buffers do not hold. */
  public LayerTraffic withSpill(double out_bits, double in_bits) {
    return new LayerTraffic(blocks, isWritten, sum_bits, out_bits, in_bits, output_bits);
  }
}
