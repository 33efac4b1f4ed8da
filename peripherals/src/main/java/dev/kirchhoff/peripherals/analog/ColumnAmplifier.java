package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;

/**
 * Amplifier that holds a bitline at virtual ground and hands on its current, or the charge that it
 * collects, as its circuit file says.
 *
 * <p>Words of the file: {@code power.biased} is drawn while the amplifier is biased, {@code
 * power.conducting} while the column's current flows; {@code resistance} ends the bitline; {@code
 * excess} is the noise over that of the cells, {@code voltage} the offset of the virtual ground.
 */
public final class ColumnAmplifier extends SheetCircuit {
  private static final Terms BIASED = Terms.ofAction("biased", Term.POWER);
  private static final Terms CONDUCTING = Terms.ofAction("conducting", Term.POWER);
  private static final Terms READ = Terms.of(Term.ENERGY);
  private static final Terms RESISTANCE = Terms.of(Term.RESISTANCE);
  private static final Terms TIME = Terms.of(Term.TIME);
  private static final Terms EXCESS = Terms.of(Term.EXCESS);
  private static final Terms VOLTAGE = Terms.of(Term.VOLTAGE);
  private static final Terms GAIN = Terms.of(Term.GAIN);
  private static final Terms BOW = Terms.of(Term.BOW);

  private ColumnAmplifier(Solution solution) {
    super(solution);
  }

  /** An amplifier of a circuit, sized for a column. */
  public static ColumnAmplifier of(Circuits circuits, String circuit, AmplifiedColumn column) {
    return new ColumnAmplifier(
        circuits.solve(circuit, AmplifiedColumn.NAMES, column, column.process().node_nm()));
  }

  /**
   * Energy of reading one column.
   *
   * @param biased_ns time that the amplifier's bias flows
   * @param on_ns time that the column's current flows
   */
  public double amplify_fJ(double biased_ns, double on_ns, Account account) {
    return solution()
        .sum(
            account,
            Solution.Part.of(BIASED, biased_ns, "ns"),
            Solution.Part.of(CONDUCTING, on_ns, "ns"),
            Solution.Part.of(READ, 1, ""));
  }

  /** Energy of reading one column, with the amplifier on while the column's current flows. */
  public double amplify_fJ(double on_ns, Account account) {
    return amplify_fJ(on_ns, on_ns, account);
  }

  /** Resistance that the bitline sees. */
  public double input_ohm() {
    return Units.OHM_PER_MOHM * solution().sum(RESISTANCE);
  }

  /** Shortest time in which it settles, whatever it draws. */
  public double least_ns() {
    return solution().sum(TIME);
  }

  /** Errors that it adds to the current. */
  public FrontEndErrors errors() {
    return new FrontEndErrors(
        solution().sum(EXCESS), solution().sum(VOLTAGE), solution().sum(GAIN), solution().sum(BOW));
  }

  /** Capacitor that collects the charge of the current; 0 if there is none. */
  public double collected_fF() {
    return solution().value(Term.CAPACITANCE, "collected", 0);
  }

  /** Area of that capacitor. */
  public double collector_um2() {
    return solution().value(Term.AREA, "capacitor", 0);
  }

  /** Current of the column over that which the capacitor collects. */
  public double ratio() {
    return solution().quantity("m", 1);
  }
}
