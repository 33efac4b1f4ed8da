package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.report.FrontReport.BindingReport;
import dev.kirchhoff.dse.report.FrontReport.BoundReport;
import dev.kirchhoff.dse.report.FrontReport.EndReport;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.stream.Collectors;

/** The limits and ends of knobs that hold a front, in words. */
final class BindingText {
  private BindingText() {}

  /** A sentence on limits and a line a knob; empty where nothing binds. */
  static Page of(BindingReport binding) {
    Page out = new Page();
    if (!binding.limits().isEmpty()) {
      out.append("Designs within ")
          .append(DrawnFrontText.percent(binding.within()))
          .append(" of a limit: ")
          .append(
              binding.limits().stream()
                  .map(limit -> limit.constraint() + " (" + limit.members() + ")")
                  .collect(Collectors.joining(", ")))
          .append(".\n");
    }
    if (!binding.bounds().isEmpty()) {
      TextTable table = new TextTable("  ", 2).texts(3).keep(1);
      table.called(2, "members").called(3, "limit leaned on");
      for (BoundReport bound : binding.bounds()) {
        table.row(
            bound.name() + layers(bound),
            bound.value().asText() + ", the " + bound.end() + " allowed",
            bound.members() + " of " + bound.holders(),
            bound.leaning().map(l -> l.members() + " lean on " + l.constraint()).orElse(""));
      }
      out.append("Knobs at a bound in most designs:\n").append(table);
    }
    if (!binding.ends().isEmpty()) {
      TextTable table = new TextTable("  ", 2).texts(2).keep(1, 2);
      for (EndReport at : binding.ends()) {
        table.row(
            at.name(),
            at.value().asText() + ", the " + at.end() + " allowed",
            "the "
                + at.members()
                + " best in "
                + at.best().name()
                + ", "
                + at.best().metric().print(at.worst())
                + " or better");
      }
      out.append("Knobs at a bound at one end of the front:\n").append(table);
    }
    return out;
  }

  private static String layers(BoundReport bound) {
    return bound.allLayers() == 1
        ? ""
        : bound.layers() == bound.allLayers()
            ? ", all " + bound.layers() + " layers"
            : ", " + bound.layers() + " of " + bound.allLayers() + " layers";
  }
}
