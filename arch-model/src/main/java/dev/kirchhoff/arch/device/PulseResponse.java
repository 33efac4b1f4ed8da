package dev.kirchhoff.arch.device;

import dev.kirchhoff.arch.random.RandomKey;

/**
 * Conductance change by single pulses: non-linear, asymmetric between up and down, with
 * cycle-to-cycle variation.
 *
 * <p>Up (potentiation): g(P) = G_min + B (1 − e^(−P/A)), so a step is (G_min + B − g)(1 −
 * e^(−1/A)), B = (G_max − G_min)/(1 − e^(−N/A)); down (depression) is the mirror image with an A of
 * its own. A is counted in pulses: infinite = linear. Each step has an error of c (G_max − G_min).
 * Source: the behavioural model of NeuroSim (Chen, Peng, Yu, IEEE TCAD 37 (2018), doi
 * 10.1109/TCAD.2018.2789723), equations read. Neglected: pulse shapes, history before the pulse.
 *
 * @param window conductance window
 * @param pulses N, pulses from one end of the window to the other
 * @param up A of potentiation in pulses
 * @param down A of depression in pulses
 * @param cycleToCycle c, standard deviation of a step's error as a share of the window
 */
public record PulseResponse(
    ConductanceWindow window, int pulses, double up, double down, double cycleToCycle) {

  public PulseResponse {
    if (pulses < 1 || !(up > 0) || !(down > 0) || !(cycleToCycle >= 0)) {
      throw new IllegalArgumentException(
          "A pulse response must have pulses ("
              + pulses
              + "), positive curvatures ("
              + up
              + ", "
              + down
              + ") and a variation ("
              + cycleToCycle
              + ") of at least 0.");
    }
  }

  /**
   * Conductance after one pulse, within the window.
   *
   * @param g_uS conductance before it
   * @param isUp whether the pulse raises it
   * @param draw standard normal draw of its error
   */
  public double after_uS(double g_uS, boolean isUp, double draw) {
    double width_uS = window.max_uS() - window.min_uS();
    double from = isUp ? g_uS - window.min_uS() : window.max_uS() - g_uS;
    double to = from + step(from / width_uS, isUp ? up : down) * width_uS;
    double moved = isUp ? window.min_uS() + to : window.max_uS() - to;
    return Math.min(
        window.max_uS(), Math.max(window.min_uS(), moved + cycleToCycle * width_uS * draw));
  }

  private double step(double share, double curvature) {
    if (curvature == Double.POSITIVE_INFINITY) {
      return 1.0 / pulses;
    }
    double reach = -1 / StrictMath.expm1(-pulses / curvature);
    return (reach - share) * -StrictMath.expm1(-1 / curvature);
  }

  /**
   * Outcome of write-verify.
   *
   * @param conductance_uS conductance that was accepted, or reached when pulses ran out
   * @param pulses pulses that it took
   * @param accepted whether it lies within the acceptance
   */
  public record WriteOutcome(double conductance_uS, int pulses, boolean accepted) {}

  /**
   * Writes a cell with a read after each pulse until it is close enough.
   *
   * @param start_uS conductance before
   * @param target_uS conductance that is aimed at
   * @param acceptance_uS largest difference that is accepted
   * @param mostPulses pulses after which it is left as it is
   * @param key random numbers of this cell
   */
  public WriteOutcome writeVerify(
      double start_uS, double target_uS, double acceptance_uS, int mostPulses, RandomKey key) {
    double g_uS = start_uS;
    for (int pulse = 0; pulse < mostPulses; pulse++) {
      if (Math.abs(g_uS - target_uS) <= acceptance_uS) {
        return new WriteOutcome(g_uS, pulse, true);
      }
      g_uS = after_uS(g_uS, g_uS < target_uS, key.gaussian(pulse));
    }
    return new WriteOutcome(g_uS, mostPulses, Math.abs(g_uS - target_uS) <= acceptance_uS);
  }

  /**
   * Writes a cell without looking: the pulses that the curve without variation asks for, from the
   * end of the window.
   *
   * @param target_uS conductance that is aimed at
   * @param key random numbers of this cell
   */
  public WriteOutcome writeBlind(double target_uS, RandomKey key) {
    double ideal_uS = window.min_uS();
    double g_uS = ideal_uS;
    int pulse = 0;
    while (pulse < pulses) {
      double next_uS = after_uS(ideal_uS, true, 0);
      if (next_uS - target_uS > target_uS - ideal_uS) {
        break;
      }
      ideal_uS = next_uS;
      g_uS = after_uS(g_uS, true, key.gaussian(pulse));
      pulse++;
    }
    return new WriteOutcome(g_uS, pulse, true);
  }
}
