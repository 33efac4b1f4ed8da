package dev.kirchhoff.arch.device;

/**
 * The window of conductance that a device can be programmed to.
 *
 * @param min_uS conductance of the high-resistance state
 * @param max_uS conductance of the low-resistance state
 * @param levels number of states that can be told apart after programming; a cell of b bits needs
 *     2^b of them
 */
public record ConductanceWindow(double min_uS, double max_uS, int levels) {
  public ConductanceWindow {
    if (!(min_uS >= 0) || !(max_uS > min_uS)) {
      throw new IllegalArgumentException(
          "The conductance window ("
              + min_uS
              + " .. "
              + max_uS
              + " uS) must have a positive width.");
    }
  }

  /** Ratio of largest to smallest conductance; infinite for an ideal off state. */
  public double onOffRatio() {
    return max_uS / min_uS;
  }
}
