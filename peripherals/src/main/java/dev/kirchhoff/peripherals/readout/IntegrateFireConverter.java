package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Integrate-and-fire neuron with charge balancing: each quantum of charge of a copy of the column's
 * current fires a comparator, which takes that quantum off the capacitor and counts
 * (docs/circuits.md, eq. 36 to 40).
 *
 * <p>C = 6 fF over a swing V_sw = V_FS/2. Comparator: noise 0.25 V_sw/√(2^B) a spike, which
 * averages over spikes; offset, a gain error, of V_sw/80. Two bits of a counter of 6 gates a spike.
 * E = spikes (C V_sw V_DD + comparator + 6 gates) + continuous comparison I_c V_DD t, I_c = C_in
 * V_FS/(6 FO4). Step 16 FO4 at full scale unless given (assumed). Integration goes on meanwhile, so
 * that neither delay nor packet loses charge (a reset to a fixed voltage would: its dead time t_d
 * bends the count by I t_d/Q); comparator and packet take 6 FO4 each, and a step shorter than both
 * is too fast. Jitter of n spikes: n kT/C/V_sw² + 0.25². Clamp and cells conduct as long as it
 * counts. Area 60 um2 at 28 nm (assumed) + comparator + counter. Valid 1 to 12 bits.
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
        BudgetTerm.energy(
            "comparison",
            new BudgetTerm.Figure(bias_uA * v * on_ns, "# uA x # V x # ns", bias_uA, v, on_ns)),
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
