package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Our figures of one design by level and part. Figures of one tile, PE, crossbar or part are the
 * chip's by their number; throughput of a tile or PE is peak.
 */
final class DesignFigures {
  /** Trees that hold the metrics of levels and parts. */
  private static final Map<Metric, Figure.Tree> AMOUNTS =
      Map.of(
          Metric.AREA, Figure.Tree.AREA,
          Metric.PEAK_POWER, Figure.Tree.POWER,
          Metric.POWER, Figure.Tree.POWER,
          Metric.ENERGY, Figure.Tree.ENERGY);

  /** Metrics that a chip with a workload has as means over its inferences. */
  private static final Set<Metric> SUSTAINED = EnumSet.of(Metric.POWER, Metric.ENERGY);

  /** Figure that cannot be computed; the message is for the user. */
  static class UnknownFigureException extends Exception {
    UnknownFigureException(String message) {
      super(message);
    }
  }

  /** A part that neither the language nor the design knows. */
  private static final class UnknownPartException extends UnknownFigureException {
    private final String name;
    private final String hint;

    UnknownPartException(String name, String hint) {
      super("'" + name + "' is no part" + hint);
      this.name = name;
      this.hint = hint;
    }

    String asScope() {
      return "'" + name + "' is no part and no level (chip, tile, pe, crossbar)" + hint;
    }
  }

  /** Value of {@code of} that is neither a level nor a part. */
  static final class UnknownScopeException extends UnknownFigureException {
    UnknownScopeException(String message) {
      super(message);
    }
  }

  /** A part of a tree, with the level that it is in. */
  private record LocatedPart(CostTree tree, String level) {}

  private final Design design;
  private final Design peak;
  private final Explanation explanation;
  private final Totals totals;
  private final Map<Figure.Tree, CostTree> trees = new EnumMap<>(Figure.Tree.class);
  private DesignFigures ofPeak;

  DesignFigures(Design design) {
    this(new Evaluator().evaluated(design));
  }

  DesignFigures(EvaluatedDesign evaluated) {
    design = evaluated.design();
    peak = design.jobs().isEmpty() ? design : design.peak();
    explanation = new Explanation(evaluated);
    totals = evaluated.totals();
  }

  /** Our value, in the coherent unit; shares as a ratio. */
  double value(Figure figure, String of) throws UnknownFigureException {
    Scope scope = Scope.of(of);
    require(scope);
    if (figure instanceof Figure.Share share) {
      return share(share, scope);
    }
    if (figure instanceof Figure.OfPeak peakFigure) {
      return switch (peakFigure.kind()) {
        case VECTOR_LATENCY -> ofPeak().explanation.latency().value();
        case PASS_TIME -> explanation.evaluated().prices().timing().pass().pass_ns();
        case VECTOR_ENERGY -> ofPeak().amount(ofPeak().explanation.energy(), scope);
      };
    }
    return metric(((Figure.OfMetric) figure).metric(), scope);
  }

  /** Limits of circuits that the design misses, each with the amount. */
  Map<Limit, Double> shortages() {
    Map<Limit, Double> shortages = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      if (totals.shortage(limit) > 0) {
        shortages.put(limit, totals.shortage(limit));
      }
    }
    return shortages;
  }

  private DesignFigures ofPeak() {
    if (ofPeak == null) {
      ofPeak = peak == design ? this : new DesignFigures(peak);
    }
    return ofPeak;
  }

  /** True if any of the trees has the part, or may have it. */
  private void require(Scope scope) throws UnknownScopeException {
    String message = "";
    for (Figure.Tree tree : scope.part().isEmpty() ? new Figure.Tree[0] : Figure.Tree.values()) {
      try {
        find(tree(tree), scope.part());
        return;
      } catch (UnknownPartException e) {
        message = e.asScope();
      } catch (UnknownFigureException e) {
        message = e.getMessage();
      }
    }
    if (!message.isEmpty()) {
      throw new UnknownScopeException(message);
    }
  }

  private double metric(Metric metric, Scope scope) throws UnknownFigureException {
    if (metric == Metric.LATENCY) {
      return explanation.latency().value();
    }
    Figure.Tree amounts = AMOUNTS.get(metric);
    boolean isMean = SUSTAINED.contains(metric) && !design.jobs().isEmpty() && scope.isChip();
    if (amounts != null && !isMean) {
      return amount(tree(amounts), scope);
    }
    if (scope.isChip()) {
      return metric.coherent(totals.value(metric));
    }
    if (!scope.computes()) {
      throw new UnknownFigureException("is known of chip, tile and pe, not of a part");
    }
    double tops = totals.value(Metric.PEAK_TOPS) / count(scope.level());
    if (metric == Metric.TOPS || metric == Metric.PEAK_TOPS) {
      return tops;
    }
    if (metric == Metric.TOPS_PER_W || metric == Metric.PEAK_TOPS_PER_W) {
      return tops / (amount(tree(Figure.Tree.POWER), scope) * Units.W_PER_UW);
    }
    if (metric == Metric.TOPS_PER_MM2 || metric == Metric.PEAK_TOPS_PER_MM2) {
      return tops / (amount(tree(Figure.Tree.AREA), scope) * Units.MM2_PER_UM2);
    }
    throw new UnknownFigureException("is known of the chip only");
  }

  private CostTree tree(Figure.Tree tree) {
    return trees.computeIfAbsent(
        tree,
        t ->
            switch (t) {
              case AREA -> explanation.area();
              case ENERGY -> explanation.energy();
              case POWER -> explanation.power();
            });
  }

  /** Amount of one instance of a level, or of a part in one instance of its level. */
  private double amount(CostTree tree, Scope scope) throws UnknownFigureException {
    if (scope.part().isEmpty()) {
      return node(tree, scope).value() / count(scope.level());
    }
    Optional<LocatedPart> found = find(tree, scope.part());
    if (found.isEmpty()) {
      return 0;
    }
    double number =
        scope.level().equals("crossbar")
            ? count("pe") * design.chip().crossbar().perPe()
            : count(found.get().level());
    return found.get().tree().value() / number;
  }

  private static CostTree node(CostTree tree, Scope scope) {
    String name = Scope.inTree(scope.level());
    return level(tree, name).orElse(CostTree.sum(name, tree.unit(), "", List.of()));
  }

  private static Optional<CostTree> level(CostTree tree, String name) {
    return tree.name().equals(name)
        ? Optional.of(tree)
        : tree.parts().stream()
            .filter(DesignFigures::isLevel)
            .map(p -> level(p, name))
            .flatMap(Optional::stream)
            .findFirst();
  }

  private double count(String level) {
    double tiles = Math.max(1, totals.value(Metric.TILES));
    return switch (level) {
      case "tile" -> tiles;
      case "pe", "PE" -> tiles * design.chip().pe().perTile();
      default -> 1;
    };
  }

  private double share(Figure.Share share, Scope scope) throws UnknownFigureException {
    CostTree tree = tree(share.of());
    CostTree whole =
        scope.part().isEmpty()
            ? node(tree, scope)
            : find(tree, scope.part())
                .map(LocatedPart::tree)
                .orElse(CostTree.sum(scope.part(), tree.unit(), "", List.of()));
    double sum = 0;
    for (String part : share.parts()) {
      sum += find(whole, part).map(f -> f.tree().value()).orElse(0.0);
    }
    return sum / whole.value();
  }

  /**
   * A part by its path: {@code readout}, {@code pe.shiftAdd}, {@code input.pulses}. Empty if the
   * language knows it but this design has none of it.
   */
  private Optional<LocatedPart> find(CostTree tree, String path) throws UnknownFigureException {
    String[] keys = path.split("\\.");
    CostTree from = tree;
    String level = tree.name();
    int next = 0;
    if (keys[0].equals("chip") || keys[0].equals("tile") || keys[0].equals("pe")) {
      level = Scope.inTree(keys[0]);
      from = level(tree, level).orElse(CostTree.sum(level, tree.unit(), "", List.of()));
      next = 1;
      if (keys.length == 1) {
        return Optional.of(new LocatedPart(from, level));
      }
    }
    String name = keys[next];
    List<LocatedPart> candidates = new ArrayList<>();
    collect(from, level, name, next == 0, candidates);
    if (candidates.isEmpty()) {
      requireKnown(tree, name);
      return Optional.empty();
    }
    if (candidates.size() > 1) {
      throw new UnknownFigureException(
          "'"
              + name
              + "' is a part of several levels; write "
              + String.join(
                  " or ",
                  candidates.stream()
                      .map(c -> c.level().replace("PE", "pe") + "." + name)
                      .toList()));
    }
    LocatedPart found = candidates.get(0);
    CostTree node = found.tree();
    for (int k = next + 1; k < keys.length; k++) {
      Optional<CostTree> child = child(node, keys[k]);
      if (child.isEmpty()) {
        return Optional.empty();
      }
      node = child.get();
    }
    return Optional.of(new LocatedPart(node, found.level()));
  }

  /** Action of a part; empty if this design has none of it. */
  private static Optional<CostTree> child(CostTree part, String name)
      throws UnknownFigureException {
    Optional<CostTree> child = part.parts().stream().filter(p -> p.name().equals(name)).findFirst();
    if (child.isEmpty() && !isAction(name)) {
      throw new UnknownFigureException(
          "'"
              + name
              + "' is no part of "
              + part.name()
              + NearNames.hint(name, part.parts().stream().map(CostTree::name).toList()));
    }
    return child;
  }

  private static boolean isLevel(CostTree tree) {
    return tree.name().equals("tile") || tree.name().equals("PE");
  }

  private static void collect(
      CostTree tree, String level, String name, boolean below, List<LocatedPart> into) {
    for (CostTree part : tree.parts()) {
      if (part.name().equals(name)) {
        into.add(new LocatedPart(part, level));
      } else if (below && isLevel(part)) {
        collect(part, part.name(), name, true, into);
      }
    }
  }

  private static boolean isAction(String word) {
    if (word.equals("static") || word.equals("busy")) {
      return true;
    }
    for (Action action : Action.values()) {
      if (action.word().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static void requireKnown(CostTree tree, String name) throws UnknownFigureException {
    Set<String> known = new HashSet<>();
    for (Part part : Part.values()) {
      known.add(part.word());
    }
    if (known.contains(name)) {
      return;
    }
    names(tree, known);
    throw new UnknownPartException(
        name,
        NearNames.nearest(name, known)
            .map(near -> "; did you mean " + near + "?")
            .orElse("; see them with ./kirchhoff explain SPEC power"));
  }

  private static void names(CostTree tree, Set<String> into) {
    into.add(tree.name());
    tree.parts().forEach(p -> names(p, into));
  }

  /** Share of area and of power that is given, not modelled; the smaller of both. */
  double givenShare() {
    return Math.min(
        given(tree(Figure.Tree.AREA)) / tree(Figure.Tree.AREA).value(),
        given(tree(Figure.Tree.POWER)) / tree(Figure.Tree.POWER).value());
  }

  private static double given(CostTree tree) {
    if (tree.parts().isEmpty()) {
      return tree.source().startsWith("given, ") ? tree.value() : 0;
    }
    double sum = 0;
    for (CostTree part : tree.parts()) {
      sum += given(part);
    }
    return sum;
  }
}
