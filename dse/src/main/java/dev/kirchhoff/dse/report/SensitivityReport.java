package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.LossCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Sensitivity of a network's decisions to errors of its layers.
 *
 * @param network its file
 * @param decisions what it decides
 * @param items items that it was measured on
 * @param accuracy accuracy in single precision; absent without labels
 * @param layers its layers
 * @param levels ratios at the output that keep shares of the decisions
 */
public record SensitivityReport(
    String network,
    String decisions,
    int items,
    OptionalDouble accuracy,
    List<LayerRow> layers,
    List<LevelRow> levels) {
  private static final double[] SHARES = {0.99, 0.98, 0.95, 0.9, 0.8, 0.5};

  public SensitivityReport {
    layers = List.copyOf(layers);
    levels = List.copyOf(levels);
  }

  /**
   * Weights by which errors of a layer, over its signal, reach the output.
   *
   * @param reads of noise drawn anew for each read
   * @param cells of what is the same in every read
   * @param clipping of sums that are cut
   */
  public record LayerRow(String layer, double reads, double cells, double clipping) {}

  /**
   * A share of decisions.
   *
   * @param agreement share that is kept
   * @param snr_dB least ratio at the output that keeps it; absent if none does
   * @param each_dB the same ratio in every layer, half of it by reads, half by cells
   * @param accuracyLoss accuracy lost there; absent without labels
   */
  public record LevelRow(
      double agreement,
      OptionalDouble snr_dB,
      OptionalDouble each_dB,
      OptionalDouble accuracyLoss) {}

  /** The report of a model. */
  public static SensitivityReport of(
      String network, String decisions, int items, AccuracyModel model) {
    List<LayerRow> layers = new ArrayList<>();
    double reaching = 0;
    for (AccuracyModel.Weight weight : model.weights()) {
      layers.add(
          new LayerRow(weight.layer(), weight.ofReadout(), weight.ofCells(), weight.ofClipping()));
      reaching += (weight.ofReadout() + weight.ofCells()) / 2;
    }
    List<LevelRow> levels = new ArrayList<>();
    for (double share : SHARES) {
      double snr_dB = model.decisions().snrFor_dB(1 - share);
      boolean isKept = Double.isFinite(snr_dB);
      levels.add(
          new LevelRow(
              share,
              known(snr_dB, isKept),
              known(snr_dB + 10 * Math.log10(reaching), isKept && reaching > 0),
              known(
                  isKept && model.accuracy().isKnown() ? model.accuracy().loss(snr_dB) : 0,
                  isKept && model.accuracy().isKnown())));
    }
    LossCurve accuracy = model.accuracy();
    return new SensitivityReport(
        network, decisions, items, known(model.reference(), accuracy.isKnown()), layers, levels);
  }

  private static OptionalDouble known(double value, boolean isKnown) {
    return isKnown ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
