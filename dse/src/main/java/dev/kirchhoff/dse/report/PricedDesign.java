package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.mapper.noise.Endurance;
import dev.kirchhoff.mapper.report.FabricComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Design with all figures that are printed of it.
 *
 * @param chosen the design and its spec
 * @param evaluated the design with its mapping, flow and noise
 * @param evaluation totals, layers, warnings
 * @param levels area and power of one PE, tile and chip
 * @param misses what it does not hold, at the end of the band that the spec judges by
 */
public record PricedDesign(
    ChosenDesign chosen,
    EvaluatedDesign evaluated,
    Evaluation evaluation,
    Map<String, Level> levels,
    List<Miss> misses) {
  private static final double YEAR_S = 31557600;

  /**
   * A level of the hierarchy.
   *
   * @param count instances in the level above
   * @param area_mm2 area of one
   * @param power_W power of one when busy; absent where no part of it is in the power's tree
   * @param bands bands by key, where sources disagree
   */
  public record Level(
      double count, double area_mm2, OptionalDouble power_W, Map<String, Band> bands) {

    /** The band of a figure by its key; empty where sources agree. */
    public Optional<Band> band(String key) {
      return Optional.ofNullable(bands.get(key));
    }

    private static Level of(
        double count, double all, Optional<CostTree> area, Optional<CostTree> power) {
      Map<String, Band> bands = new LinkedHashMap<>();
      return new Level(
          count,
          area.map(tree -> figure("area_mm2", tree, all, Units.MM2_PER_UM2, bands)).orElse(0.0),
          power.stream()
              .mapToDouble(tree -> figure("power_W", tree, all, Units.W_PER_UW, bands))
              .findFirst(),
          bands);
    }

    /** The figure of one of all instances, with its band. */
    private static double figure(
        String key, CostTree tree, double all, double unit, Map<String, Band> bands) {
      double value = tree.value() / all * unit;
      Spread spread = tree.spread();
      if (!spread.isNone()) {
        bands.put(key, new Band(value * spread.low(), value, value * spread.high()));
      }
      return value;
    }
  }

  /**
   * A constraint that is missed, or a limit of the circuits that is passed.
   *
   * @param text the constraint, or what is beyond its limit
   * @param amount by how much
   * @param unit unit of the amount
   * @param wanted whether it is a constraint of the spec
   */
  public record Miss(
      @JsonProperty("constraint") String text,
      double amount,
      String unit,
      @JsonIgnore boolean wanted) {
    /** The miss in words. */
    public String sentence() {
      return text
          + (wanted ? ": missed by " : ": by ")
          + (unit.isEmpty() && amount == Math.rint(amount)
              ? Units.count(Math.round(amount))
              : Units.significant(amount))
          + (unit.isEmpty() ? "" : " " + unit);
    }
  }

  /** The design as evaluated. */
  public static PricedDesign of(ChosenDesign chosen) {
    return of(chosen, new Evaluator());
  }

  /** The design as this evaluator evaluates it. */
  public static PricedDesign of(ChosenDesign chosen, Evaluator evaluator) {
    EvaluatedDesign evaluated = evaluator.evaluated(chosen.bind());
    Evaluation evaluation = Evaluator.evaluation(evaluated);
    List<Miss> misses = new ArrayList<>();
    View view = chosen.spec().tree().view(chosen.knobs());
    boolean judged = chosen.spec().hasWorkload();
    Totals totals =
        chosen.spec().band() == BandEnd.NOMINAL
            ? evaluation.totals()
            : Evaluator.totalsAt(evaluated, chosen.spec().band());
    for (Condition condition : chosen.spec().conditions()) {
      double miss = judged || condition.isOnKnobs() ? condition.miss(view, totals) : 0;
      if (miss > 0) {
        misses.add(
            new Miss(
                condition.text(), condition.reported(miss), chosen.spec().unit(condition), true));
      }
    }
    for (Limit limit : Limit.values()) {
      double shortage = totals.shortage(limit);
      if (shortage > 0) {
        misses.add(new Miss(limit.sentence(), shortage, limit.unit(), false));
      }
    }
    return new PricedDesign(chosen, evaluated, evaluation, levels(evaluated), misses);
  }

  /** The design as bound. */
  public Design design() {
    return evaluated.design();
  }

  /** Figures of the design as trees. */
  public Explanation explanation() {
    return new Explanation(evaluated);
  }

  /** True if every constraint and limit is met. */
  public boolean isFeasible() {
    return misses.isEmpty();
  }

  /** Area and power of one PE, one tile, the links and the chip, from the trees. */
  private static Map<String, Level> levels(EvaluatedDesign evaluated) {
    Design design = evaluated.design();
    CostTree area = new Explanation(evaluated).area();
    CostTree power = new Explanation(evaluated).power();
    double tiles = Math.max(1, evaluated.totals().value(Metric.TILES));
    double pes = design.chip().pe().perTile();
    Map<String, Level> levels = new LinkedHashMap<>();
    levels.put("PE", Level.of(pes, tiles * pes, part(area, "PE"), part(power, "PE")));
    levels.put("tile", Level.of(tiles, tiles, part(area, "tile"), part(power, "tile")));
    design
        .chip()
        .uncore()
        .io()
        .map(Io::links)
        .ifPresent(
            links ->
                levels.put("link", Level.of(links, links, part(area, "io"), part(power, "io"))));
    levels.put("chip", Level.of(1, 1, Optional.of(area), Optional.of(power)));
    return levels;
  }

  private static Optional<CostTree> part(CostTree tree, String name) {
    if (tree.name().equals(name)) {
      return Optional.of(tree);
    }
    return tree.parts().stream().flatMap(child -> part(child, name).stream()).findFirst();
  }

  /** Share of the endurance that is left after some years; empty where cells do not wear. */
  public OptionalDouble enduranceLeft(double years) {
    Totals totals = evaluation.totals();
    return totals.has(Metric.LIFETIME)
        ? OptionalDouble.of(Endurance.left(totals.value(Metric.LIFETIME), years * YEAR_S))
        : OptionalDouble.empty();
  }

  /** Fixed fabrics beside the reconfigurable one, where networks share the chip; else none. */
  public List<FabricComparison.Row> fabrics() {
    return design().jobs().size() > 1 ? FabricComparison.of(design()) : List.of();
  }

  /** Warnings of the circuits. */
  public List<String> priceWarnings() {
    return evaluated.prices().warnings();
  }
}
