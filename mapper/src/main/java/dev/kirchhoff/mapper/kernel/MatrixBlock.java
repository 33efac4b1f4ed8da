package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Block of a square matrix that stands at one place of it or, with equal cells, at several.
 *
 * @param cells elements of its array, by row, then column
 * @param places block row and block column of each place
 */
record MatrixBlock(double[][] cells, List<int[]> places) {
  /** Arrays of one matrix at most (chosen: each is simulated, placed and told apart). */
  static final int MOST = 1024;

  /**
   * Distinct blocks of a matrix, those of zeros left out.
   *
   * @param size rows of the matrix
   * @param side rows of a block
   * @param cells elements of the block at a block row and block column
   * @throws Unfit if they are more than {@value #MOST}; its key is {@code block}
   */
  static List<MatrixBlock> distinct(int size, int side, Function<int[], double[][]> cells)
      throws Unfit {
    // Equal blocks have equal rows: blocks of other shapes differ.
    Map<List<List<Double>>, MatrixBlock> unique = new LinkedHashMap<>();
    int across = (size + side - 1) / side;
    for (int place = 0; place < across * across; place++) {
      int[] position = {place / across, place % across};
      double[][] found = cells.apply(position);
      List<List<Double>> key =
          Arrays.stream(found).map(row -> Arrays.stream(row).boxed().toList()).toList();
      if (key.stream().flatMap(List::stream).anyMatch(value -> value != 0)) {
        unique
            .computeIfAbsent(key, k -> new MatrixBlock(found, new ArrayList<>()))
            .places()
            .add(position);
        if (unique.size() > MOST) {
          throw new Unfit(
              "block",
              "of "
                  + side
                  + " cuts the matrix of "
                  + size
                  + " rows into more than "
                  + MOST
                  + " different blocks; take larger ones");
        }
      }
    }
    return List.copyOf(unique.values());
  }
}
