package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.peripherals.analog.FrontEnd;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ErrorAllocation;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Driver of a row with several amplitudes: a string of resistors that a crossbar's rows share, and
 * a buffer of each row that holds the wordline at one of its taps (docs/circuits.md, eq. 65 to 73).
 *
 * <pre>
 *   Δ_in = V_a/(2^b − 1),  Δ̂_in = V_a/(2^b̂ − 1)
 *   g_b  = (b̂ + 1) ln 2 C/t
 *   I_b  = V_ov g_b (1 + 0.01 n),  I_s = (b̂ + 1) ln 2 V_a C_pair/(4 t)
 *   E    = (I_b + I_s) V t_on
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. An amplitude carries b bits over V_a; b̂, at most 8, are the bits
 * of the whole input, since an amplitude of which an input takes several must be as exact as the
 * whole. The input pair of the buffer is sized and trimmed, by n bits, for an offset of 0.2 Δ̂_in
 * ({@link Matching}). The string has N = 2^b − 1 units (at most 255, a second string interpolates)
 * of deviation σ_u = A_R/√(W L), A_R = 2 % um of polysilicon (assumed; order of magnitude: Pelgrom,
 * Analog-to-Digital Conversion, Springer 2017, doi 10.1007/978-3-319-44971-5), at least 1 um2 a
 * unit at 28 nm (assumed), the mean square of its taps, σ_u² (N² − 1)/(6 N) steps², no more than
 * (0.2 Δ̂_in)²; it settles within the same time t, R/4 being the largest resistance of a tap. The
 * buffer, of class A, drives C, the line with the gates of its stage. Its noise is kT/C of one
 * pole, averaged over the read: kT/C/(1 + g_b t_int/(2 C)). Area as that of a front end, 20 um2 at
 * 28 nm and as much again for each 250 uA (assumed), the pair and a share of the string. The loop
 * settles no faster than two FO4 a time constant (60 degrees of phase margin; assumed).
 *
 * <p>Theory: Razavi, Design of Analog CMOS Integrated Circuits; Pelgrom et al., JSSC 1989. Offset
 * and noise are voltages, so that a smaller step costs area, time, energy or signal. Neglected:
 * slewing, flicker noise, finite loop gain, rails that all rows share in place of buffers.
 */
public final class LevelDriver {
  /** Deviation of a resistor of one square micrometre. */
  private static final double RESISTOR_UM = 0.02;

  private static final double LEAST_UNIT_UM2 = 1;
  private static final int MOST_BITS = 8;
  private static final double LEAST_FO4 = 2;
  private static final double LN_2 = StrictMath.log(2);

  /** Area drawn for a resistor over that of its body (assumed). */
  private static final double LAYOUT = 2;

  private static final String SOURCE =
      "buffer of a row: overdrive 0.15 V, 20 um2 per 250 uA at 28 nm, resistors of 2 % um"
          + " (assumed); matching after Pelgrom 1989";

  private final Process process;
  private final Levels levels;
  private final Load load;
  private final Sizes sizes;
  private final double buffer_uS;

  /**
   * Levels of a row.
   *
   * @param bits bits of an amplitude, b
   * @param wholeBits bits of the input that amplitudes present
   * @param full_V amplitude of the largest digit
   */
  public record Levels(int bits, int wholeBits, double full_V) {
    /** Bits to which a level is exact. */
    int exactBits() {
      return Math.min(MOST_BITS, wholeBits);
    }

    /** Step from one digit to the next. */
    double step_V() {
      return full_V / (StrictMath.pow(2, bits) - 1);
    }

    /** Step of the whole input. */
    double exact_V() {
      return full_V / (StrictMath.pow(2, exactBits()) - 1);
    }

    /** Resistors of the string. */
    int units() {
      return (1 << Math.min(bits, MOST_BITS)) - 1;
    }

    /** Deviation of a tap over that of a unit, root mean square over the taps, in steps. */
    private double perUnit_steps() {
      double n = units();
      return Math.sqrt((n * n - 1) / (6 * n)) * full_V / n / step_V();
    }
  }

  /**
   * Load of a row and the times of a read.
   *
   * @param line_fF wordline with the gates of the stage that drives it
   * @param rows rows that share a string
   * @param settle_ns time to settle in
   * @param average_ns time over which noise is averaged
   * @param kT_fJ thermal energy
   */
  public record Load(double line_fF, int rows, double settle_ns, double average_ns, double kT_fJ) {}

  /**
   * Sizes of what has to match.
   *
   * @param pair input pair of the buffer
   * @param unit_um2 area of a resistor of the string
   */
  public record Sizes(Matching.Pair pair, double unit_um2) {
    /** Sizes that leave errors of 0.2 steps of the whole input. */
    public static Sizes of(Process process, Levels levels) {
      double least_um2 =
          LEAST_UNIT_UM2 * process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
      double allowed_steps = ErrorAllocation.BOW * levels.exact_V() / levels.step_V();
      double side_um = RESISTOR_UM * levels.perUnit_steps() / allowed_steps;
      return new Sizes(
          Matching.of(process).pair(ErrorAllocation.OFFSET * levels.exact_V()),
          Math.max(least_um2, side_um * side_um));
    }
  }

  /** A driver of given sizes. */
  public LevelDriver(Process process, Levels levels, Load load, Sizes sizes) {
    this.process = process;
    this.levels = levels;
    this.load = load;
    this.sizes = sizes;
    buffer_uS = settle() * capacitance_fF() / settle_ns();
  }

  /** A driver sized for its levels. */
  public static LevelDriver of(Process process, Levels levels, Load load) {
    return new LevelDriver(process, levels, load, Sizes.of(process, levels));
  }

  /** Time constants until a level is within half a step of the whole input. */
  private double settle() {
    return (levels.exactBits() + 1) * LN_2;
  }

  private double settle_ns() {
    return Math.max(least_ns(), load.settle_ns());
  }

  private double capacitance_fF() {
    return load.line_fF() + sizes.pair().gate_fF();
  }

  private double buffer_uA() {
    return buffer_uS * Signal.OVERDRIVE_V * sizes.pair().trimEnergy();
  }

  /** A row's share of the current of the string. */
  private double string_uA() {
    return settle() * levels.full_V() * sizes.pair().gate_fF() / 4 / settle_ns();
  }

  /** Energy of the buffer while it holds a row. */
  double hold_fJ(double on_ns, Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "(# uS x 0.15 V x # + # uA) x # V x # ns",
              buffer_uS,
              sizes.pair().trimEnergy(),
              string_uA(),
              process.supply_V(),
              on_ns)
          .source(SOURCE);
    }
    double v = process.supply_V();
    return buffer_uA() * v * on_ns + string_uA() * v * on_ns;
  }

  /** Area of the buffer and of a row's share of the string. */
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    if (account.isOpen()) {
      account
          .formula(
              "20 um2 x (1 + # uA / 250 uA) x # + # um2 + 2 x # x # um2 / #",
              buffer_uA(),
              scale,
              sizes.pair().area_um2(),
              levels.units(),
              sizes.unit_um2(),
              load.rows())
          .source(SOURCE);
    }
    return FrontEnd.AREA_UM2 * (1 + buffer_uA() / FrontEnd.AREA_CURRENT_UA) * scale
        + sizes.pair().area_um2()
        + LAYOUT * levels.units() * sizes.unit_um2() / load.rows();
  }

  /** Least time in which a row settles. */
  double least_ns() {
    return settle() * LEAST_FO4 * process.fo4_ns();
  }

  /** Errors of the levels. */
  public InputErrors errors() {
    double c_fF = capacitance_fF();
    double poles = load.average_ns() * buffer_uS / (2 * c_fF);
    double step_V = levels.step_V();
    double noise_steps2 = load.kT_fJ() / c_fF / (1 + poles) / (step_V * step_V);
    double unit = RESISTOR_UM / Math.sqrt(sizes.unit_um2());
    return new InputErrors(
        sizes.pair().sigma_V() / levels.step_V(),
        0,
        unit * levels.perUnit_steps(),
        Math.sqrt(noise_steps2));
  }
}
