package dev.kirchhoff.peripherals.scaling;

/**
 * Mismatch of equally drawn devices and the trim that removes it (docs/circuits.md, eq. 5 to 8).
 *
 * <p>Threshold of a pair: σ = A_vt / √(W L) (Pelgrom et al., JSSC 1989, doi
 * 10.1109/JSSC.1989.572629), A_vt from 5 mV um at 180 nm to 2 at 28 nm and 1.2 of fin transistors
 * (order of magnitude: Kinget, JSSC 2005, doi 10.1109/JSSC.2005.848021; the values assumed).
 * Current of a mirror: σ(I)/I = 2 A_vt / (V_ov √(W L)). Unit capacitors: 1 % at 1 fF, smaller with
 * the root of their size (Tripathi and Murmann, TCAS-I 2014, doi 10.1109/TCSI.2014.2332264, 0.5 to
 * 1 %).
 *
 * <p>A trim of n bits leaves 1.7 σ/(2^n + 0.7) of σ, within 6 % of the best uniform quantiser of a
 * Gaussian up to 4 bits (Max 1960, doi 10.1109/TIT.1960.1057548), 19 % below it at 6. It takes n
 * latches and a DAC of 1 um2 a bit at 28 nm, and 1 % of the device's energy a bit (assumed). A pair
 * is drawn larger up to a gate of 1 um2/(16 ln 2) = 0.09 um2 at 28 nm, 1.4 fF, half of that at
 * which a bit of trim takes the area that it saves, since gates take energy too (assumed); then
 * trimmed up to 6 bits, then drawn larger again. Bits are taken as continuous, so that gate, trim
 * and energy never fall as a smaller deviation is required. Neglected: gradients, drift of the trim
 * over temperature.
 */
public final class Matching {
  /** Gate capacitance per area (assumed; 1.2 to 2.3 nm of equivalent oxide have 15 to 29). */
  public static final double OXIDE_FF_PER_UM2 = 15;

  /** Relative standard deviation of a unit capacitor of one femtofarad. */
  public static final double UNIT_CAPACITOR = 0.01;

  /** Smallest unit capacitor that is drawn (assumed). */
  public static final double LEAST_UNIT_FF = 0.5;

  /** Density of capacitors between metal fingers (assumed). */
  public static final double CAPACITOR_FF_PER_UM2 = 1.5;

  private static final NodeTable THRESHOLD_MV_UM =
      NodeTable.of(
          new double[] {5, 7, 16, 22, 28, 45, 65, 90, 130, 180},
          new double[] {1.2, 1.2, 1.2, 1.8, 2, 2.8, 3.5, 3.8, 4.2, 5});
  private static final double TRIM_UM2_PER_BIT = 1;
  private static final double TRIM_ENERGY_PER_BIT = 0.01;
  private static final double TRIM_RANGE = 1.7;
  private static final double MOST_TRIM_BITS = 6;
  private static final double LN_2 = StrictMath.log(2);

  // Half of the W L at which d(4 W L)/dn = 8 ln 2 W L is the area of a bit.
  private static final double TRIMMED_UM2 = TRIM_UM2_PER_BIT / (16 * LN_2);

  private final double avt_Vum;
  private final double least_um2;
  private final double trimmed_um2;
  private final double trim_um2;

  private Matching(double avt_Vum, double least_um2, double trimmed_um2, double trim_um2) {
    this.avt_Vum = avt_Vum;
    this.least_um2 = least_um2;
    this.trimmed_um2 = Math.max(least_um2, trimmed_um2);
    this.trim_um2 = trim_um2;
  }

  /** Mismatch in a process. */
  public static Matching of(Process process) {
    double f = process.feature_um();
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    return new Matching(
        THRESHOLD_MV_UM.at(process.node_nm()) / 1000,
        4 * f * f,
        TRIMMED_UM2 * scale,
        TRIM_UM2_PER_BIT * scale);
  }

  /** A_vt, standard deviation of the threshold difference of a pair of one square micrometre. */
  public double threshold_Vum() {
    return avt_Vum;
  }

  /**
   * A device, or pair of devices, sized and trimmed for a deviation.
   *
   * @param sigma_V deviation of the threshold that is left
   * @param gate_um2 gate area W L of a device
   * @param trimBits bits of its trim, continuous
   * @param trim_um2 area of its trim
   */
  public record Pair(double sigma_V, double gate_um2, double trimBits, double trim_um2) {
    /** Capacitance of a gate. */
    public double gate_fF() {
      return OXIDE_FF_PER_UM2 * gate_um2;
    }

    /** Area of two devices, as much again for contacts and spacing, and the trim. */
    public double area_um2() {
      return 4 * gate_um2 + trim_um2;
    }

    /** Factor of the trim on the energy of the device. */
    public double trimEnergy() {
      return 1 + TRIM_ENERGY_PER_BIT * trimBits;
    }
  }

  /**
   * Smallest pair whose threshold difference deviates by no more than a limit.
   *
   * @param sigma_V limit, a standard deviation
   */
  public Pair pair(double sigma_V) {
    double side_um = avt_Vum / sigma_V;
    double untrimmed_um2 = Math.max(least_um2, side_um * side_um);
    if (untrimmed_um2 <= trimmed_um2) {
      return new Pair(avt_Vum / Math.sqrt(untrimmed_um2), untrimmed_um2, 0, 0);
    }
    double levels = TRIM_RANGE * side_um / Math.sqrt(trimmed_um2) - (TRIM_RANGE - 1);
    double bits = Math.min(MOST_TRIM_BITS, StrictMath.log(levels) / LN_2);
    double residual = TRIM_RANGE / (StrictMath.pow(2, bits) + TRIM_RANGE - 1);
    double gate_um2 = Math.max(trimmed_um2, residual * residual * side_um * side_um);
    double left_V = avt_Vum * residual / Math.sqrt(gate_um2);
    return new Pair(left_V, gate_um2, bits, bits * trim_um2);
  }

  /** Smallest mirror whose current deviates by no more than a share, at an overdrive. */
  public Pair mirror(double share, double overdrive_V) {
    return pair(share * overdrive_V / 2);
  }

  /** Size of a unit capacitor that deviates by no more than a share. */
  public static double unit_fF(double share) {
    double root = UNIT_CAPACITOR / share;
    return root * root;
  }
}
