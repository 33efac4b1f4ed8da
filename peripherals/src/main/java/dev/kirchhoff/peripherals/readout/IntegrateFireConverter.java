package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Integrate-and-fire neuron with charge balancing: each quantum of charge of a copy of the column's
 * current fires a comparator, which removes that quantum from the capacitor and counts it
 * (docs/circuits.md, eq. 36 to 40).
 *
 * <pre>
 *   E   = N (2 s C V_sw V + E_c + 6 E_g) + I_c V t_int + 6 B E_g,  C = 6 fF,  V_sw = V_FS/2
 *   I_c = C_in V_FS/(6 FO4)
 *   v_n = n kT/(C V_sw²) + 0.25²
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. N is the mean number of spikes, s I_FS the copied current, I_c the
 * standing current of the continuous comparison, v_n the noise of n spikes in squared spikes. The
 * comparator has a noise of 0.25 V_sw/√(2^B) a spike, which averages over spikes, and an offset,
 * which is a gain error, of V_sw/80. Two bits of a counter take 6 gates a spike. A step takes 16
 * FO4 at full scale unless stated (assumed). Integration continues while the comparator decides, so
 * that no charge is lost; a reset to a fixed voltage would bend the count by I t_d/Q, with its dead
 * time t_d. Comparator and packet take 6 FO4 each, and a step shorter than both is too short. Clamp
 * and cells conduct as long as it counts. Area: 60 um2 at 28 nm (assumed), comparator, counter.
 * Valid 1..12 bits.
 */
public final class IntegrateFireConverter extends CountingConverter {
  private static final CircuitData DATA = CircuitData.of("spike-counter");
  private static final double CAPACITOR_FF = DATA.constant("capacitor");
  private static final double SPIKE_GATES = DATA.constant("counter");
  private static final double STEP_FO4 = DATA.constant("step");
  private static final double DELAY_FO4 = DATA.constant("delay");
  private static final double AREA_UM2 = DATA.constant("area");
  private static final String SOURCE =
      "integrate and fire, charge balanced: 6 fF a spike, 6 FO4 for comparator and packet each, 60"
          + " um2 at 28 nm (assumed); "
          + Comparator.SOURCE;

  /** Offset over the swing: a gain error that trimming takes off. */
  private static final double GAIN_SHARE = ErrorAllocation.OFFSET / 16;

  private final Comparator comparator;

  /**
   * A neuron.
   *
   * @param train what the inputs send
   * @param pulses_ns time of the inputs' pulses
   * @param step_ns least time between spikes that the spec states
   */
  public IntegrateFireConverter(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    super(process, signal, train, pulses_ns, step_ns.orElse(STEP_FO4 * process.fo4_ns()));
    double swing_V = signal.range_V() / 2;
    // Noise of a spike averages over spikes, an offset is a gain.
    comparator =
        Comparator.of(
            process,
            signal,
            ErrorAllocation.COMPARATOR * swing_V / Math.sqrt(signal.codes()),
            GAIN_SHARE * swing_V,
            0);
  }

  @Override
  public List<BudgetTerm> parts() {
    double v = process.supply_V();
    double spikes = meanCounts();
    double swing_V = signal.range_V() / 2;
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    double bias_uA = comparator.input_fF() * signal.range_V() / (DELAY_FO4 * process.fo4_ns());
    double on_ns = integrate_ns(pulses_ns);
    return with(
        comparator.parts(spikes, 1),
        new BudgetTerm(
            "spikes",
            new BudgetTerm.Figure(
                spikes
                    * (2 * currentShare() * CAPACITOR_FF * swing_V * v
                        + SPIKE_GATES * process.gate_fJ()),
                "# x (2 x # x 6 fF x # V x # V + 6 x # fJ)",
                spikes,
                currentShare(),
                swing_V,
                v,
                process.gate_fJ()),
            BudgetTerm.Figure.product(AREA_UM2, scale, "# um2 x #")),
        BudgetTerm.bias(
            "comparison",
            new BudgetTerm.Figure(bias_uA * v * on_ns, "# uA x # V x # ns", bias_uA, v, on_ns),
            on_ns,
            DELAY_FO4 * process.fo4_ns()),
        counter(),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  double least_ns() {
    return 2 * DELAY_FO4 * process.fo4_ns();
  }

  @Override
  List<NoiseTerm> jitter() {
    double swing_V = signal.range_V() / 2;
    double jitter = signal.codes() / 2 * signal.kT_fJ() / (CAPACITOR_FF * swing_V * swing_V);
    return List.of(new NoiseTerm("jitter", jitter), comparison());
  }

  /** Counting overlaps the inputs; two steps latch and clear the counter. */
  @Override
  public double time_ns() {
    return 2 * step_ns;
  }
}
