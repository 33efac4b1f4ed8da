package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.bench.Bench;
import dev.kirchhoff.dse.bench.Checkpoint;
import dev.kirchhoff.dse.report.BenchReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Bench of searches in words: a table for each problem. */
final class BenchText {
  private BenchText() {}

  /** The plan, before anything is searched. */
  static String plan(Bench bench, int problems) {
    return Sentence.of(
        "{} problem{|s}, {} engine{|s} by turns, seeds 1 to {}, compared after {}",
        problems,
        bench.methods().size(),
        bench.seeds(),
        bench.checkpoints().stream().map(Checkpoint::text).toList());
  }

  /** The tables of a report. */
  static Page of(BenchReport report) {
    Page out = new Page();
    for (BenchReport.ProblemReport problem : report.problems()) {
      out.line(
          "{}: {} designs; {}; reference: the front of {}, {} member{|s}",
          problem.name(),
          problem.designs().bitLength() < Long.SIZE
              ? Units.count(problem.designs().longValue())
              : Units.brief(problem.designs().doubleValue()),
          problem.objectives(),
          problem.exact() ? "all designs" : "all searches here",
          problem.reference());
      out.append(table(report, problem));
    }
    out.line(
        "Share of the hypervolume of the reference: median of seeds 1 to {}, in brackets the least.",
        report.seeds());
    return out.line(
        report.reproducible()
            ? "Work is counted in designs: the same seeds give the same figures on any machine."
            : "Seconds are processor time of the process: figures after them depend on machine and"
                + " load.");
  }

  private static TextTable table(BenchReport report, BenchReport.ProblemReport problem) {
    TextTable table = new TextTable("  ");
    List<String> head = new ArrayList<>(List.of("engine"));
    head.addAll(report.checkpoints());
    table.head(head.toArray(String[]::new));
    for (BenchReport.Row row : problem.rows()) {
      List<Object> cells = new ArrayList<>(List.of(row.engine()));
      for (BenchReport.Cell cell : row.cells()) {
        cells.add(Sentence.of("{%.3f} ({%.3f})", cell.median(), cell.least()));
      }
      table.row(cells.toArray());
    }
    return table;
  }
}
