package dev.kirchhoff.mapper.tile;

import dev.kirchhoff.mapper.tile.Tiling.CrossbarSize;
import java.util.List;

/**
 * Reads of one copy of a matrix for one digit of the inputs, mean over the digits.
 *
 * <p>Reads of all rows follow from the {@link Tiling}. With rows of zero digits skipped every row
 * block takes {@link RowReads}; groups that lie block-diagonally in one crossbar share a read if
 * their rows fit among the active ones. The row blocks of a copy proceed from digit to digit in
 * step, so that a digit takes as long as the block with most reads. Neglected: blocks that run
 * ahead of others.
 *
 * @param skips whether rows of zero digits are skipped
 * @param perColumn reads of one column of one group, over all row blocks
 * @param perCopy reads of all crossbars
 * @param longest reads of the crossbar that has most of them
 */
public record CopyReads(boolean skips, double perColumn, double perCopy, double longest) {

  /** Reads of all rows. */
  public static CopyReads ofAllRows(Tiling tiling) {
    return new CopyReads(
        false, tiling.readsPerColumn(), tiling.readsPerSlice(), tiling.rowGroupsLongest());
  }

  /**
   * Reads of the rows that are driven.
   *
   * @param rowsPerWeight rows that an input drives together
   * @param shares share of inputs that are not zero, by digit and pass; at least one
   */
  public static CopyReads ofDrivenRows(
      Tiling tiling, int rowsPerWeight, CrossbarSize side, List<Double> shares) {
    double perColumn = 0;
    double perCopy = 0;
    double longest = 0;
    for (double share : shares) {
      CopyReads ofDigit =
          tiling.groupsPerCrossbar() > 1
              ? packed(tiling, rowsPerWeight, side, share)
              : cut(tiling, rowsPerWeight, side, share);
      perColumn += ofDigit.perColumn() / shares.size();
      perCopy += ofDigit.perCopy() / shares.size();
      longest += ofDigit.longest() / shares.size();
    }
    return new CopyReads(true, perColumn, perCopy, longest);
  }

  private static CopyReads cut(Tiling tiling, int rowsPerWeight, CrossbarSize side, double share) {
    int height = tiling.parts().height();
    int down = (height + side.rows() - 1) / side.rows();
    int rest = height - (down - 1) * side.rows();
    RowReads last = RowReads.of(rest, rowsPerWeight, side.rowsActive(), share);
    RowReads full =
        down > 1 ? RowReads.of(side.rows(), rowsPerWeight, side.rowsActive(), share) : last;
    double ofPart = (down - 1) * full.mean() + last.mean();
    double parts = tiling.parts().count();
    return new CopyReads(
        true,
        (double) tiling.rowBlocks() / down * ofPart,
        parts * tiling.columnBlocks() * ofPart,
        full.most(parts * (down - 1), last, parts));
  }

  private static CopyReads packed(
      Tiling tiling, int rowsPerWeight, CrossbarSize side, double share) {
    int height = tiling.parts().height();
    int together = tiling.groupsPerCrossbar();
    int perRead = Math.max(1, Math.min(together, side.rowsActive() / height));
    RowReads ofSet = RowReads.of(perRead * height, rowsPerWeight, side.rowsActive(), share);
    int sets = together / perRead;
    int rest = together - sets * perRead;
    RowReads ofCrossbar = ofSet.times(sets);
    double perColumn = sets * perRead * ofSet.mean();
    if (rest > 0) {
      RowReads last = RowReads.of(rest * height, rowsPerWeight, side.rowsActive(), share);
      ofCrossbar = ofCrossbar.plus(last);
      perColumn += rest * last.mean();
    }
    return new CopyReads(
        true,
        perColumn / together,
        tiling.crossbars() * ofCrossbar.mean(),
        ofCrossbar.most(tiling.crossbars(), ofCrossbar, 0));
  }
}
