package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.circuit.CircuitSolution;
import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.CrossbarSolver;
import dev.kirchhoff.arch.circuit.NoSolutionException;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.circuit.CircuitFile;
import dev.kirchhoff.dse.circuit.CircuitReader;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.report.CircuitReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code circuit}: currents and voltages of a crossbar with its wires, exact. */
@Command(
    name = "circuit",
    mixinStandardHelpOptions = true,
    description =
        "Solves a crossbar with wire resistance: output currents, power, node voltages. Lines are driven from the left and grounded at the bottom unless the file says otherwise.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff circuit examples/crossbar.json",
      "  ./kirchhoff circuit examples/crossbar.json --nodes --json"
    })
final class CircuitCommand implements Callable<Integer> {
  private static final int SHOWN = 16;

  @Parameters(
      paramLabel = "FILE",
      description =
          "JSON or YAML: resistances_ohm (rows of columns; inf = open, 0 = shorted), applied_voltages_V (an input a row), r_word_line_ohm, r_bit_line_ohm of a segment; optional boundary, applied_right_V, applied_top_V, applied_bottom_V, cell.")
  private String file;

  @Option(names = "--nodes", description = "Print the voltage of every node too.")
  private boolean nodes;

  @Option(names = "--all", description = "Print every output of a large crossbar.")
  private boolean all;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    CircuitFile read = CircuitReader.read(file, bytes());
    try {
      if (json) {
        console.json(report(read));
      } else {
        console.result(text(read));
      }
    } catch (NoSolutionException e) {
      console.message(file + ": " + e.getMessage());
      return 1;
    }
    return 0;
  }

  /**
   * Solves an input of a file.
   *
   * @throws NoSolutionException if there is none, with the input
   * @throws SpecException if voltages are joined without resistance
   */
  private CircuitSolution solve(CrossbarSolver solver, CircuitFile read, int input)
      throws SpecException {
    try {
      return solver.solve(read.inputs().get(input));
    } catch (NoSolutionException e) {
      throw new NoSolutionException("input " + input + ": " + oneLine(e));
    } catch (IllegalArgumentException e) {
      throw problem("input " + input + ": " + oneLine(e));
    }
  }

  private static String oneLine(RuntimeException e) {
    return e.getMessage().replace('\n', ' ');
  }

  private byte[] bytes() throws SpecException {
    try {
      return new FileSources().read(file, SpecReader.SIZE_LIMIT_B);
    } catch (Sources.SourceException e) {
      throw problem(e.getMessage());
    }
  }

  private SpecException problem(String message) {
    return new SpecException(List.of(new SpecProblem(Place.ofFile(file), "", message)));
  }

  private Page text(CircuitFile read) throws SpecException {
    CrossbarCircuit circuit = read.circuit();
    CrossbarSolver solver = CrossbarSolver.of(circuit);
    Page out = new Page();
    out.append(
        String.format(
            Locale.ROOT,
            "%d x %d cells, %s a segment of a wordline, %s of a bitline%n",
            circuit.rows(),
            circuit.columns(),
            ohm(read.wordline_ohm()),
            ohm(read.bitline_ohm())));
    for (int k = 0; k < read.inputs().size(); k++) {
      CircuitSolution solution = solve(solver, read, k);
      out.append("input ").append(k).append('\n');
      outputs(read, k, solution, out);
      out.append(powers(solution));
      if (nodes) {
        out.append(nodes(circuit, solution));
      }
    }
    return out;
  }

  private static String ohm(double ohm) {
    return Units.print(ohm * Units.MOHM_PER_OHM, Dimension.RESISTANCE);
  }

  private void outputs(CircuitFile read, int k, CircuitSolution solution, Page out) {
    int columns = read.circuit().columns();
    int shown = all ? columns : Math.min(columns, SHOWN);
    TextTable table = new TextTable("  ");
    boolean top = !read.circuit().boundary().top().stream().noneMatch(end -> end.isHeld());
    table.row("column", "out at the bottom", top ? "out at the top" : "", expectedHead(read));
    double worst = 0;
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      String expected = "";
      if (!read.expected_uA().isEmpty()) {
        double stated_uA = read.expected_uA().get(k).get(j);
        worst = Math.max(worst, Math.abs(stated_uA + solution.bottom_uA(j)));
        largest = Math.max(largest, Math.abs(stated_uA));
        expected = current(stated_uA);
      }
      if (j < shown) {
        table.row(
            Integer.toString(j),
            current(-solution.bottom_uA(j)),
            top ? current(-solution.top_uA(j)) : "",
            expected);
      }
    }
    out.append(table);
    if (shown < columns) {
      out.append("  (").append(columns - shown).append(" more: --all)\n");
    }
    if (!read.expected_uA().isEmpty()) {
      out.append(
          String.format(
              Locale.ROOT,
              "  largest difference from the stated currents: %.1e of the largest%n",
              largest == 0 ? worst : worst / largest));
    }
  }

  private static String expectedHead(CircuitFile read) {
    return read.expected_uA().isEmpty() ? "" : "stated";
  }

  private static String current(double current_uA) {
    return Units.print(current_uA, Dimension.CURRENT);
  }

  private static String powers(CircuitSolution solution) {
    double total_uW =
        solution.cellPower_uW() + solution.wordlinePower_uW() + solution.bitlinePower_uW();
    String shares =
        total_uW > 0
            ? String.format(
                Locale.ROOT,
                ": cells %.1f %%, wordlines %.1f %%, bitlines %.1f %%",
                percent(solution.cellPower_uW(), total_uW),
                percent(solution.wordlinePower_uW(), total_uW),
                percent(solution.bitlinePower_uW(), total_uW))
            : "";
    return String.format(
        Locale.ROOT,
        "  power %s%s%n  residual %.1e: the largest current that does not add up at a node, relative%n",
        Units.print(solution.supplied_uW(), Dimension.POWER),
        shares,
        solution.residual());
  }

  /** Rounding can leave less than nothing of a share; printed it would be -0.0. */
  private static double percent(double part_uW, double total_uW) {
    double percent = 100 * part_uW / total_uW;
    return Math.abs(percent) < 0.05 ? 0 : percent;
  }

  private static Page nodes(CrossbarCircuit circuit, CircuitSolution solution) {
    Page out = new Page();
    for (boolean wordlines : new boolean[] {true, false}) {
      out.append(wordlines ? "  wordline nodes, V\n" : "  bitline nodes, V\n");
      TextTable table = new TextTable("    ", 0);
      for (int i = 0; i < circuit.rows(); i++) {
        String[] row = new String[circuit.columns()];
        for (int j = 0; j < row.length; j++) {
          double volts = wordlines ? solution.wordline_V(i, j) : solution.bitline_V(i, j);
          row[j] = String.format(Locale.ROOT, "%.6f", volts);
        }
        table.row(row);
      }
      out.append(table);
    }
    return out;
  }

  private CircuitReport report(CircuitFile read) throws SpecException {
    CrossbarCircuit circuit = read.circuit();
    CrossbarSolver solver = CrossbarSolver.of(circuit);
    List<CircuitReport.Solution> solutions = new ArrayList<>();
    for (int k = 0; k < read.inputs().size(); k++) {
      solutions.add(CircuitReport.Solution.of(circuit, solve(solver, read, k), nodes));
    }
    return new CircuitReport(circuit.rows(), circuit.columns(), solutions);
  }
}
