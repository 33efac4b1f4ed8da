package dev.kirchhoff.arch.device;

import dev.kirchhoff.arch.random.RandomKey;

/**
 * Sampler of the cells of a crossbar: every cell has a programming error, a drift and faults of its
 * own, which depend on the crossbar's key and the cell's number only.
 *
 * <p>The same key at another age gives the same cells at another age. Neglected: correlation
 * between cells.
 */
public final class CellSampler {
  private static final int ERRORS = 0;
  private static final int FAULTS = 1;

  private final ConductanceLaw law;
  private final ConductanceWindow window;
  private final DeviceStatistics.Faults faults;
  private final Effects effects;
  private final double age_s;

  /**
   * Non-idealities that are drawn.
   *
   * @param programming error of programming
   * @param ageing drift and relaxation; without it cells are as just programmed
   * @param readNoise noise of a read
   * @param stuck stuck cells
   */
  public record Effects(boolean programming, boolean ageing, boolean readNoise, boolean stuck) {
    /** All effects. */
    public static final Effects ALL = new Effects(true, true, true, true);

    /** Cells that are what was written. */
    public static final Effects NONE = new Effects(false, false, false, false);
  }

  /**
   * Cells of a device at an age.
   *
   * @param device the device
   * @param effects which effects are drawn
   * @param age_s time since programming
   */
  public CellSampler(Device device, Effects effects, double age_s) {
    this.law = ConductanceLaw.of(device);
    this.window = device.window();
    this.faults = device.statistics().faults();
    this.effects = effects;
    this.age_s = effects.ageing() ? age_s : 0;
  }

  /**
   * Sets conductances and read noise of the cells of one crossbar.
   *
   * @param crossbar key of the crossbar and its draw
   * @param target_uS what each cell was to be
   * @param conductance_uS what each is
   * @param readSigma_uS standard deviation of a read of each
   */
  public void sample(
      RandomKey crossbar, double[] target_uS, double[] conductance_uS, double[] readSigma_uS) {
    RandomKey errors = crossbar.child(ERRORS);
    RandomKey broken = crossbar.child(FAULTS);
    for (int cell = 0; cell < target_uS.length; cell++) {
      double programming = effects.programming() ? errors.gaussian(2L * cell) : 0;
      double ageing = effects.ageing() ? errors.gaussian(2L * cell + 1) : 0;
      double written_uS = law.programmed_uS(target_uS[cell], programming);
      double g_uS =
          effects.ageing() ? law.aged_uS(target_uS[cell], age_s, programming, ageing) : written_uS;
      if (effects.stuck() && faults.low() + faults.high() > 0) {
        double share = broken.uniform(cell);
        if (share < faults.low()) {
          g_uS = window.min_uS();
          written_uS = g_uS;
        } else if (share < faults.low() + faults.high()) {
          g_uS = window.max_uS();
          written_uS = g_uS;
        }
      }
      conductance_uS[cell] = g_uS;
      readSigma_uS[cell] = effects.readNoise() ? law.readSigma_uS(written_uS, g_uS, age_s) : 0;
    }
  }

  /** True if a cell of a crossbar keeps the conductance it has whatever is written. */
  public boolean isStuck(RandomKey crossbar, int cell) {
    return effects.stuck()
        && faults.low() + faults.high() > 0
        && crossbar.child(FAULTS).uniform(cell) < faults.low() + faults.high();
  }
}
