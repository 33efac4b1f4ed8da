package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.EstimateError;
import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.mapper.simulate.AccuracyStudy;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.ChipFit;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far the estimate of accuracy was from simulated chips.
 *
 * @param title network and space
 * @param items samples that a design's chips were judged on together
 * @param settings seeds and chips
 * @param refused designs that cannot be simulated
 * @param bestOf every second design is the best of this many by the estimate
 * @param model the network's model of accuracy
 * @param rows the designs
 */
record EstimateReport(
    String title,
    int items,
    AccuracyStudy.Settings settings,
    int refused,
    int bestOf,
    AccuracyModel model,
    List<Row> rows) {
  private static final double[] LIMITS = {0.01, 0.02, 0.05, 0.1};

  EstimateReport {
    rows = List.copyOf(rows);
  }

  /**
   * A design.
   *
   * @param knobs its values by path
   * @param trained accuracy of the trained network on the samples
   * @param quantised the same of the quantised network on ideal hardware
   * @param measured its simulated chips
   * @param snr_dB estimated signal-to-noise ratio of the network's output
   * @param estimate the estimate of its loss
   * @param noise estimated noise of the layers, in the order of those measured
   */
  record Row(
      Map<String, String> knobs,
      double trained,
      double quantised,
      Measured measured,
      double snr_dB,
      Band estimate,
      List<Noise> noise) {
    double loss() {
      return trained - measured.score().mean();
    }
  }

  /** How far the estimate is off. */
  private EstimateError error() {
    return EstimateError.of(
        rows.stream().map(r -> new EstimateError.Pair(r.estimate().nominal(), r.loss())).toList());
  }

  /**
   * The network's model fitted to these chips: to what their hardware loses of what the quantised
   * network has on the same samples, which of a few hundred may be a point more or less than it is.
   *
   * @throws IllegalArgumentException if there are too few
   */
  AccuracyModel fitted() {
    return ChipFit.fit(
        model,
        rows.stream()
            .map(r -> new ChipFit.Chip(r.noise(), r.quantised() - r.measured().score().mean()))
            .toList());
  }

  private double medianError() {
    double[] errors =
        rows.stream()
            .mapToDouble(r -> Math.abs(r.estimate().nominal() - r.loss()))
            .sorted()
            .toArray();
    return errors.length == 0 ? Double.NaN : errors[errors.length / 2];
  }

  private double banded() {
    long in =
        rows.stream()
            .filter(r -> r.estimate().low() <= r.loss() && r.loss() <= r.estimate().high())
            .count();
    return rows.isEmpty() ? Double.NaN : (double) in / rows.size();
  }

  /** Designs that a limit on the loss lets pass: the high end of the band is within it. */
  private List<Row> accepted(double limit) {
    return rows.stream().filter(r -> r.estimate().high() <= limit).toList();
  }

  private static long wrongly(List<Row> accepted, double limit) {
    return accepted.stream().filter(r -> r.loss() > limit).count();
  }

  private long rejectedWrongly(double limit) {
    return rows.stream().filter(r -> r.estimate().high() > limit && r.loss() <= limit).count();
  }

  /** As text. */
  String text() {
    StringBuilder out = new StringBuilder(title).append('\n');
    out.append(
        String.format(
            Locale.ROOT,
            "%,d random designs%s (%,d more cannot be simulated), %,d samples dealt out to chips of each: %d, seed %d%n",
            rows.size(),
            bestOf > 1 ? ", every second one the best of " + bestOf + " by the estimate," : "",
            refused,
            items,
            settings.draws(),
            settings.seed()));
    TextTable table = new TextTable("  ");
    double correlation = error().rankCorrelation();
    table.row(
        "rank correlation",
        Double.isNaN(correlation) ? "-" : String.format(Locale.ROOT, "%.3f", correlation));
    table.row("mean difference", points(error().absolute()) + " points");
    table.row("estimate over simulation", points(error().bias()) + " points");
    table.row("median difference", points(medianError()) + " points");
    table.row("within its band", String.format(Locale.ROOT, "%.0f %%", 100 * banded()));
    out.append(table);
    TextTable byLimit = new TextTable("  ");
    byLimit.row(
        "limit, by the high end", "accepted", "wrongly", "rejected wrongly", "within, simulated");
    for (double limit : LIMITS) {
      List<Row> accepted = accepted(limit);
      byLimit.row(
          String.format(Locale.ROOT, "%.0f points", 100 * limit),
          Integer.toString(accepted.size()),
          Long.toString(wrongly(accepted, limit)),
          Long.toString(rejectedWrongly(limit)),
          Long.toString(rows.stream().filter(r -> r.loss() <= limit).count()));
    }
    out.append(byLimit).append("products of the layers, estimated over simulated noise\n");
    TextTable byLayer = new TextTable("  ");
    byLayer.row("layer", "mean", "spread");
    for (int l = 0; !rows.isEmpty() && l < rows.get(0).noise().size(); l++) {
      int layer = l;
      double[] dB =
          rows.stream().mapToDouble(r -> excess_dB(r, layer)).filter(Double::isFinite).toArray();
      double mean = java.util.Arrays.stream(dB).average().orElse(Double.NaN);
      double square =
          java.util.Arrays.stream(dB).map(d -> (d - mean) * (d - mean)).average().orElse(0);
      byLayer.row(
          rows.get(0).measured().layers().get(l).layer(),
          String.format(Locale.ROOT, "%+.1f dB", mean),
          String.format(Locale.ROOT, "%.1f dB", Math.sqrt(square)));
    }
    return out.append(byLayer).toString();
  }

  /** NaN where simulated products are exact. */
  private static double excess_dB(Row row, int layer) {
    double simulated = row.measured().layers().get(layer).snr_dB();
    return simulated >= LayerError.MOST_DB
        ? Double.NaN
        : simulated - row.noise().get(layer).hardware_dB();
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** As JSON; shares are 0..1. */
  ObjectNode json() {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("title", title).put("items", items).put("draws", settings.draws());
    root.put("seed", settings.seed()).put("designs", rows.size()).put("refused", refused);
    root.put("bestOf", bestOf);
    EstimateError error = error();
    put(root, "rankCorrelation", error.rankCorrelation());
    put(root, "meanError", error.absolute());
    put(root, "bias", error.bias());
    put(root, "medianError", medianError());
    put(root, "inBand", banded());
    ArrayNode byLimit = root.putArray("limits");
    for (double limit : LIMITS) {
      List<Row> accepted = accepted(limit);
      byLimit
          .addObject()
          .put("limit", limit)
          .put("accepted", accepted.size())
          .put("acceptedWrongly", wrongly(accepted, limit))
          .put("rejectedWrongly", rejectedWrongly(limit));
    }
    ArrayNode all = root.putArray("rows");
    rows.forEach(row -> put(all.addObject(), row));
    return root;
  }

  /** Puts a figure that there is. */
  private static void put(ObjectNode node, String name, double value) {
    if (!Double.isNaN(value)) {
      node.put(name, value);
    }
  }

  private void put(ObjectNode node, Row row) {
    ObjectNode knobs = node.putObject("knobs");
    row.knobs().forEach(knobs::put);
    Confidence interval = row.measured().score().confidence(1);
    node.put("trained", row.trained()).put("quantised", row.quantised());
    node.put("loss", row.loss())
        .put("low", row.trained() - interval.high())
        .put("high", row.trained() - interval.low());
    node.put("estimate", row.estimate().nominal())
        .put("snr_dB", row.snr_dB())
        .put("estimateLow", row.estimate().low())
        .put("estimateHigh", row.estimate().high());
    ArrayNode layers = node.putArray("layers");
    for (int l = 0; l < row.noise().size(); l++) {
      LayerError error = row.measured().layers().get(l);
      Noise noise = row.noise().get(l);
      layers
          .addObject()
          .put("layer", error.layer())
          .put("snr_dB", error.snr_dB())
          .put("estimate_dB", noise.hardware_dB())
          .put("quantisation", noise.quantisation())
          .put("rounding", noise.rounding())
          .put("clipping", noise.clipping())
          .put("readout", noise.readout())
          .put("cells", noise.cells())
          .put("irDrop", noise.irDrop())
          .put("retainedSignal", noise.retainedSignal());
    }
  }
}
