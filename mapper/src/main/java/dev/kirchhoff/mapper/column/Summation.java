package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.circuit.Thermal;

/**
 * Quantity that the cells of a column add up, with the thermal noise and the offset of its sum.
 *
 * <p>Variances are in squares of one cell level times one step of the input. T is the temperature,
 * ΔG a level's conductance, V the read voltage, I = ΔG V a level's current.
 */
public sealed interface Summation {
  /** Summation principle of the columns of a crossbar. */
  static Summation of(Crossbar crossbar, Cell cell, Input input, AnalogPath path) {
    return switch (crossbar.compute().kind()) {
      case CURRENT, DISCHARGE ->
          new Current(
              cell.readVoltage_V(),
              input.hasAmplitudes() ? cell.device().curvature().at(cell.readVoltage_V()) : 0,
              path.averaging_ns(),
              path.temperature_K(),
              path.errors().noiseFactor(),
              path.errors().ground_V());
      case CHARGE ->
          new Charge(
              crossbar.compute().capacitor_fF(),
              path.electrics().readSupply_V(),
              path.temperature_K());
      case DIGITAL -> new Digital();
    };
  }

  /**
   * Thermal noise of a column for each uS of its conductance.
   *
   * @param step_uS ΔG
   * @param kept share of G and I that mean drift leaves
   */
  default double thermalPer_uS(double step_uS, double kept) {
    return 0;
  }

  /**
   * Offset of a column for each uS of its conductance.
   *
   * @param step_uS ΔG
   */
  default double offsetPer_uS(double step_uS) {
    return 0;
  }

  /**
   * Thermal noise of a whole column, of sums of products whose largest is one.
   *
   * @param rows n, rows that are read at once
   */
  default double columnThermal(int rows) {
    return 0;
  }

  /** Curvature c of the cells' current over the inputs' voltages; 0 of inputs of one voltage. */
  default double curvature() {
    return 0;
  }

  /** True if a column adds up currents of cells. */
  default boolean isCurrent() {
    return false;
  }

  /** True if a column adds up bits, without noise or conversion. */
  default boolean isExact() {
    return false;
  }

  /**
   * Currents of cells under a read voltage: thermal noise F 2 k T G/t over I², offset (v_vg G/I)².
   *
   * @param read_V V
   * @param curvature c, relative rise of the conductance window from 0 V to V, of inputs that are
   *     amplitudes of several levels; else 0
   * @param averaging_ns t, time over which noise is averaged
   * @param temperature_K T
   * @param frontEndNoise F, noise power of a column with its front end over that of its cells
   * @param virtualGround_V v_vg, error of the virtual ground
   */
  record Current(
      double read_V,
      double curvature,
      double averaging_ns,
      double temperature_K,
      double frontEndNoise,
      double virtualGround_V)
      implements Summation {
    @Override
    public double thermalPer_uS(double step_uS, double kept) {
      double kT = Thermal.kT_fJ(temperature_K);
      double level_uA = step_uS * read_V;
      return frontEndNoise * 2 * kT / averaging_ns / (level_uA * level_uA * kept);
    }

    @Override
    public double offsetPer_uS(double step_uS) {
      return virtualGround_V / (step_uS * read_V);
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  }

  /**
   * Charge of unit capacitors C_u, shared along a column: thermal noise k T n/(C_u V²).
   *
   * @param capacitor_fF C_u
   * @param supply_V V
   * @param temperature_K T
   */
  record Charge(double capacitor_fF, double supply_V, double temperature_K) implements Summation {
    /**
     * Mismatch of a unit capacitor of one femtofarad; smaller with the root of its size. Assumed 1
     * %: metal fringe capacitors of 1 fF match within 0.5 to 1 % (Tripathi and Murmann, IEEE Trans.
     * Circuits Syst. I 2014, doi 10.1109/TCSI.2014.2332264).
     */
    private static final double CAPACITOR_MISMATCH = 0.01;

    @Override
    public double columnThermal(int rows) {
      // Energy n C_u V² of a whole column over n²: kT over it is the variance in squared products.
      double kT = Thermal.kT_fJ(temperature_K);
      return kT / (capacitor_fF * supply_V * supply_V / rows);
    }

    /** Variance of a unit capacitor, relative. */
    public double mismatchVariance() {
      return CAPACITOR_MISMATCH * CAPACITOR_MISMATCH / capacitor_fF;
    }

    /** Standard deviation of a unit capacitor, relative. */
    public double mismatch() {
      return CAPACITOR_MISMATCH / Math.sqrt(capacitor_fF);
    }
  }

  /** Bits, by adders: exact. */
  record Digital() implements Summation {
    @Override
    public boolean isExact() {
      return true;
    }
  }
}
