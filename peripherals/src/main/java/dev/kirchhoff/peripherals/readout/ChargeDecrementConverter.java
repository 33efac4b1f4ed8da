package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Voltage-mode neuron: samples the open column's voltage, integrates one sample for each count of
 * the input's train, then removes the charge step by step until the sign changes (docs/circuits.md,
 * eq. 46 to 48).
 *
 * <pre>
 *   E = 1.2 pJ m + 0.25 pJ n_i + 0.4 pJ n_d,  n_i = 2^m − 1
 *   T = 0.27 us n_i + 0.30 us (n_d + 1)
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. A pass of m input bits takes n_i integrations and n_d decrements: B
 * in the first pass, less by the bits that earlier passes delivered in later ones, B in each pass
 * of single pulses. The terms of E are one sample per bit plane, integrations, and decrements of
 * 0.3 pJ with 0.1 pJ of shift-and-add; figures of a conversion are means over passes. Area 1270 um2
 * a neuron.
 *
 * <p>Read: Wan et al., Nature 608 (2022), doi 10.1038/s41586-022-04992-8, at 130 nm and 1.8 V, with
 * the step energies and times of CiMLoop's model of that chip (calibrated to it, control included).
 * Energy and area scale as analogue circuits; steps do not scale, because the settling of the
 * amplifier and not gate delay sets them (assumed). Valid 1..12 bits. Neglected: dependence of the
 * number of decrements on the result (the full number is charged).
 *
 * <p>Errors: 2 kT/C a sample, averaged over the samples of a train, with C of the sample's energy,
 * 370 fF at 130 nm; 0.25 mV of the comparator (assumed, a quarter of a millivolt step); 0.2 mV of
 * offset after zeroing (assumed); decisions that lose 0.125 bits a bit (assumed). In steps of the
 * column's voltage they grow as the read voltage falls and as rows are added.
 */
public final class ChargeDecrementConverter implements Converter {
  private static final CircuitData DATA = CircuitData.of("neuron-neurram");
  private static final double NODE_NM = DATA.constant("node");
  private static final double SUPPLY_V = DATA.constant("supply");
  private static final double SAMPLE_FJ = DATA.constant("sample");
  private static final double INTEGRATE_FJ = DATA.constant("integrate");
  private static final double DECREMENT_FJ = DATA.constant("decrement");
  private static final double AREA_UM2 = DATA.constant("area");
  private static final double INTEGRATE_NS = DATA.constant("integrate time");
  private static final double DECREMENT_NS = DATA.constant("decrement time");
  private static final double LOST_PER_BIT = DATA.constant("lost bits");
  private static final double OFFSET_V = DATA.constant("offset");
  private static final double COMPARATOR_V = DATA.constant("comparator noise");
  private static final String SOURCE =
      "NeuRRAM's neuron, 130 nm, 1.8 V (doi 10.1038/s41586-022-04992-8; steps: CiMLoop's model of"
          + " it); analogue scaling; read";

  private final Process process;
  private final Signal signal;
  private final int bits;
  private final PulseTrain train;
  private final OptionalDouble step_ns;

  /**
   * A neuron.
   *
   * @param signal voltage of the open column
   * @param train what the inputs send in a pass
   * @param step_ns time of a step that the spec states
   */
  public ChargeDecrementConverter(
      Process process, Signal signal, PulseTrain train, OptionalDouble step_ns) {
    this.process = process;
    this.signal = signal;
    bits = signal.bits();
    this.train = train;
    this.step_ns = step_ns;
  }

  private double decrements() {
    return train.sustained() ? bits : Math.max(1, bits - train.bitsBefore());
  }

  @Override
  public double energy_fJ(Account account) {
    double scale = process.energyFactor(ScalingClass.ANALOG, NODE_NM, SUPPLY_V);
    if (account.isOpen()) {
      account
          .formula(
              "(1200 fJ x # + 250 fJ x # + 400 fJ x #) x #",
              train.bits(),
              train.counts(),
              decrements(),
              scale)
          .source(SOURCE);
    }
    return (SAMPLE_FJ * train.bits() + INTEGRATE_FJ * train.counts() + DECREMENT_FJ * decrements())
        * scale;
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, NODE_NM);
    if (account.isOpen()) {
      account.formula("1270 um2 x #", scale).source(SOURCE);
    }
    return AREA_UM2 * scale;
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double integrate_ns(double pulses_ns) {
    return Math.max(pulses_ns, train.counts() * step_ns.orElse(INTEGRATE_NS));
  }

  /** Decrements, and one step more that prepares a pass. */
  @Override
  public double time_ns() {
    return (decrements() + 1) * step_ns.orElse(DECREMENT_NS);
  }

  /** As a successive converter's: its capacitors and its comparator decide bit by bit (assumed). */
  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(NoiseTerm.sum_steps2(noise()), OFFSET_V / signal.step_V(), 0, 0);
  }

  @Override
  public List<NoiseTerm> noise() {
    double supply2 = SUPPLY_V * SUPPLY_V;
    double sample_fF = SAMPLE_FJ / supply2 * process.areaFactor(ScalingClass.ANALOG, NODE_NM);
    double samples = Math.max(1, train.counts());
    double step_V2 = signal.step_V() * signal.step_V();
    return List.of(
        new NoiseTerm("decisions", ErrorBudget.ofLostBits(LOST_PER_BIT * bits).noise_steps2()),
        new NoiseTerm("sample", 2 * signal.kT_fJ() / sample_fF / samples / step_V2),
        new NoiseTerm("comparator noise", COMPARATOR_V * COMPARATOR_V / step_V2));
  }

  @Override
  public double input_fF() {
    return 20;
  }

  @Override
  public boolean trimsItself() {
    return true;
  }

  @Override
  public boolean keepsSum() {
    return true;
  }
}
