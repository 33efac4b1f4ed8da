package dev.kirchhoff.peripherals.scaling;

/**
 * Mismatch of equally drawn devices and the trim that takes it off.
 *
 * <p>Threshold of a pair: σ = A_vt / √(W L) (Pelgrom et al., JSSC 1989, doi
 * 10.1109/JSSC.1989.572629), A_vt from 5 mV um at 180 nm to 2 at 28 nm and 1.2 of fin transistors
 * (order of magnitude: Kinget, JSSC 2005, doi 10.1109/JSSC.2005.848021; the values assumed).
 * Current of a mirror: σ(I)/I = 2 A_vt / (V_ov √(W L)). Unit capacitors: 1 % at 1 fF, smaller with
 * the root of their size (Tripathi and Murmann, TCAS-I 2014, doi 10.1109/TCSI.2014.2332264, 0.5 to
 * 1 %).
 *
 * <p>A trim of n bits over ±3σ leaves 1.7 σ/2^n, the deviation of a uniform step of 6 σ/2^n. It
 * takes n latches and a DAC of 1 um2 a bit at 28 nm, and 1 % of the device's energy a bit
 * (assumed). Neglected: gradients, drift of the trim over temperature.
 */
public final class Matching {
  /** Gate capacitance per area (assumed; 1.2 to 2.3 nm of equivalent oxide have 15 to 29). */
  public static final double OXIDE_FF_PER_UM2 = 15;

  /** Deviation of a unit capacitor of one femtofarad. */
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
  private static final double TRIM_RESIDUAL = 1.7;
  private static final int MOST_TRIM_BITS = 6;
  private static final double WIRING_FF = 2;

  private final double avt_Vum;
  private final double least_um2;
  private final double trim_um2;

  private Matching(double avt_Vum, double least_um2, double trim_um2) {
    this.avt_Vum = avt_Vum;
    this.least_um2 = least_um2;
    this.trim_um2 = trim_um2;
  }

  /** The mismatch of a process. */
  public static Matching of(Process process) {
    double f = process.feature_um();
    return new Matching(
        THRESHOLD_MV_UM.at(process.node_nm()) / 1000,
        4 * f * f,
        TRIM_UM2_PER_BIT * process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM));
  }

  /** A_vt, deviation of the threshold difference of a pair of one square micrometre. */
  public double threshold_Vum() {
    return avt_Vum;
  }

  /**
   * A device, or pair of devices, sized and trimmed for a deviation.
   *
   * @param sigma_V deviation of the threshold that is left
   * @param gate_um2 gate area W L of a device
   * @param trimBits bits of its trim
   * @param trim_um2 area of its trim
   */
  public record Pair(double sigma_V, double gate_um2, int trimBits, double trim_um2) {
    /** Capacitance of a gate. */
    public double gate_fF() {
      return OXIDE_FF_PER_UM2 * gate_um2;
    }

    /** Area of two devices, as much again for contacts and spacing, and the trim. */
    public double area_um2() {
      return 4 * gate_um2 + trim_um2;
    }

    /** Factor on the energy of the device that its trim costs. */
    public double trimEnergy() {
      return 1 + TRIM_ENERGY_PER_BIT * trimBits;
    }
  }

  /**
   * The pair whose threshold deviates by no more and whose area times capacitance, 2 fF of wiring
   * included, is least over trims of 0 to 6 bits.
   *
   * @param sigma_V σ, deviation that is left
   */
  public Pair pair(double sigma_V) {
    Pair best = null;
    for (int n = 0; n <= MOST_TRIM_BITS; n++) {
      double residual = n == 0 ? 1 : TRIM_RESIDUAL / (1 << n);
      double side = avt_Vum * residual / sigma_V;
      double gate_um2 = Math.max(least_um2, side * side);
      double left_V = avt_Vum * residual / Math.sqrt(gate_um2);
      Pair pair = new Pair(left_V, gate_um2, n, n * trim_um2);
      if (best == null || cost(pair) < cost(best)) {
        best = pair;
      }
    }
    return best;
  }

  private static double cost(Pair pair) {
    return pair.area_um2() * (pair.gate_fF() + WIRING_FF);
  }

  /** The mirror whose current deviates by no more than a share, at an overdrive. */
  public Pair mirror(double share, double overdrive_V) {
    return pair(share * overdrive_V / 2);
  }

  /** Size of a unit capacitor that deviates by no more than a share. */
  public static double unit_fF(double share) {
    double root = UNIT_CAPACITOR / share;
    return root * root;
  }
}
