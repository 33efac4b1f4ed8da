package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** Table of the figures of each network of a chip that several share. */
final class NetworksText {
  private static final int NAMED = 3;
  private static final List<Metric> COLUMNS =
      List.of(Metric.ENERGY, Metric.LATENCY, Metric.THROUGHPUT, Metric.TOPS_PER_W, Metric.SNR);

  private NetworksText() {}

  /** The names of a design's networks in a sentence. */
  static String names(Design design) {
    List<Job> jobs = design.jobs();
    return jobs.size() <= NAMED
        ? jobs.stream().map(job -> job.network().name()).collect(Collectors.joining(", "))
        : jobs.get(0).network().name() + " and " + (jobs.size() - 1) + " others";
  }

  /** A table of one row a network; empty for a single one. */
  static TextTable of(Design design, Totals totals) {
    if (totals.networks() < 2) {
      return new TextTable("");
    }
    TextTable table = new TextTable("  ");
    String[] head = new String[COLUMNS.size() + 2];
    head[0] = "network";
    head[1] = "inferences";
    for (int c = 0; c < COLUMNS.size(); c++) {
      head[c + 2] = COLUMNS.get(c).word();
    }
    table.head(head);
    for (int n = 0; n < totals.networks(); n++) {
      String[] cells = new String[COLUMNS.size() + 2];
      cells[0] = totals.networkName(n);
      cells[1] = Units.print(share(design, n), Dimension.RATIO);
      for (int c = 0; c < COLUMNS.size(); c++) {
        cells[c + 2] = totals.network(n).print(COLUMNS.get(c));
      }
      table.row(cells);
    }
    return table;
  }

  private static double share(Design design, int network) {
    double all = design.jobs().stream().mapToDouble(Job::weight).sum();
    return design.jobs().get(network).weight() / all;
  }
}
