package dev.kirchhoff.peripherals.random;

import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;

/**
 * True random-bit generator by the switching delay of a volatile device: a voltage is applied, a
 * clocked comparator watches the device, and the low bit of a counter is kept when it switches
 * (Jiang et al., Nat. Commun. 8, 882, 2017, doi 10.1038/s41467-017-00869-x; docs/circuits.md, eq.
 * 112). A word takes 16 bits one after another.
 *
 * <pre>
 *   E = 16 [(τ f + 1) (20 + 3 + 1) E_NAND2 + 16 × 3 E_NAND2 + V I/f]
 *   t = 16 (τ + t_r)
 * </pre>
 *
 * <p>A bit takes on average τ f cycles of the counter's clock f until the device switches, and one
 * in which it is seen. A cycle clocks the comparator's latch of 20 gates, the toggle flip-flop and
 * its gate; the bit is shifted into a register of 16. The device draws I at V from the moment that
 * it switches until the pulse ends a cycle later; before it is off. Only the low bit of the counter
 * is built. Area: latch, flip-flop and gate, register, and 10 gates of a pulse driver and its
 * series resistance; the device lies above them.
 *
 * <p>V, I, latch and driver are assumed, constants of the file {@code delay-counter}. Neglected:
 * leakage of the device before it switches, correlation by a device that has not relaxed. Valid for
 * delays of a cycle and longer.
 */
public final class DelayCounter implements RandomCircuit {
  /** Name of the model. */
  public static final String NAME = "delay-counter";

  private static final int WORD = RandomSource.WORD_BITS;
  private static final String SOURCE =
      "low bit of a counter stopped by a volatile device (Jiang 2017, doi"
          + " 10.1038/s41467-017-00869-x): latch, toggle flip-flop, register of a word; voltage and"
          + " current of the device, latch and driver assumed";

  private final Process process;
  private final RandomSource.Counter source;
  private final double device_V;
  private final double device_uA;
  private final double latchGates;
  private final double driverGates;

  /** A source in a process. */
  public DelayCounter(Process process, RandomSource.Counter source) {
    this.process = process;
    this.source = source;
    CircuitFile data = CircuitFile.of(NAME);
    device_V = data.constant("voltage");
    device_uA = data.constant("current");
    latchGates = data.constant("latch");
    driverGates = data.constant("driver");
  }

  @Override
  public double draw_fJ(Account account) {
    double cycles = source.delay_ns() * source.clock_GHz() + 1;
    double period_ns = 1 / source.clock_GHz();
    double perCycle = latchGates + UnitGates.FLIP_FLOP + 1;
    double register = WORD * UnitGates.FLIP_FLOP;
    if (account.isOpen()) {
      account
          .formula(
              "# x ((# x # + #) x # fJ + # V x # uA x # ns)",
              WORD,
              cycles,
              perCycle,
              register,
              process.gate_fJ(),
              device_V,
              device_uA,
              period_ns)
          .source(SOURCE);
    }
    return WORD
        * ((cycles * perCycle + register) * process.gate_fJ() + device_V * device_uA * period_ns);
  }

  /** Time of one word of one source. */
  public double word_ns() {
    return WORD * (source.delay_ns() + source.recovery_ns());
  }

  private double gates() {
    return latchGates + (WORD + 1) * UnitGates.FLIP_FLOP_AREA + 1 + driverGates;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("# x # um2", gates(), process.gate_um2()).source(SOURCE);
    }
    return gates() * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }
}
