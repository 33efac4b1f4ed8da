package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.report.EvaluationReport.NetworkFigures;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.List;

/** Table of the figures of each network of a chip that several share. */
final class NetworksText {
  private static final int NAMED = 3;
  private static final List<Metric> COLUMNS =
      List.of(Metric.ENERGY, Metric.LATENCY, Metric.THROUGHPUT, Metric.TOPS_PER_W, Metric.SNR);

  private NetworksText() {}

  /** Names of networks in a sentence. */
  static String names(List<String> networks) {
    return networks.size() <= NAMED
        ? String.join(", ", networks)
        : networks.get(0) + " and " + (networks.size() - 1) + " others";
  }

  /** A table of one row a network; empty for a single one. */
  static TextTable of(List<NetworkFigures> networks) {
    if (networks.size() < 2) {
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
    for (NetworkFigures network : networks) {
      String[] cells = new String[COLUMNS.size() + 2];
      cells[0] = network.name();
      cells[1] = Units.print(network.share(), Dimension.RATIO);
      for (int c = 0; c < COLUMNS.size(); c++) {
        cells[c + 2] = network.totals().print(COLUMNS.get(c));
      }
      table.row(cells);
    }
    return table;
  }
}
