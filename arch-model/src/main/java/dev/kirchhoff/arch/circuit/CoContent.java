package dev.kirchhoff.arch.circuit;

/**
 * The co-content of a circuit, Σ ∫ I dV of cells and wires less what the ends supply, on the way
 * from one state to another: its slope along that way, which is zero where the co-content is least
 * if currents rise with voltage.
 */
final class CoContent {
  private static final int HALVINGS = 60;

  /** A search along a step ends where the slope is at most this share of that at its start. */
  private static final double LEVEL = 1e-3;

  /** Longest step, in multiples of the whole step. */
  private static final double LONGEST = 1 << 20;

  private final CellLaw law;
  private final double[] conductance_uS;
  private final double[] start_V;
  private final double[] way_V;
  private final double wiresAtStart;
  private final double wiresAtEnd;

  CoContent(
      NodeState from,
      NodeState to,
      Lines wordlines,
      Lines bitlines,
      CellLaw law,
      double[] conductance_uS) {
    this.law = law;
    this.conductance_uS = conductance_uS;
    int nodes = conductance_uS.length;
    double[] wordlineWay_V = new double[nodes];
    double[] bitlineWay_V = new double[nodes];
    start_V = new double[nodes];
    way_V = new double[nodes];
    for (int cell = 0; cell < nodes; cell++) {
      wordlineWay_V[cell] = to.wordline_V[cell] - from.wordline_V[cell];
      bitlineWay_V[cell] = to.bitline_V[cell] - from.bitline_V[cell];
      start_V[cell] = from.wordline_V[cell] - from.bitline_V[cell];
      way_V[cell] = wordlineWay_V[cell] - bitlineWay_V[cell];
    }
    wiresAtStart =
        wordlines.wiresAlong(from.wordline_V, wordlineWay_V)
            + bitlines.wiresAlong(from.bitline_V, bitlineWay_V);
    wiresAtEnd =
        wordlines.wiresAlong(to.wordline_V, wordlineWay_V)
            + bitlines.wiresAlong(to.bitline_V, bitlineWay_V);
  }

  double slope(double share) {
    double slope = -(wiresAtStart + share * (wiresAtEnd - wiresAtStart));
    for (int cell = 0; cell < way_V.length; cell++) {
      if (way_V[cell] != 0) {
        double volts = start_V[cell] + share * way_V[cell];
        slope += way_V[cell] * law.current_uA(conductance_uS[cell], volts);
      }
    }
    return slope;
  }

  /**
   * Step length, as a share of the whole step, at which the co-content is least.
   *
   * @param isLess whether the residual is less at the end of the whole step; decides where the
   *     co-content does not fall at its start
   */
  double share(boolean isLess) {
    double first = slope(0);
    if (!(first < 0)) {
      return isLess ? 1 : 0.5;
    }
    double low = 0;
    double share = 1;
    double slope = slope(share);
    while (slope < LEVEL * first && share < LONGEST) {
      low = share;
      share *= 2;
      slope = slope(share);
    }
    double high = share;
    for (int halving = 0; halving < HALVINGS && !(Math.abs(slope) <= -LEVEL * first); halving++) {
      share = low + (high - low) / 2;
      slope = slope(share);
      if (slope < 0) {
        low = share;
      } else {
        high = share;
      }
    }
    return share;
  }
}
