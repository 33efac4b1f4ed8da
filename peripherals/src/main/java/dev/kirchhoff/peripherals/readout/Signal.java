package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.circuit.Thermal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;

/**
 * Signal that a readout is designed for: range of the column's current and of the voltage that it
 * is converted to, of 2^B steps each (docs/circuits.md, eq. 2 to 4).
 *
 * <p>A supply that leaves less than the least range of voltages is short of headroom by the
 * difference.
 *
 * @param bits B
 * @param range_uA range of the column's current; 0 where no current is read
 * @param mean_uA mean current of the column
 * @param range_V range of voltages, at least 0.1 V
 * @param missing_V headroom that is missing, 0 where there is enough
 * @param supply_V supply
 * @param kT_fJ thermal energy
 * @param largestGain the full range over this one, which circuits are sized for; at least 1
 */
public record Signal(
    int bits,
    double range_uA,
    double mean_uA,
    double range_V,
    double missing_V,
    double supply_V,
    double kT_fJ,
    double largestGain) {

  /** Least range of voltages that circuits are made for. */
  public static final double LEAST_RANGE_V = 0.1;

  /**
   * Threshold of devices that an amplifier without a cascode stacks its overdrives on (assumed).
   */
  private static final double THRESHOLD_V = 0.35;

  private static final double ROUNDING_V = 1e-9;
  private static final double LEAST_CURRENT_UA = 1e-3;
  // Half range of the best uniform quantiser of a Gaussian, in deviations, of 1, 2, .. 8 bits;
  // above 8 it grows by a quarter of a deviation per bit.
  private static final double[] HALF_RANGE = {1.6, 1.99, 2.34, 2.68, 3.01, 3.33, 3.64, 3.94};
  private static final double HALF_RANGE_PER_BIT = 0.26;

  /**
   * The current of a column.
   *
   * @param circuits circuits of the design, whose overdrive holds
   * @param gain full range over the range that is meant; without it that of a typical layer
   * @param pair whether two columns are subtracted before conversion
   */
  public static Signal ofCurrent(
      Circuits circuits,
      Process process,
      ColumnLoad load,
      int bits,
      OptionalDouble gain,
      boolean pair,
      double kelvin) {
    double v = load.readVoltage_V();
    double mean_uA = Math.max(LEAST_CURRENT_UA, load.typical_uS() * v);
    double full_uA = Math.max(LEAST_CURRENT_UA, load.fullScale_uA());
    double all_uA = pair ? 2 * full_uA : full_uA;
    double range_uA =
        gain.isPresent()
            ? all_uA / gain.getAsDouble()
            : Math.min(all_uA, typical_uA(load, bits, pair));
    double room_V = process.supply_V() - v - 2 * overdrive_V(circuits);
    return new Signal(
        bits,
        Math.max(LEAST_CURRENT_UA, range_uA),
        mean_uA,
        Math.max(LEAST_RANGE_V, room_V),
        missing_V(LEAST_RANGE_V - room_V),
        process.supply_V(),
        Thermal.kT_fJ(kelvin),
        Math.max(1, all_uA / range_uA));
  }

  /** Range of the sums of a typical layer: half of the rows driven, conductances of both ends. */
  private static double typical_uA(ColumnLoad load, int bits, boolean pair) {
    double low_uS = Math.max(0, 2 * load.mean_uS() - load.full_uS());
    double square = (load.full_uS() * load.full_uS() + low_uS * low_uS) / 2;
    double variance = load.rowsActive() * (square / 2 - load.mean_uS() * load.mean_uS() / 4);
    double sigma_uA = load.readVoltage_V() * Math.sqrt((pair ? 2 : 1) * variance);
    return 2 * halfRange(bits) * sigma_uA;
  }

  /** Overdrive of devices that carry signal current. */
  private static double overdrive_V(Circuits circuits) {
    return circuits.shared("overdrive");
  }

  private static double missing_V(double shortage_V) {
    return shortage_V > ROUNDING_V ? shortage_V : 0;
  }

  /**
   * A voltage that an array hands over without current: it spans the supply less an overdrive.
   * Nothing amplifies it, so that a narrower range has smaller steps.
   *
   * @param gain full range over the range that is meant
   */
  public static Signal ofVoltage(
      Circuits circuits, Process process, int bits, double gain, double kelvin) {
    double room_V = process.supply_V() - overdrive_V(circuits);
    return new Signal(
        bits,
        0,
        0,
        Math.max(LEAST_RANGE_V, room_V) / gain,
        Math.max(0, LEAST_RANGE_V - room_V),
        process.supply_V(),
        Thermal.kT_fJ(kelvin),
        gain);
  }

  private static double halfRange(int bits) {
    int last = HALF_RANGE.length;
    return bits <= last
        ? HALF_RANGE[bits - 1]
        : HALF_RANGE[last - 1] + HALF_RANGE_PER_BIT * (bits - last);
  }

  /**
   * The voltage of an open column, in which active rows divide the read voltage: V_r I_FS/(R_a
   * G_mean V_r), the range of its currents over what all rows carry. Its amplifier needs a
   * threshold of 0.35 V and three overdrives, or the read voltage, beside the range.
   *
   * @param circuits circuits of the design, whose overdrive holds
   * @param gain full range over the range that is meant; without it that of a typical layer
   * @param pair whether two columns are subtracted before conversion
   */
  public static Signal ofOpenColumn(
      Circuits circuits,
      Process process,
      ColumnLoad load,
      int bits,
      OptionalDouble gain,
      boolean pair,
      double kelvin) {
    Signal current = ofCurrent(circuits, process, load, bits, gain, pair, kelvin);
    double all_uS = Math.max(LEAST_CURRENT_UA, load.rowsActive() * load.mean_uS());
    double range_V = current.range_uA() / all_uS;
    double needed_V =
        Math.max(THRESHOLD_V + 3 * overdrive_V(circuits), load.readVoltage_V()) + range_V;
    return new Signal(
        bits,
        0,
        0,
        range_V,
        missing_V(needed_V - process.supply_V()),
        process.supply_V(),
        current.kT_fJ(),
        current.largestGain());
  }

  /** This signal where only a share of the range is used. */
  public Signal narrowed(double share) {
    return new Signal(
        bits,
        range_uA * share,
        mean_uA,
        range_V * share,
        missing_V,
        supply_V,
        kT_fJ,
        largestGain / share);
  }

  /** Mean current over the range, at least a half. */
  public double meanShare() {
    return range_uA > 0 ? Math.max(0.5, mean_uA / range_uA) : 0.5;
  }

  /**
   * Current that a reference takes off before conversion, over the range: what of the mean lies
   * beyond the middle of a range that does not begin at zero.
   */
  public double subtractedShare() {
    return meanShare() - 0.5;
  }

  /** Number of codes, 2^B. */
  public double codes() {
    return 1L << bits;
  }

  /** Step of a code in the column's current. */
  public double step_uA() {
    return range_uA / codes();
  }

  /** Step of a code in voltage. */
  public double step_V() {
    return range_V / codes();
  }
}
