package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.study.KernelReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Quality of a kernel on simulated chips, as tables. */
final class KernelStudyText {
  private KernelStudyText() {}

  /** The tables of a report. */
  static Page of(KernelReport report) {
    Page out = new Page().append(report.title()).append('\n').append(report.data()).append('\n');
    for (KernelReport.Group group : report.groups()) {
      TextTable table = new TextTable("  ");
      List<String> head = new ArrayList<>();
      head.add(group.name());
      head.add(report.measure().heading());
      head.addAll(List.of("worst chip", "best chip"));
      report.others().forEach(measure -> head.add(measure.heading()));
      head.addAll(List.of("iterations", "yield"));
      table.head(head.toArray(String[]::new));
      for (KernelReport.Row row : group.rows()) {
        List<String> cells = new ArrayList<>();
        cells.add(row.name());
        cells.addAll(List.of(value(row.median()), value(row.worst()), value(row.best())));
        for (int m = 0; m < report.others().size(); m++) {
          cells.add(row.others().isEmpty() ? "" : Units.significant(row.others().get(m)));
        }
        cells.add(Units.count(row.iterations()));
        cells.add(row.solved() + " of " + row.chips());
        table.row(cells.toArray());
      }
      out.append(table);
    }
    return out;
  }

  private static String value(OptionalDouble quality) {
    return quality.isPresent() ? Units.significant(quality.getAsDouble()) : "diverged";
  }
}
