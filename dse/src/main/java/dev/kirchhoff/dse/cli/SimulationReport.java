package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Measured;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.LayerError;
import java.util.List;
import java.util.Locale;

/**
 * What was simulated, as text and JSON.
 *
 * @param title network and design
 * @param data samples that it was judged on
 * @param draws chips that were drawn
 * @param trained the network as trained
 * @param quantised the network on ideal hardware
 * @param ages accuracy after some times
 * @param layers the layers at the design's age
 * @param estimate estimated loss at the design's age; not a number where there is none
 * @param costs what single effects cost at the design's age; empty if not asked for
 */
record SimulationReport(
    String title,
    String data,
    int draws,
    Score trained,
    Score quantised,
    List<Age> ages,
    List<LayerRow> layers,
    Band estimate,
    List<Cost> costs) {

  /**
   * Accuracy after a time.
   *
   * @param name the time in words
   * @param age_s the time since programming
   * @param isDesigns whether it is the age that the design is judged at
   * @param score accuracy
   */
  record Age(String name, double age_s, boolean isDesigns, Score score) {}

  /**
   * Noise of a layer.
   *
   * @param error simulated
   * @param estimate_dB the analytic estimate; NaN if there is none
   */
  record LayerRow(LayerError error, double estimate_dB) {}

  /**
   * What an effect costs.
   *
   * @param effect its name
   * @param alone on otherwise ideal hardware
   * @param without hardware with everything but it
   */
  record Cost(String effect, Measured alone, Measured without) {}

  /** As text tables. */
  String text() {
    StringBuilder out = new StringBuilder(title).append('\n').append(data).append('\n');
    TextTable references = new TextTable("  ");
    references.row("", "accuracy", "95 % interval");
    references.row("trained, single precision", percent(trained.mean()), interval(trained, 1));
    references.row("quantised, ideal hardware", percent(quantised.mean()), interval(quantised, 1));
    out.append(references).append("simulated, by time since programming\n");
    TextTable byAge = new TextTable("  ");
    byAge.row("age", "accuracy", "95 % interval", "worst chip", "best chip");
    for (Age age : ages) {
      Score score = age.score();
      byAge.row(
          age.name() + (age.isDesigns() ? " (the spec's)" : ""),
          percent(score.mean()),
          interval(score, draws),
          percent(score.least()),
          percent(score.most()));
    }
    out.append(byAge)
        .append(loss())
        .append("products of the layers, signal over what the hardware adds\n");
    TextTable byLayer = new TextTable("  ");
    byLayer.row("layer", "simulated", "estimated");
    for (LayerRow row : layers) {
      byLayer.row(row.error().layer(), decibel(row.error().snr_dB()), decibel(row.estimate_dB()));
    }
    out.append(byLayer);
    if (!costs.isEmpty()) {
      out.append(costsText());
    }
    return out.toString();
  }

  /** Accuracy at the design's age. */
  private Score atAge() {
    return ages.stream().filter(Age::isDesigns).findFirst().orElseThrow().score();
  }

  /** What the chips lose against the trained network, and what is estimated of it. */
  private String loss() {
    String simulated =
        String.format(
            Locale.ROOT,
            "accuracyLoss at the spec's age: %s points simulated",
            points(trained.mean() - atAge().mean()));
    if (Double.isNaN(estimate.nominal())) {
      return simulated + ", no estimate\n";
    }
    return String.format(
        Locale.ROOT,
        "%s, %s estimated (%s .. %s)%n",
        simulated,
        points(estimate.nominal()),
        points(estimate.low()),
        points(estimate.high()));
  }

  /** What differences of accuracies may be by chance. */
  private double chance() {
    return Confidence.chance(atAge().mean(), atAge().items() / draws);
  }

  private String costsText() {
    TextTable table = new TextTable("  ");
    table.row("effect", "alone", "loss", "all without", "gain");
    double whole = atAge().mean();
    for (Cost cost : costs) {
      double alone = cost.alone().score().mean();
      double without = cost.without().score().mean();
      table.row(
          cost.effect(),
          percent(alone),
          points(quantised.mean() - alone),
          percent(without),
          points(without - whole));
    }
    return String.format(
        Locale.ROOT,
        "what each effect costs, in points of accuracy; below %s it may be chance%n%s",
        points(chance()),
        table);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static String decibel(double dB) {
    if (Double.isNaN(dB)) {
      return "-";
    }
    return dB >= LayerError.MOST_DB ? "exact" : String.format(Locale.ROOT, "%.1f dB", dB);
  }

  private static String interval(Score score, int draws) {
    Confidence interval = score.confidence(draws);
    return String.format(Locale.ROOT, "%.1f..%.1f %%", 100 * interval.low(), 100 * interval.high());
  }

  /** As JSON; shares are 0..1. */
  ObjectNode json() {
    ObjectNode root = Console.mapper().createObjectNode();
    root.put("title", title).put("data", data).put("draws", draws);
    put(root.putObject("trained"), trained, 1);
    put(root.putObject("quantised"), quantised, 1);
    ArrayNode byAge = root.putArray("ages");
    for (Age age : ages) {
      ObjectNode node = byAge.addObject().put("name", age.name()).put("age_s", age.age_s());
      node.put("isDesigns", age.isDesigns());
      put(node, age.score(), draws);
    }
    ArrayNode byLayer = root.putArray("layers");
    for (LayerRow row : layers) {
      ObjectNode node = byLayer.addObject().put("layer", row.error().layer());
      node.put("snr_dB", row.error().snr_dB());
      if (!Double.isNaN(row.estimate_dB())) {
        node.put("estimate_dB", row.estimate_dB());
      }
    }
    root.put("loss", trained.mean() - atAge().mean());
    if (!Double.isNaN(estimate.nominal())) {
      root.putObject("estimate")
          .put("loss", estimate.nominal())
          .put("low", estimate.low())
          .put("high", estimate.high());
    }
    if (!costs.isEmpty()) {
      root.put("chance", chance());
    }
    ArrayNode byEffect = root.putArray("costs");
    for (Cost cost : costs) {
      ObjectNode node = byEffect.addObject().put("effect", cost.effect());
      put(node.putObject("alone"), cost.alone().score(), draws);
      put(node.putObject("without"), cost.without().score(), draws);
    }
    return root;
  }

  /** Puts a score into a node, with its interval. */
  static void put(ObjectNode node, Score score, int draws) {
    Confidence interval = score.confidence(draws);
    node.put("accuracy", score.mean())
        .put("low", interval.low())
        .put("high", interval.high())
        .put("worstChip", score.least())
        .put("bestChip", score.most());
  }
}
