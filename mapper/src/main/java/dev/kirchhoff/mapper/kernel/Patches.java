package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.mapper.data.GreyImage;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * Patches of an image as vectors, a dictionary for them, and scores of their codes.
 *
 * @param vectors samples by patch
 * @param dictionary elements by sample, then atom
 */
record Patches(double[][] vectors, double[][] dictionary) {
  static final Outcome.Measure RESIDUAL = new Outcome.Measure("residual", "residual", "", false);
  static final Outcome.Measure ACTIVE = new Outcome.Measure("active", "active atoms", "", false);

  /**
   * Patches at equal distances among the blocks of an image, from the first: less the mean of each,
   * over the root mean square of all.
   *
   * @param most number of patches, or all if there are fewer
   * @param cosines cosines of the dictionary in each direction
   */
  static Patches of(GreyImage image, int side, int most, int cosines) {
    double[][] lines = ImageBlocks.of(image, side);
    int blocks = lines.length / side;
    double[][] patches = new double[Math.min(most, blocks)][side * side];
    double squares = 0;
    for (int p = 0; p < patches.length; p++) {
      int block = (int) ((long) p * blocks / patches.length);
      double mean = 0;
      for (int i = 0; i < side * side; i++) {
        patches[p][i] = lines[block * side + i / side][i % side];
        mean += patches[p][i] / (side * side);
      }
      for (int i = 0; i < side * side; i++) {
        patches[p][i] -= mean;
      }
      squares += LinearAlgebra.dot(patches[p], patches[p]);
    }
    double scale = Math.sqrt(squares / (patches.length * side * side));
    for (double[] patch : patches) {
      LinearAlgebra.scale(patch, scale == 0 ? 1 : 1 / scale);
    }
    return new Patches(patches, cosines(side, cosines));
  }

  /**
   * Overcomplete dictionary of cosines: products of f cosines in each direction, each less its mean
   * but the constant one, of unit length; the constant product is left out.
   *
   * <pre>c_k(i) = cos(π k (i + 1/2) / f),  k = 0 .. f − 1</pre>
   *
   * <p>After M. Elad, M. Aharon, IEEE Trans. Image Processing 15, 3736 (2006), doi
   * 10.1109/TIP.2006.881969, section III.
   *
   * @return elements by sample of a patch, then atom; f² − 1 atoms
   */
  private static double[][] cosines(int side, int frequencies) {
    double[][] cosines = new double[frequencies][side];
    for (int k = 0; k < frequencies; k++) {
      double mean = 0;
      for (int i = 0; i < side; i++) {
        cosines[k][i] = StrictMath.cos(Math.PI * k * (i + 0.5) / frequencies);
        mean += cosines[k][i] / side;
      }
      for (int i = 0; i < side && k > 0; i++) {
        cosines[k][i] -= mean;
      }
      LinearAlgebra.scale(cosines[k], 1 / LinearAlgebra.norm(cosines[k]));
    }
    double[][] dictionary = new double[side * side][frequencies * frequencies - 1];
    for (int i = 0; i < side * side; i++) {
      for (int k = 1; k < frequencies * frequencies; k++) {
        dictionary[i][k - 1] =
            cosines[k / frequencies][i / side] * cosines[k % frequencies][i % side];
      }
    }
    return dictionary;
  }

  /** Vectors less others. */
  static double[][] differences(double[][] vectors, double[][] others) {
    double[][] differences = new double[vectors.length][];
    for (int p = 0; p < vectors.length; p++) {
      differences[p] = vectors[p].clone();
      LinearAlgebra.add(differences[p], -1, others[p]);
    }
    return differences;
  }

  /** |x − D a| / |x| over all patches; 0 if all of them are flat. */
  double residual(double[][] codes) {
    double[][] decoded = new double[codes.length][];
    Arrays.setAll(decoded, p -> LinearAlgebra.product(dictionary, codes[p]));
    double total = squares(vectors);
    return total == 0 ? 0 : Math.sqrt(squares(differences(vectors, decoded)) / total);
  }

  private static double squares(double[][] vectors) {
    return Arrays.stream(vectors).mapToDouble(x -> LinearAlgebra.dot(x, x)).sum();
  }

  /** Mean number of atoms that a patch uses. */
  static double active(double[][] codes) {
    double active = 0;
    for (double[] code : codes) {
      for (double a : code) {
        active += a == 0 ? 0 : 1;
      }
    }
    return active / codes.length;
  }
}
