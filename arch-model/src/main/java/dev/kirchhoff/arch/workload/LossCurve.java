package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * Share of decisions that is lost by the signal-to-noise ratio of a network's output: it never
 * rises with the ratio. Between two points it lies on a straight line over decibels; above the last
 * point it is that point's. Below the first, where decisions are those of chance, it rises on by at
 * most a hundredth of what is still kept there, half of that within 10 dB, so that a search can
 * tell which of two designs that decide by chance is the noisier one.
 *
 * @param points points, the ratio rising; none where nothing is known
 */
public record LossCurve(List<Point> points) {
  /** Nothing is known. */
  public static final LossCurve NONE = new LossCurve(List.of());

  /** Most that is lost below the first point, as a share of what is kept there (chosen). */
  private static final double TAIL = 0.01;

  /** Decibels below the first point at which half of that share is lost (chosen). */
  private static final double TAIL_DB = 10;

  public LossCurve {
    points = List.copyOf(points);
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
   * A point of the curve.
   *
   * @param snr_dB signal-to-noise ratio at the output
   * @param loss share that is lost, 0..1
   * @param low low end of its band
   * @param high high end of its band
   */
  public record Point(double snr_dB, double loss, double low, double high) {}

  /** True if it has a point. */
  public boolean isKnown() {
    return !points.isEmpty();
  }

  /**
   * Loss at a signal-to-noise ratio of the output.
   *
   * @throws IndexOutOfBoundsException unless it is known
   */
  public double loss(double snr_dB) {
    return at(snr_dB).loss();
  }

  /**
   * Loss and its band at an estimated signal-to-noise ratio of the output.
   *
   * @throws IndexOutOfBoundsException unless it is known
   */
  public Point at(double snr_dB) {
    int high = above(snr_dB);
    if (high == 0) {
      return below(points.get(0), snr_dB);
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

  private static Point below(Point first, double snr_dB) {
    double below_dB = first.snr_dB() - snr_dB;
    double share = below_dB < Double.POSITIVE_INFINITY ? below_dB / (below_dB + TAIL_DB) : 1;
    double lost = TAIL * share * (1 - first.loss());
    return new Point(
        snr_dB,
        first.loss() + lost,
        Math.min(1, first.low() + lost),
        Math.min(1, first.high() + lost));
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
   * The least estimated signal-to-noise ratio of the output at which the loss is at most a limit;
   * infinite if it never is.
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
