package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.List;

/** Circuit that samples a column's voltage before its conversion, as its file says. */
public final class Sampler extends SheetCircuit {
  private static final Terms CAPACITANCE = Terms.of(Term.CAPACITANCE);
  private static final Terms NOISE = Terms.of(Term.NOISE);
  private static final Terms OFFSET = Terms.of(Term.OFFSET);

  private Sampler(Solution solution) {
    super(solution);
  }

  /** A sampler of a circuit, sized for a column. */
  public static Sampler of(Circuits circuits, String circuit, SampledColumn column) {
    return new Sampler(
        circuits.solve(circuit, SampledColumn.NAMES, column, column.process().node_nm()));
  }

  /** Capacitance that the circuit before it drives. */
  public double capacitance_fF() {
    return solution().sum(CAPACITANCE);
  }

  /** Causes of the noise that it adds to a conversion. */
  public List<NoiseTerm> noise(Account account) {
    return NoiseTerm.of(solution(), NOISE, account);
  }

  /** Standard deviation of the offset that it adds, in steps of the converter behind it. */
  public double offset_steps() {
    return solution().sum(OFFSET);
  }
}
