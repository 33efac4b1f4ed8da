package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.dse.report.EvaluationReport.NetworkFigures;
import dev.kirchhoff.dse.terminal.Table;
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
    Table<NetworkFigures> table =
        new Table<NetworkFigures>("  ")
            .column("network", NetworkFigures::name)
            .column("inferences", Dimension.RATIO, NetworkFigures::share);
    COLUMNS.forEach(
        metric -> table.column(metric.word(), network -> network.totals().print(metric)));
    return table.of(networks);
  }
}
