package dev.kirchhoff.mapper.schedule;

import java.util.Arrays;
import java.util.List;

/**
 * Partition of layers onto equal chips: runs of layers in topological order, one chip after
 * another, so that the fewest bits are sent from chip to chip.
 *
 * <p>Chips stand in a row; what a later chip takes from an earlier one passes every boundary
 * between them. A layer that is larger than a chip has as many of its own as it needs. Traffic of a
 * cut is then the sum over boundaries of what is alive there. <b>Exact:</b> g(c, i) = min over j of
 * g(c − chips of run j .. i, j) + traffic(j), for the first i layers on at most c chips; the last
 * run of a best cut is some j .. i and the rest is a cut of the first j on the other chips. The
 * fewest chips are those of first fit, which is best for runs: by induction no cut reaches further
 * with as many chips.
 */
public final class ChipCut {
  private final int[] chipOf;
  private final int chips;
  private final double missing;

  private ChipCut(int[] chipOf, int chips, double missing) {
    this.chipOf = chipOf;
    this.chips = chips;
    this.missing = missing;
  }

  /**
   * Demand of one layer.
   *
   * @param crossbars crossbars with all copies; 0 for digital ones, which stand where the layer
   *     before stands
   * @param alive_bits bits that are alive before the layer
   */
  public record Demand(double crossbars, double alive_bits) {}

  /** The cut of layers onto as few chips of so many crossbars as they need. */
  public static ChipCut onFewest(List<Demand> layers, double perChip) {
    FirstFit fit = FirstFit.of(layers, perChip, Integer.MAX_VALUE);
    return cut(layers, perChip, Math.max(1, fit.chips()));
  }

  /** The cut of layers onto at most so many chips; without a cut where these lack crossbars. */
  public static ChipCut onAtMost(List<Demand> layers, double perChip, int chips) {
    FirstFit fit = FirstFit.of(layers, perChip, chips);
    return fit.missing() > 0
        ? new ChipCut(new int[layers.size()], chips, fit.missing())
        : cut(layers, perChip, chips);
  }

  /** Chips that layers take in their order, and crossbars beyond those of the most chips. */
  private record FirstFit(int chips, double missing) {
    static FirstFit of(List<Demand> layers, double perChip, int most) {
      int number = 0;
      double left = 0;
      double missing = 0;
      for (Demand layer : layers) {
        double crossbars = layer.crossbars();
        if (crossbars > left || number == 0) {
          int taken = (int) Math.max(1, Math.ceil(crossbars / perChip));
          if (taken > most - number) {
            missing += Math.max(0, crossbars - (most - number) * perChip);
            number = most;
            left = 0;
            continue;
          }
          number += taken;
          left = taken > 1 ? crossbars : perChip;
        }
        left -= crossbars;
      }
      return new FirstFit(number, missing);
    }
  }

  private static ChipCut cut(List<Demand> demands, double perChip, int chips) {
    int layers = demands.size();
    double[][] best = new double[chips + 1][layers + 1];
    int[][] from = new int[chips + 1][layers + 1];
    for (int c = 0; c <= chips; c++) {
      Arrays.fill(best[c], 1, layers + 1, Double.POSITIVE_INFINITY);
      for (int i = 1; i <= layers; i++) {
        double size = 0;
        for (int j = i - 1; j >= 0; j--) {
          size += demands.get(j).crossbars();
          boolean alone = size == demands.get(i - 1).crossbars();
          if (size > perChip && !alone) {
            break;
          }
          int taken = (int) Math.ceil(size / perChip);
          if (taken > c) {
            break;
          }
          double sent = best[c - taken][j] + (j > 0 && taken > 0 ? demands.get(j).alive_bits() : 0);
          if (sent < best[c][i]) {
            best[c][i] = sent;
            from[c][i] = j;
          }
        }
      }
    }
    return new ChipCut(trace(demands, perChip, from), chips, 0);
  }

  /** Follows a best cut back from the last layer. */
  private static int[] trace(List<Demand> demands, double perChip, int[][] from) {
    int[] chipOf = new int[demands.size()];
    int c = from.length - 1;
    for (int i = chipOf.length; i > 0; ) {
      int j = from[c][i];
      double size = 0;
      for (int l = j; l < i; l++) {
        size += demands.get(l).crossbars();
      }
      int taken = (int) Math.ceil(size / perChip);
      Arrays.fill(chipOf, j, i, Math.max(0, c - Math.max(1, taken)));
      c -= taken;
      i = j;
    }
    // Chips that are not needed are the last ones.
    for (int l = 0; l < chipOf.length; l++) {
      chipOf[l] = Math.max(0, chipOf[l] - c);
    }
    return chipOf;
  }

  /** Number of chips. */
  public int chips() {
    return chips;
  }

  /** The first chip of a layer; the first of all where crossbars are missing. */
  public int chipOf(int layer) {
    return chipOf[layer];
  }

  /** Crossbars that the chips lack. */
  public double missing() {
    return missing;
  }
}
