package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * How much accuracy a network loses by the noise of its layers: fitted on the network itself.
 *
 * <p>Relative errors of layers reach the output in proportion to weights, NSR = Σ κ_l NSR_l, those
 * of cells with weights of their own, and accuracy falls with that ratio along a curve that never
 * rises. Between two points the loss is on a straight line over decibels; beyond the last points it
 * is theirs. Neglected: errors that go along with each other, as those of shared converters; how
 * much that matters is in the band.
 *
 * @param reference accuracy of the trained network in single precision, 0..1
 * @param weights κ of each layer, by name, in the network's order
 * @param points loss by ratio, signal-to-noise rising
 * @param origin how it was fitted
 */
public record AccuracyModel(
    double reference, List<Weight> weights, List<Point> points, String origin) {

  public AccuracyModel {
    weights = List.copyOf(weights);
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("An accuracy model must have a point.");
    }
    for (int i = 1; i < points.size(); i++) {
      Point low = points.get(i - 1);
      Point high = points.get(i);
      if (!(low.snr_dB() < high.snr_dB()) || low.loss() < high.loss()) {
        throw new IllegalArgumentException(
            "The points (" + low + ", " + high + ") must rise in SNR and not rise in loss.");
      }
    }
  }

  /**
   * Weight of a layer.
   *
   * @param layer its name
   * @param ofReads what reaches the output of the noise-to-signal ratio of its reads, drawn anew
   *     for each
   * @param ofCells the same of its cells' errors, which are the same in every read
   * @param structure variance of its products over that of independent inputs and weights
   */
  public record Weight(String layer, double ofReads, double ofCells, double structure) {
    /** Weight of a layer that the model does not know. */
    public static final Weight NONE = new Weight("", 0, 0, 1);

    public Weight {
      for (double kappa : new double[] {ofReads, ofCells, structure}) {
        if (!(kappa >= 0) || kappa == Double.POSITIVE_INFINITY) {
          throw new IllegalArgumentException(
              "The weight ("
                  + kappa
                  + ") of layer ("
                  + layer
                  + ") must be finite and not negative.");
        }
      }
    }
  }

  /**
   * A point of the curve.
   *
   * @param snr_dB signal-to-noise ratio at the output
   * @param loss accuracy lost against the reference, 0..1
   * @param low low end of its band
   * @param high high end of its band
   */
  public record Point(double snr_dB, double loss, double low, double high) {}

  /** Weight of a layer; none if it is not known. */
  public Weight weight(String layer) {
    return weights.stream()
        .filter(weight -> weight.layer().equals(layer))
        .findFirst()
        .orElse(Weight.NONE);
  }

  /** Loss at a signal-to-noise ratio of the output. */
  public double loss(double snr_dB) {
    return at(snr_dB).loss();
  }

  /** Loss and its band at a signal-to-noise ratio of the output. */
  public Point at(double snr_dB) {
    int high = above(snr_dB);
    if (high == 0) {
      return points.get(0);
    }
    if (high == points.size()) {
      return points.get(high - 1);
    }
    Point a = points.get(high - 1);
    Point b = points.get(high);
    double t = (snr_dB - a.snr_dB()) / (b.snr_dB() - a.snr_dB());
    return new Point(
        snr_dB,
        a.loss() + t * (b.loss() - a.loss()),
        a.low() + t * (b.low() - a.low()),
        a.high() + t * (b.high() - a.high()));
  }

  private int above(double snr_dB) {
    int low = 0;
    int high = points.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points.get(middle).snr_dB() <= snr_dB) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The least signal-to-noise ratio of the output at which the loss is at most a limit; infinite if
   * it never is.
   */
  public double snrFor_dB(double loss) {
    for (int i = 0; i < points.size(); i++) {
      Point here = points.get(i);
      if (here.loss() <= loss) {
        if (i == 0) {
          return here.snr_dB();
        }
        Point before = points.get(i - 1);
        double t = (before.loss() - loss) / (before.loss() - here.loss());
        return before.snr_dB() + t * (here.snr_dB() - before.snr_dB());
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
