package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.List;

/**
 * The schedule of one inference as text: a bar for each layer from its start to its end, full for
 * the share of it in which the layer is busy, and what it waits for.
 */
final class GanttText {
  private static final int WIDTH = 32;

  private GanttText() {}

  static TextTable of(List<LayerResult> layers) {
    TextTable table = new TextTable("  ");
    table.head("layer", "start", "end", "busy", "of interval", "waits", "schedule", "waits for");
    table.left(6, 7).optional(7, 4, 5, 3);
    for (LayerResult layer : layers) {
      LayerResult.LayerTimes timing = layer.timing();
      table.row(
          layer.network() + "/" + layer.layer(),
          time(timing.start_ms()),
          time(timing.end_ms()),
          time(timing.busy_ms()),
          Units.print(timing.occupancy(), Dimension.RATIO),
          time(timing.waiting_ms()),
          bar(timing, last_ms(layers, layer.network())),
          reason(timing));
    }
    return table;
  }

  private static double last_ms(List<LayerResult> layers, String network) {
    return layers.stream()
        .filter(layer -> layer.network().equals(network))
        .mapToDouble(layer -> layer.timing().end_ms())
        .max()
        .orElse(0);
  }

  private static String bar(LayerResult.LayerTimes timing, double last_ms) {
    int from = column(timing.start_ms(), last_ms);
    int to = Math.max(from + 1, column(timing.end_ms(), last_ms));
    double share = timing.busy_ms() / (timing.busy_ms() + timing.waiting_ms());
    int full = Math.max(1, (int) Math.round((to - from) * share));
    return ".".repeat(from)
        + "#".repeat(full)
        + "-".repeat(to - from - full)
        + ".".repeat(Math.max(0, WIDTH - to));
  }

  private static int column(double at_ms, double last_ms) {
    return last_ms > 0 ? Math.min(WIDTH - 1, (int) Math.floor(at_ms / last_ms * WIDTH)) : 0;
  }

  private static String reason(LayerResult.LayerTimes timing) {
    String until = timing.endsAfter().isEmpty() ? "" : ", to end for " + timing.endsAfter();
    String slow =
        timing.bandwidth_ms() > 0 ? ", " + time(timing.bandwidth_ms()) + " for bandwidth" : "";
    return timing.startsAfter() + until + slow;
  }

  private static String time(double ms) {
    return Units.print(ms * Units.NS_PER_MS, Dimension.TIME);
  }
}
