package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Successive-approximation converter (docs/circuits.md, eq. 14 to 18). It samples its input on its
 * own capacitors, so that the column need not conduct while it converts.
 *
 * <pre>
 *   C = max(2^B C_u, kT/(0.2 LSB)²),  C_u = max(0.5, (1 % √2^B/0.2)²) fF
 *   p = 1 + 42 FO4/t_bit
 *   E = p (44 B E_g + ¼ C V_FS²) + 2 E_c + (B − 2) E_c' + C V_FS V + (B + 1)² ln 2 C V_ov V
 *   A = 2 (60 B A_g + A_c + C/κ)
 *   T = (B + 1) t_bit
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. The terms of E are logic of 25 fJ a bit at 28 nm (assumed) and
 * monotonic switching (Liu et al., JSSC 2010, doi 10.1109/JSSC.2010.2042254), the decisions, the
 * sample, and the reference buffer in class A, whose transconductance (B + 1) ln 2 C/t_bit settles
 * C within each bit. The {@link Comparator} has a noise of 0.25 LSB in the last two decisions and
 * twice that before, which redundancy corrects (Giannini et al., ISSCC 2008, doi
 * 10.1109/ISSCC.2008.4523145); its offset of one step is subtracted digitally. t_bit is 40 FO4
 * unless a time is stated. The factor p is fitted to the rise of energy with rate in Murmann's
 * survey (half more at 0.1, twice at 0.2 GS/s of 8 bits at 28 nm). Bits faster than 8 FO4 do not
 * settle: exp(−t_bit/(1.5 FO4)) of the weight of each is missing.
 *
 * <p>Above 8 bits capacitors match to 8 bits, and calibrated weights of B + 2 bits are added
 * digitally, 6 gates a bit (assumed). Areas of devices are doubled for the layout (assumed).
 * Neglected: decoupling of the reference in place of its buffer, background calibration. Valid to
 * 12 bits; the spec accepts 16.
 */
public final class SarConverter extends BudgetedConverter {
  private static final CircuitData DATA = CircuitData.of("sar-28nm");
  private static final double LOGIC_GATES = DATA.constant("logic");
  private static final double LOGIC_AREA_GATES = DATA.constant("logic area");
  private static final double SWITCHING = DATA.constant("switching");
  private static final double BIT_FO4 = DATA.constant("bit");
  private static final double PACE_FO4 = DATA.constant("pace");
  private static final double SETTLING_FO4 = DATA.constant("settling");
  private static final double LN_2 = StrictMath.log(2);
  private static final int MATCHED_BITS = 8;
  private static final int QUIET_DECISIONS = 2;
  private static final double LEAST_UNIT_FF = Matching.LEAST_UNIT_FF;
  private static final String SOURCE =
      "monotonic SAR (doi 10.1109/JSSC.2010.2042254): kT/C, matching of 1 % at 1 fF, logic of 44"
          + " gates a bit (assumed), pace after Murmann's survey; "
          + Comparator.SOURCE;

  private final double bit_ns;
  private final double unit_fF;
  private final double array_fF;
  private final Comparator comparator;

  /**
   * A converter.
   *
   * @param time_ns time of a conversion where the spec states it
   */
  public SarConverter(Process process, Signal signal, OptionalDouble time_ns) {
    super(process, signal);
    double own_ns = BIT_FO4 * process.fo4_ns();
    bit_ns = time_ns.isPresent() ? time_ns.getAsDouble() / (signal.bits() + 1) : own_ns;
    unit_fF =
        Math.max(LEAST_UNIT_FF, Matching.unit_fF(ErrorAllocation.BOW / Math.sqrt(matchedCodes())));
    double noise_V = ErrorAllocation.SAMPLE * signal.step_V();
    array_fF = Math.max(signal.codes() * unit_fF, signal.kT_fJ() / (noise_V * noise_V));
    comparator =
        Comparator.of(
            process,
            signal,
            ErrorAllocation.COMPARATOR * signal.step_V(),
            ErrorAllocation.OFFSET_BEFORE * signal.step_V(),
            bit_ns);
  }

  /** Codes that capacitors match to by themselves; beyond them their weights are calibrated. */
  private double matchedCodes() {
    return Math.min(1 << MATCHED_BITS, signal.codes());
  }

  /** Full adders that add up the weights of bits where capacitors are calibrated. */
  private double weightGates() {
    int bits = signal.bits();
    return bits > MATCHED_BITS ? bits * (bits + 2.0) : 0;
  }

  private double pace() {
    return 1 + PACE_FO4 * process.fo4_ns() / bit_ns;
  }

  @Override
  public List<BudgetTerm> parts() {
    int bits = signal.bits();
    double pace = pace();
    int quiet = Math.min(QUIET_DECISIONS, bits);
    double range_V = signal.range_V();
    // Twice the noise of a coarse decision is a quarter of the energy.
    double noisy = quiet + (bits - quiet) / 4.0;
    return with(
        comparator.parts(noisy, bits, 1),
        new BudgetTerm(
            "logic",
            new BudgetTerm.Figure(
                bits * LOGIC_GATES * process.gate_fJ() * pace,
                "# x 44 x # fJ x #",
                bits,
                process.gate_fJ(),
                pace),
            new BudgetTerm.Figure(
                LAYOUT * bits * LOGIC_AREA_GATES * process.gate_um2(),
                "2 x # x 60 x # um2",
                bits,
                process.gate_um2())),
        new BudgetTerm(
            "capacitors",
            new BudgetTerm.Figure(
                SWITCHING * array_fF * range_V * range_V * pace,
                "0.25 x # fF x (# V)^2 x #",
                array_fF,
                range_V,
                pace),
            new BudgetTerm.Figure(
                LAYOUT * array_fF / Matching.CAPACITOR_FF_PER_UM2,
                "2 x # fF / 1.5 fF/um2",
                array_fF)),
        BudgetTerm.energy(
            "sample",
            new BudgetTerm.Figure(
                array_fF * range_V * process.supply_V(),
                "# fF x # V x # V",
                array_fF,
                range_V,
                process.supply_V())),
        BudgetTerm.bias(
            "buffer",
            new BudgetTerm.Figure(
                (bits + 1) * (bits + 1) * LN_2 * array_fF * Signal.OVERDRIVE_V * process.supply_V(),
                "# x # x 0.6931 x # fF x 0.15 V x # V",
                bits + 1,
                bits + 1,
                array_fF,
                process.supply_V()),
            time_ns(),
            bit_ns),
        new BudgetTerm(
            "weights",
            new BudgetTerm.Figure(
                weightGates() * ADDER_GATES * process.gate_fJ(),
                "# x 6 x # fJ",
                weightGates(),
                process.gate_fJ()),
            new BudgetTerm.Figure(
                LAYOUT * weightGates() * ADDER_AREA_GATES * process.gate_um2(),
                "2 x # x 14 x # um2",
                weightGates(),
                process.gate_um2())),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  public double time_ns() {
    return (signal.bits() + 1) * bit_ns;
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(NoiseTerm.sum_steps2(noise()), ErrorAllocation.OFFSET_AFTER, 0, 0);
  }

  @Override
  public List<NoiseTerm> noise() {
    double missing = StrictMath.exp(-bit_ns / (SETTLING_FO4 * process.fo4_ns()));
    double unsettled = missing * signal.codes() / 4;
    double capacitors =
        Math.sqrt(matchedCodes()) * Matching.UNIT_CAPACITOR / Math.sqrt(array_fF / signal.codes());
    return List.of(
        comparison(),
        sample(array_fF, signal.step_V()),
        comparator.metastability(),
        new NoiseTerm("settling of the capacitors", unsettled * unsettled),
        ErrorAllocation.ofUnits(capacitors));
  }

  @Override
  public double needed_ns() {
    return (signal.bits() + 1) * Math.max(comparator.least_ns(), 8 * process.fo4_ns());
  }

  @Override
  public double input_fF() {
    return array_fF;
  }

  @Override
  public boolean holdsInput() {
    return true;
  }

  @Override
  public boolean usesSpareTime() {
    return true;
  }
}
