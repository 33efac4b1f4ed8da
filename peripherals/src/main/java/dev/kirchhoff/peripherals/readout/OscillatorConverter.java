package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Current-controlled oscillator and counter, which counts while inputs are applied
 * (docs/circuits.md, eq. 32 to 35). Clamp and cells conduct for all of that time.
 *
 * <pre>
 *   E   = N (2 s C V_sw V + C V² + 24 E_g) + 6 B E_g,  C = 4 fF,  V_sw = 0.4 V
 *   v_n = 4 n kT/(C V_sw²)
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. A copy of the column's current, drawn so that I_FS fills 2^B
 * counts, charges C over V_sw once a count. N is the mean number of counts. The terms of E are the
 * copy, of mean s I_FS with the reference that subtracts the part of the mean beyond half of the
 * range, the ring, two bits of a counter, and the latches. v_n is the jitter of n counts in squared
 * counts (the 4 assumed). A count takes 10 FO4 at full scale unless a step is stated (assumed;
 * HERMES, Khaddam-Aljameh et al., doi 10.1109/VLSICircuits52068.2021.9492362, takes 48 at 14 nm); a
 * step below 6 FO4 is too short for the ring.
 *
 * <p>The copy is the front end's mirror; the curve of the delay is within 0.2 LSB and its trim
 * inside the area (assumed). Trains and pulse widths end by themselves: where they are shorter than
 * 2^B steps, the missing counts are lost bits. Area of ring and copy: 300 um2 at 28 nm (assumed:
 * 256 converters on a pitch of 4 um beside 256 rows). Valid 1..12 bits.
 */
public final class OscillatorConverter extends CountingConverter {
  private static final CircuitData DATA = CircuitData.of("cco-hermes");
  private static final double CAPACITOR_FF = DATA.constant("capacitor");
  private static final double SWING = DATA.constant("swing");
  private static final double RING_GATES = DATA.constant("ring");
  private static final double RING_UM2 = DATA.constant("ring area");
  private static final double JITTER = DATA.constant("jitter");
  private static final double STEP_FO4 = DATA.constant("step");
  private static final double LEAST_FO4 = DATA.constant("least step");
  private static final String SOURCE =
      "current-controlled oscillator: after HERMES (VLSI 2021); 10 FO4 and 4 fF a count,"
          + " ring and counter of 24 gates, jitter 4 kT/(C V^2) a count, 300 um2 at 28 nm (assumed)";

  /**
   * An oscillator.
   *
   * @param train what the inputs send
   * @param pulses_ns time of the inputs' pulses
   * @param step_ns time of a count at full scale that the spec states
   */
  public OscillatorConverter(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    super(process, signal, train, pulses_ns, step_ns.orElse(STEP_FO4 * process.fo4_ns()));
  }

  private double swing_V() {
    return SWING * process.supply_V();
  }

  @Override
  public List<BudgetTerm> parts() {
    double v = process.supply_V();
    double counts = meanCounts();
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    return List.of(
        BudgetTerm.energy(
            "copy",
            new BudgetTerm.Figure(
                2 * counts * currentShare() * CAPACITOR_FF * swing_V() * v,
                "2 x # x # x 4 fF x # V x # V",
                counts,
                currentShare(),
                swing_V(),
                v)),
        new BudgetTerm(
            "ring",
            new BudgetTerm.Figure(
                counts * (CAPACITOR_FF * v * v + RING_GATES * process.gate_fJ()),
                "# x (4 fF x (# V)^2 + 24 x # fJ)",
                counts,
                v,
                process.gate_fJ()),
            BudgetTerm.Figure.product(RING_UM2, scale, "# um2 x #")),
        counter(),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  double least_ns() {
    return LEAST_FO4 * process.fo4_ns();
  }

  @Override
  List<NoiseTerm> jitter() {
    double swing_V = swing_V();
    double jitter =
        signal.codes() / 2 * JITTER * signal.kT_fJ() / (CAPACITOR_FF * swing_V * swing_V);
    return List.of(new NoiseTerm("jitter", jitter));
  }

  /** Counting overlaps the inputs; two steps latch and clear the counter. */
  @Override
  public double time_ns() {
    return 2 * step_ns;
  }
}
