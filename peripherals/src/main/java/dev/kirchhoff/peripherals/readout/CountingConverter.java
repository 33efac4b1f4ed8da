package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Converters that take a column's current and count while the inputs pulse: a current-controlled
 * oscillator, an integrate-and-fire neuron, or a capacitor that the column discharges against a
 * clocked delay line.
 *
 * <p>Oscillator: counts = t_int / t_step at full scale, half of that on average; each count toggles
 * a ring and two bits of a counter, 24 gates; a clamp that holds the bitline draws 20 uA. Step 0.3
 * ns at 14 nm (read: HERMES, Khaddam-Aljameh et al., doi 10.1109/VLSICircuits52068.2021.9492362,
 * 300 ps an LSB), 300 um2 at 28 nm (assumed: 256 converters on a pitch of 4 um beside 256 rows).
 *
 * <p>Integrate-and-fire: each spike recharges 20 fF, fires a comparator and toggles two bits of a
 * counter; bias 1 uA; step 1 ns at 28 nm; 60 um2 (all assumed after PipeLayer's and ISAAC's
 * discussion of counters in place of converters).
 *
 * <p>Time to digital: charging and comparator 41.7 fJ and 40 um2, delay line 145 fJ and 310 um2 at
 * 8 bits (read: TIMELY, ISCA 2020, table II, 65 nm, 1.2 V), the line's share in proportion to 2^B;
 * step 50 ps at 65 nm (assumed).
 *
 * <p>A single pulse lasts as long as the full count takes, 2^B steps. Trains and pulse widths end
 * by themselves: where they are shorter than 2^B steps, the missing counts are lost bits. Steps
 * scale with the node (gate delay, assumed), energies and areas as analogue circuits. Valid 1 to 12
 * bits. Neglected: jitter, non-linearity before calibration.
 */
public final class CountingConverter implements Converter {

  /** What counts. */
  public enum Kind {
    OSCILLATOR,
    INTEGRATE_FIRE,
    TIME_TO_DIGITAL
  }

  private static final double LN_2 = StrictMath.log(2);
  private static final double OSCILLATOR_GATES = 24;
  private static final double CLAMP_UA = 20;
  private static final double SPIKE_FF = 20;
  private static final double SPIKE_GATES = 6;
  private static final double SPIKE_UA = 1;
  private static final double COUNTER_AREA_GATES = 9;
  private static final double TIMELY_NM = 65;
  private static final double TIMELY_V = 1.2;
  private static final double CHARGE_FJ = 41.7;
  private static final double LINE_FJ_PER_CODE = 145.0 / 256;
  private static final double CHARGE_UM2 = 40;
  private static final double LINE_UM2_PER_CODE = 310.0 / 256;
  private static final String OSCILLATOR_SOURCE =
      "current-controlled oscillator: 300 ps an LSB at 14 nm (HERMES, VLSI 2021, read); ring and"
          + " counter of 24 gates a count, clamp 20 uA, 300 um2 at 28 nm (assumed)";
  private static final String SPIKE_SOURCE =
      "integrate and fire: 20 fF and a latch a spike, bias 1 uA, 60 um2 at 28 nm (assumed)";
  private static final String TIMELY_SOURCE =
      "charging and comparator, 8-bit delay line: TIMELY, ISCA 2020, table II, 65 nm (read; 1.2 V"
          + " assumed)";

  private final Process process;
  private final Kind kind;
  private final int bits;
  private final PulseTrain train;
  private final double pulses_ns;
  private final double step_ns;

  /**
   * A counting converter.
   *
   * @param train what the inputs send
   * @param pulses_ns time of the inputs' pulses
   * @param step_ns time of a count at full scale, or 0 for the model's
   */
  public CountingConverter(
      Process process, Kind kind, int bits, PulseTrain train, double pulses_ns, double step_ns) {
    this.process = process;
    this.kind = kind;
    this.bits = bits;
    this.train = train;
    this.pulses_ns = pulses_ns;
    this.step_ns = step_ns > 0 ? step_ns : ownStep_ns(process, kind);
  }

  private static double ownStep_ns(Process process, Kind kind) {
    return switch (kind) {
      case OSCILLATOR -> 0.3 * process.node_nm() / 14;
      case INTEGRATE_FIRE -> 1 * process.node_nm() / Process.FIT_NODE_NM;
      case TIME_TO_DIGITAL -> 0.05 * process.node_nm() / TIMELY_NM;
    };
  }

  private double codes() {
    return 1L << bits;
  }

  private double counts() {
    return Math.min(codes(), integrate_ns(pulses_ns) / step_ns);
  }

  @Override
  public double energy_fJ(Account account) {
    double v = process.supply_V();
    double half = counts() / 2;
    double time_ns = integrate_ns(pulses_ns);
    double scale =
        process.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V);
    switch (kind) {
      case OSCILLATOR -> {
        if (account.isOpen()) {
          account
              .formula("# x 24 x # fJ + 20 uA x # V x # ns", half, process.gate_fJ(), v, time_ns)
              .source(OSCILLATOR_SOURCE);
        }
        return half * OSCILLATOR_GATES * process.gate_fJ() + CLAMP_UA * v * time_ns;
      }
      case INTEGRATE_FIRE -> {
        if (account.isOpen()) {
          account
              .formula(
                  "# x (20 fF x (# V)^2 + 1.63 fJ x # + 6 x # fJ) + 1 uA x # V x # ns",
                  half,
                  v,
                  scale,
                  process.gate_fJ(),
                  v,
                  time_ns)
              .source(SPIKE_SOURCE);
        }
        return half
                * (SPIKE_FF * v * v + Comparator.LATCH_FJ * scale + SPIKE_GATES * process.gate_fJ())
            + SPIKE_UA * v * time_ns;
      }
      default -> {
        double from65 = process.energyFactor(ScalingClass.ANALOG, TIMELY_NM, TIMELY_V);
        if (account.isOpen()) {
          account.formula("(41.7 fJ + 145 fJ x 2^# / 256) x #", bits, from65).source(TIMELY_SOURCE);
        }
        return (CHARGE_FJ + LINE_FJ_PER_CODE * codes()) * from65;
      }
    }
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    switch (kind) {
      case OSCILLATOR, INTEGRATE_FIRE -> {
        boolean ring = kind == Kind.OSCILLATOR;
        double analog_um2 = ring ? 300 : 60;
        if (account.isOpen()) {
          account
              .formula("# um2 x # + # x 9 x # um2", analog_um2, scale, bits, process.gate_um2())
              .source(ring ? OSCILLATOR_SOURCE : SPIKE_SOURCE);
        }
        return analog_um2 * scale + bits * COUNTER_AREA_GATES * process.gate_um2();
      }
      default -> {
        double from65 = process.areaFactor(ScalingClass.ANALOG, TIMELY_NM);
        if (account.isOpen()) {
          account.formula("(40 um2 + 310 um2 x 2^# / 256) x #", bits, from65).source(TIMELY_SOURCE);
        }
        return (CHARGE_UM2 + LINE_UM2_PER_CODE * codes()) * from65;
      }
    }
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double integrate_ns(double pulses_ns) {
    return train.sustained() ? Math.max(pulses_ns, codes() * step_ns) : pulses_ns;
  }

  /** Counting overlaps the inputs; two steps latch and clear the counter. */
  @Override
  public double time_ns() {
    return kind == Kind.TIME_TO_DIGITAL ? codes() * step_ns : 2 * step_ns;
  }

  @Override
  public double lostBits() {
    double missing = StrictMath.log(codes() / counts()) / LN_2;
    return FlashConverter.LOST_PER_BIT * bits + Math.max(0, missing);
  }

  @Override
  public double input_fF() {
    return 20;
  }

  @Override
  public Sensing sensing() {
    return Sensing.CURRENT;
  }

  @Override
  public boolean trimsItself() {
    return true;
  }
}
