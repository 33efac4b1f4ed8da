package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.mapper.column.DigitStatistics;
import dev.kirchhoff.mapper.tile.CopyReads;
import dev.kirchhoff.mapper.tile.Tiling;

/**
 * Argument of the reads of driven rows.
 *
 * @param tiling tiling of the matrix
 * @param rowsPerWeight rows that an input drives together
 * @param side size of a crossbar
 * @param inputs digits of the inputs
 */
record DrivenReads(
    Tiling tiling, int rowsPerWeight, Tiling.CrossbarSize side, DigitStatistics inputs) {
  CopyReads reads() {
    return CopyReads.ofDrivenRows(tiling, rowsPerWeight, side, inputs.drivenShares());
  }
}
