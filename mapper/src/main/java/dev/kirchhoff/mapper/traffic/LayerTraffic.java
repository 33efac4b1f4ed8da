package dev.kirchhoff.mapper.traffic;

import java.util.Optional;

/**
 * Inputs of the traffic model for one layer, besides its reads and joins: its blocks on tiles, its
 * partial sums, and its outputs that leave the chip.
 *
 * @param blocks its blocks; empty for a dynamic matrix on digital units, which is multiplied where
 *     its first operand is made
 * @param isWritten whether its second operand is written into its blocks
 * @param sum_bits bits of all its outputs as partial sums
 * @param output_bits bits of the output that leave the chip
 */
public record LayerTraffic(
    Optional<BlockGrid> blocks, boolean isWritten, double sum_bits, double output_bits) {}
