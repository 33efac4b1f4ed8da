package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.event.FigureConstants;
import dev.kirchhoff.arch.event.FigureConstants.Constant;
import dev.kirchhoff.arch.event.FigureConstants.Ends;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.mapper.evaluate.ConstantShares;
import dev.kirchhoff.peripherals.Prices;
import dev.kirchhoff.peripherals.sheet.Gradient;
import dev.kirchhoff.peripherals.sheet.SheetConstant;
import dev.kirchhoff.peripherals.sheet.Solution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * Constants of circuit files that figures lean on.
 *
 * @param name name of the design
 * @param circuit circuit whose figures they are; empty of the whole design
 */
public record ConstantsReport(String name, String circuit, List<FigureConstants> figures) {
  /** Constants that a figure is shown with (chosen). */
  private static final int MOST = 10;

  /** Shares below this are not shown (chosen). */
  private static final double LEAST = 0.005;

  public ConstantsReport {
    figures = List.copyOf(figures);
  }

  /** Constants that energy efficiency, area and latency of a design lean on. */
  public static ConstantsReport of(String name, Design design) {
    return new ConstantsReport(name, "", figures(design));
  }

  /** Energy efficiency, area and latency of a design, each with the constants that it leans on. */
  static List<FigureConstants> figures(Design design) {
    ConstantShares shares = ConstantShares.of(design);
    List<FigureConstants> figures = new ArrayList<>();
    for (Metric metric : List.of(Metric.TOPS_PER_W, Metric.AREA, Metric.LATENCY)) {
      double value = shares.nominal().value(metric);
      if (Double.isFinite(value)) {
        figures.add(figure(metric, value, shares));
      }
    }
    return figures;
  }

  private static FigureConstants figure(Metric metric, double value, ConstantShares shares) {
    List<ConstantShares.Share> all = shares.shares(metric);
    List<Constant> constants =
        all.stream()
            .filter(share -> Math.abs(share.share()) >= LEAST)
            .limit(MOST)
            .map(
                share ->
                    constant(
                        share.used().constant(),
                        share.used().value(),
                        share.share(),
                        share.used().constant().band(metric == Metric.AREA),
                        factor -> shares.at(share.used(), factor, metric)))
            .toList();
    return new FigureConstants(metric.word(), value, metric.unit(), all.size(), constants);
  }

  /**
   * Constants that the figures of a circuit lean on, as it is sized in a design: once for each of
   * its places there.
   */
  public static ConstantsReport of(String name, Design design, String circuit) {
    List<FigureConstants> figures = new ArrayList<>();
    for (Solution solution : Prices.circuits(design)) {
      if (solution.circuit().equals(circuit)) {
        figures(solution).stream().filter(f -> !figures.contains(f)).forEach(figures::add);
      }
    }
    return new ConstantsReport(name, circuit, figures);
  }

  /** Circuits of a design. */
  public static List<String> circuits(Design design) {
    return Prices.circuits(design).stream().map(Solution::circuit).distinct().sorted().toList();
  }

  /** Figures of a circuit, each with the constants that it leans on. */
  public static List<FigureConstants> figures(Solution solution) {
    List<FigureConstants> figures = new ArrayList<>();
    Gradient.all(solution)
        .forEach(
            (word, gradient) -> {
              if (gradient.figure() != 0) {
                figures.add(figure(word, gradient, solution));
              }
            });
    figures.removeIf(figure -> figure.constants().isEmpty());
    return figures;
  }

  private static FigureConstants figure(String word, Gradient gradient, Solution solution) {
    // A circuit that is used twice has each of its constants twice.
    Map<String, List<SheetConstant>> byPath =
        solution.constants().stream()
            .collect(
                Collectors.groupingBy(
                    SheetConstant::path, LinkedHashMap::new, Collectors.toList()));
    List<Constant> constants = new ArrayList<>();
    for (List<SheetConstant> same : byPath.values()) {
      double share = same.stream().mapToDouble(gradient::share).sum();
      if (share != 0) {
        SheetConstant one = same.get(0);
        constants.add(
            constant(
                one,
                solution.value(one),
                share,
                one.band(word.startsWith("area")),
                factor -> OptionalDouble.of(moved(solution, same, factor, word))));
      }
    }
    constants.sort(Comparator.comparingDouble(constant -> -Math.abs(constant.share())));
    List<Constant> shown =
        constants.stream().filter(c -> Math.abs(c.share()) >= LEAST).limit(MOST).toList();
    return new FigureConstants(word, gradient.figure(), gradient.unit(), constants.size(), shown);
  }

  private static double moved(
      Solution solution, List<SheetConstant> same, double factor, String word) {
    Map<String, Double> values =
        same.stream()
            .collect(Collectors.toMap(SheetConstant::key, c -> solution.value(c) * factor));
    return Gradient.all(solution.with(values)).get(word).figure();
  }

  private static Constant constant(
      SheetConstant constant,
      double coherent,
      double share,
      Spread band,
      DoubleFunction<OptionalDouble> at) {
    double value = constant.stated().inUnit(coherent);
    return new Constant(
        constant.circuit(),
        constant.name(),
        value,
        constant.stated().unit(),
        constant.origin().word(),
        constant.stated().source(),
        share,
        band.isNone()
            ? Optional.empty()
            : Optional.of(
                new Ends(
                    band.low(),
                    band.high(),
                    at.apply(band.low()),
                    at.apply(band.high()),
                    band.reason())),
        "circuits." + constant.path() + "=" + constant.stated().text(coherent));
  }
}
