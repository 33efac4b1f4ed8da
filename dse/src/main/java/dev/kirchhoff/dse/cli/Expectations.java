package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.MetricScale;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.mapper.evaluate.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The published values of a spec's {@code expect}, compared with ours.
 *
 * @param rows one row a value
 */
record Expectations(List<Row> rows) {
  private static final List<String> WORDS = List.of("of", "when", "within", "role");
  private static final List<String> SHARES = List.of("areaShares", "energyShares", "powerShares");

  /**
   * One value.
   *
   * @param of level: chip, tile, pe
   * @param name metric, or {@code areaShares.readout}
   * @param published published value
   * @param ours our value
   * @param error relative error, or a difference of shares
   * @param within what is allowed
   * @param role calibrated or predicted
   */
  record Row(
      String of,
      String name,
      double published,
      double ours,
      double error,
      double within,
      String role) {
    boolean met() {
      return Math.abs(error) <= within * (1 + 1e-9);
    }
  }

  boolean allMet() {
    return rows.stream().allMatch(Row::met);
  }

  /** One sentence, or empty if nothing is expected. */
  String sentence() {
    if (rows.isEmpty()) {
      return "";
    }
    long met = rows.stream().filter(Row::met).count();
    TreeSet<Double> within = new TreeSet<>();
    rows.forEach(r -> within.add(r.within()));
    String allowed =
        within.size() == 1
            ? "within " + Units.brief(within.first(), Dimension.RATIO)
            : "within what they allow";
    return met + " of " + rows.size() + " expected values " + allowed + ".";
  }

  /** Compares; rows with {@code when} are evaluated with those settings. */
  static Expectations of(DesignArguments.Chosen chosen, SpecArguments arguments)
      throws SpecException {
    List<Row> rows = new ArrayList<>();
    boolean changed = !arguments.settings.isEmpty() || arguments.network != null;
    if (chosen.spec().tree().root().get("expect") instanceof Value.Items items && !changed) {
      Problems problems = new Problems();
      for (int i = 0; i < items.items().size(); i++) {
        if (items.items().get(i) instanceof Value.Raw raw
            && raw.node() instanceof Node.Mapping row) {
          rows.addAll(row(row, "expect[" + i + "]", chosen, arguments, problems));
        } else {
          problems.add(
              items.items().get(i).place(),
              "expect[" + i + "]",
              "must be a mapping of published values");
        }
      }
      problems.throwIfAny();
    }
    return new Expectations(rows);
  }

  private static List<Row> row(
      Node.Mapping row,
      String path,
      DesignArguments.Chosen chosen,
      SpecArguments arguments,
      Problems problems)
      throws SpecException {
    Priced priced = Priced.of(when(row, chosen, arguments));
    String of = text(row, "of").orElse("chip");
    String role = text(row, "role").orElse("predicted");
    if (!List.of("pe", "tile", "chip").contains(of)) {
      problems.add(
          row.get("of").map(Node::place).orElse(row.place()),
          path + ".of",
          "is '" + of + "', must be one of pe, tile, chip");
      return List.of();
    }
    double within = within(row, path, problems);
    List<Row> rows = new ArrayList<>();
    for (Node.Entry entry : row.entries()) {
      if (WORDS.contains(entry.key())) {
        continue;
      }
      if (SHARES.contains(entry.key()) && entry.value() instanceof Node.Mapping shares) {
        rows.addAll(shares(entry.key(), shares, priced, of, within, role, path, problems));
      } else {
        value(entry, priced, of, within, role, path, problems).ifPresent(rows::add);
      }
    }
    return rows;
  }

  private static DesignArguments.Chosen when(
      Node.Mapping row, DesignArguments.Chosen chosen, SpecArguments arguments)
      throws SpecException {
    if (!(row.get("when").orElse(null) instanceof Node.Mapping when)) {
      return chosen;
    }
    List<Setting> settings = new ArrayList<>();
    when.entries().forEach(e -> settings.add(new Setting(e.key(), e.value().toString())));
    DesignSpec spec =
        DesignSpec.load(
            chosen.spec().file(), settings, List.of(), SpecEnvironment.of(arguments.sources()));
    return new DesignArguments.Chosen(spec, spec.tree().start(), chosen.name(), chosen.arguments());
  }

  private static double within(Node.Mapping row, String path, Problems problems) {
    Optional<String> text = text(row, "within");
    if (text.isEmpty()) {
      return 0.1;
    }
    String ratio =
        text.get().endsWith(" points") ? text.get().replace(" points", " %") : text.get();
    try {
      return Units.quantity(ratio, Dimension.RATIO);
    } catch (Units.UnitException e) {
      problems.add(row.get("within").orElseThrow().place(), path + ".within", e.getMessage());
      return 0;
    }
  }

  private static Optional<Row> value(
      Node.Entry entry,
      Priced priced,
      String of,
      double within,
      String role,
      String path,
      Problems problems) {
    Optional<Metric> metric = Metric.ofWord(entry.key());
    if (metric.isEmpty()) {
      List<String> known =
          new ArrayList<>(Arrays.stream(Metric.values()).map(Metric::word).toList());
      known.addAll(WORDS);
      known.addAll(SHARES);
      problems.add(
          entry.keyPlace(),
          path + "." + entry.key(),
          "is no metric"
              + NearNames.nearest(entry.key(), known)
                  .map(n -> "; did you mean " + n + "?")
                  .orElse("; all: ./kirchhoff catalog metrics"));
      return Optional.empty();
    }
    Dimension dimension = MetricScale.dimension(metric.get());
    double published;
    try {
      published = Units.quantity(entry.value().toString(), dimension);
    } catch (Units.UnitException e) {
      problems.add(entry.value().place(), path + "." + entry.key(), e.getMessage());
      return Optional.empty();
    }
    double ours = ours(metric.get(), of, priced);
    return Optional.of(
        new Row(of, entry.key(), published, ours, ours / published - 1, within, role));
  }

  private static double ours(Metric metric, String of, Priced priced) {
    if (!of.equals("chip")) {
      String level = of.equals("pe") ? "PE" : of;
      for (Priced.Level each : priced.levels()) {
        if (each.name().equals(level)) {
          return metric == Metric.AREA
              ? each.area_um2()
              : metric == Metric.POWER || metric == Metric.PEAK_POWER
                  ? each.power_uW()
                  : Double.NaN;
        }
      }
    }
    Totals totals = priced.evaluation().totals();
    Metric used =
        metric == Metric.POWER && priced.design().jobs().isEmpty() ? Metric.PEAK_POWER : metric;
    return MetricScale.coherent(used, totals);
  }

  private static List<Row> shares(
      String key,
      Node.Mapping shares,
      Priced priced,
      String of,
      double within,
      String role,
      String path,
      Problems problems) {
    CostTree tree =
        key.equals("areaShares")
            ? Explanation.area(priced.design())
            : key.equals("powerShares")
                ? Explanation.power(priced.design())
                : Explanation.energy(priced.design());
    CostTree level =
        of.equals("chip") ? tree : find(tree, of.equals("pe") ? "PE" : of).orElse(tree);
    List<Row> rows = new ArrayList<>();
    for (Node.Entry entry : shares.entries()) {
      Place place = entry.value().place();
      try {
        double published = Units.quantity(entry.value().toString(), Dimension.RATIO);
        double ours =
            find(level, entry.key()).map(CostTree::value).orElse(Double.NaN) / level.value();
        rows.add(
            new Row(of, key + "." + entry.key(), published, ours, ours - published, within, role));
      } catch (Units.UnitException e) {
        problems.add(place, path + "." + key + "." + entry.key(), e.getMessage());
      }
    }
    return rows;
  }

  private static Optional<CostTree> find(CostTree tree, String name) {
    if (tree.name().equals(name)) {
      return Optional.of(tree);
    }
    return tree.parts().stream().map(p -> find(p, name)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> text(Node.Mapping row, String key) {
    return row.get(key).map(Node::toString);
  }
}
