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
        "Solves a crossbar with wire resistance: output currents, power, node voltages. Lines are"
            + " driven from the left and grounded at the bottom unless the file says otherwise.",
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
          "JSON or YAML: resistances_ohm (rows of columns; inf = open, 0 = shorted),"
              + " applied_voltages_V (an input a row), r_word_line_ohm, r_bit_line_ohm of a"
              + " segment; optional boundary, applied_right_V, applied_top_V, applied_bottom_V,"
              + " cell.")
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
      CircuitReport report = report(read);
      console.print(json, report, () -> text(read, report));
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

  private Page text(CircuitFile read, CircuitReport report) {
    Page out =
        new Page()
            .line(
                "{} x {} cells, {} a segment of a wordline, {} of a bitline",
                Integer.toString(report.wordlines()),
                Integer.toString(report.bitlines()),
                ohm(read.wordline_ohm()),
                ohm(read.bitline_ohm()));
    for (int k = 0; k < report.solutions().size(); k++) {
      CircuitReport.Solution solution = report.solutions().get(k);
      List<Double> stated_uA = read.expected_uA().isEmpty() ? List.of() : read.expected_uA().get(k);
      boolean hasTop = read.circuit().boundary().top().stream().anyMatch(end -> end.isHeld());
      out.append("input ").append(k).append('\n');
      outputs(solution, hasTop, stated_uA, out);
      powers(solution, out);
      solution.wordlineNode_V().ifPresent(rows -> nodes("wordline", rows, out));
      solution.bitlineNode_V().ifPresent(rows -> nodes("bitline", rows, out));
    }
    return out;
  }

  private static String ohm(double ohm) {
    return Units.print(ohm * Units.MOHM_PER_OHM, Dimension.RESISTANCE);
  }

  private void outputs(
      CircuitReport.Solution solution, boolean hasTop, List<Double> stated_uA, Page out) {
    List<Double> bottom_A = solution.output_A();
    int shown = all ? bottom_A.size() : Math.min(bottom_A.size(), SHOWN);
    boolean isStated = !stated_uA.isEmpty();
    TextTable table = new TextTable("  ");
    table.row(
        "column", "out at the bottom", hasTop ? "out at the top" : "", isStated ? "stated" : "");
    for (int j = 0; j < shown; j++) {
      table.row(
          Integer.toString(j),
          current(bottom_A.get(j) * Units.UA_PER_A),
          hasTop ? current(solution.top_A().get(j) * Units.UA_PER_A) : "",
          isStated ? current(stated_uA.get(j)) : "");
    }
    out.append(table);
    if (shown < bottom_A.size()) {
      out.line("  ({} more: --all)", bottom_A.size() - shown);
    }
    double worst = 0;
    double largest = 0;
    for (int j = 0; j < stated_uA.size(); j++) {
      worst = Math.max(worst, Math.abs(stated_uA.get(j) - bottom_A.get(j) * Units.UA_PER_A));
      largest = Math.max(largest, Math.abs(stated_uA.get(j)));
    }
    if (isStated) {
      out.append(
          String.format(
              Locale.ROOT,
              "  largest difference from the stated currents: %.1e of the largest%n",
              largest == 0 ? worst : worst / largest));
    }
  }

  private static String current(double current_uA) {
    return Units.print(current_uA, Dimension.CURRENT);
  }

  private static void powers(CircuitReport.Solution solution, Page out) {
    double total_W =
        solution.cellPower_W() + solution.wordlinePower_W() + solution.bitlinePower_W();
    String shares =
        total_W > 0
            ? String.format(
                Locale.ROOT,
                ": cells %.1f %%, wordlines %.1f %%, bitlines %.1f %%",
                percent(solution.cellPower_W(), total_W),
                percent(solution.wordlinePower_W(), total_W),
                percent(solution.bitlinePower_W(), total_W))
            : "";
    out.append(
        String.format(
            Locale.ROOT,
            "  power %s%s%n  residual %.1e: the largest current that does not add up at a node,"
                + " relative%n",
            Units.print(solution.power_W() * Units.UW_PER_W, Dimension.POWER),
            shares,
            solution.residual()));
  }

  /** Rounding can leave less than nothing of a share; printed it would be -0.0. */
  private static double percent(double part_W, double total_W) {
    double percent = 100 * part_W / total_W;
    return Math.abs(percent) < 0.05 ? 0 : percent;
  }

  private static void nodes(String lines, List<List<Double>> rows, Page out) {
    TextTable table = new TextTable("    ", 0);
    rows.forEach(
        row -> table.row(row.stream().map(v -> String.format(Locale.ROOT, "%.6f", v)).toArray()));
    out.line("  {} nodes, V", lines).append(table);
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
