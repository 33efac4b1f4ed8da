package dev.kirchhoff.mapper.schedule;

import java.util.Arrays;

/**
 * Which layers lie on which of several equal chips: runs of layers in topological order, one chip
 * after another, so that least is sent from chip to chip.
 *
 * <p>Chips stand in a row; what a later chip takes from an earlier one passes every boundary
 * between them. A layer that is larger than a chip has as many of its own as it needs. Traffic of a
 * cut is then the sum over boundaries of what is alive there. <b>Exact:</b> g(c, i) = min over j of
 * g(c − chips of run j .. i, j) + traffic(j), for the first i layers on at most c chips; the last
 * run of a best cut is some j .. i and the rest is a cut of the first j on the other chips. The
 * fewest chips are those of first fit, which is best for runs: by induction no cut reaches further
 * with as many chips. Scratch; not safe for several threads.
 */
public final class ChipCut {
  private int[] chipOf = new int[32];
  private int chips;
  private double missing;

  /**
   * Cuts layers.
   *
   * @param crossbars crossbars of each layer; 0 for digital ones, which stand where the layer
   *     before stands
   * @param traffic what is alive before each layer
   * @param perChip crossbars of a chip
   * @param most chips that there are; 0 = as many as are needed
   */
  public void plan(double[] crossbars, double[] traffic, int layers, double perChip, int most) {
    if (chipOf.length < layers) {
      chipOf = new int[layers];
    }
    int fewest = firstFit(crossbars, layers, perChip, most);
    chips = Math.max(1, most == 0 ? fewest : most);
    if (missing > 0) {
      return;
    }
    double[][] best = new double[chips + 1][layers + 1];
    int[][] from = new int[chips + 1][layers + 1];
    for (int c = 0; c <= chips; c++) {
      Arrays.fill(best[c], 1, layers + 1, Double.POSITIVE_INFINITY);
      for (int i = 1; i <= layers; i++) {
        double size = 0;
        for (int j = i - 1; j >= 0; j--) {
          size += crossbars[j];
          boolean alone = size == crossbars[i - 1];
          if (size > perChip && !alone) {
            break;
          }
          int taken = (int) Math.ceil(size / perChip);
          if (taken > c) {
            break;
          }
          double sent = best[c - taken][j] + (j > 0 && taken > 0 ? traffic[j] : 0);
          if (sent < best[c][i]) {
            best[c][i] = sent;
            from[c][i] = j;
          }
        }
      }
    }
    trace(crossbars, layers, perChip, from);
  }

  private void trace(double[] crossbars, int layers, double perChip, int[][] from) {
    int c = chips;
    for (int i = layers; i > 0; ) {
      int j = from[c][i];
      double size = 0;
      for (int l = j; l < i; l++) {
        size += crossbars[l];
      }
      int taken = (int) Math.ceil(size / perChip);
      Arrays.fill(chipOf, j, i, Math.max(0, c - Math.max(1, taken)));
      c -= taken;
      i = j;
    }
    // Chips that are not needed are the last ones.
    for (int l = 0; l < layers; l++) {
      chipOf[l] = Math.max(0, chipOf[l] - c);
    }
  }

  /** Chips that first fit takes; sets what is missing beyond {@code most}. */
  private int firstFit(double[] crossbars, int layers, double perChip, int most) {
    int number = 0;
    double left = 0;
    missing = 0;
    for (int l = 0; l < layers; l++) {
      if (crossbars[l] > left || number == 0) {
        int taken = (int) Math.max(1, Math.ceil(crossbars[l] / perChip));
        if (most > 0 && number + taken > most) {
          missing += Math.max(0, crossbars[l] - (most - number) * perChip);
          number = most;
          left = 0;
          continue;
        }
        number += taken;
        left = taken > 1 ? crossbars[l] : perChip;
      }
      left -= crossbars[l];
    }
    return number;
  }

  /** Chips that there are. */
  public int chips() {
    return chips;
  }

  /** The first chip of a layer. */
  public int chipOf(int layer) {
    return chipOf[layer];
  }

  /** Crossbars that the chips lack. */
  public double missing() {
    return missing;
  }
}
