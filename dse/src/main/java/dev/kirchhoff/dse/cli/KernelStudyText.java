package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.study.KernelReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;

/** Quality of a kernel on simulated chips, as tables. */
final class KernelStudyText {
  private KernelStudyText() {}

  /** The tables of a report. */
  static Page of(KernelReport report) {
    Outcome.Measure measure = report.measure();
    String quality = measure.name() + (measure.unit().isEmpty() ? "" : " [" + measure.unit() + "]");
    Page out = new Page().append(report.title()).append('\n').append(report.data()).append('\n');
    for (KernelReport.Group group : report.groups()) {
      TextTable table = new TextTable("  ");
      table.head(group.name(), quality, "worst chip", "best chip", "iterations", "solved");
      for (KernelReport.Row row : group.rows()) {
        table.row(
            row.name(),
            value(row.median()),
            value(row.worst()),
            value(row.best()),
            Units.count(row.iterations()),
            row.solved() + " of " + row.chips());
      }
      out.append(table);
    }
    return out;
  }

  private static String value(double quality) {
    return Double.isNaN(quality) ? "diverged" : Units.significant(quality);
  }
}
