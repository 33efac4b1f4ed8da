package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.peripherals.Prices;
import dev.kirchhoff.peripherals.sheet.SheetConstant;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.UndefinedFigureException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Constants of circuit files that the figures of a design lean on. The share of a constant is d
 * ln(figure) / d ln(constant), by evaluations of the design with a little more and a little less of
 * it: so it holds what the constant does to the sizes, times and loads of other circuits, which the
 * derivative of one circuit ({@link dev.kirchhoff.peripherals.sheet.Gradient}) does not know. Where
 * a count jumps between the two, the side that does not jump is taken.
 *
 * <p>Figures at the ends of a constant's band are evaluations too: where a maximum decides, a
 * derivative misleads.
 *
 * <p>For one thread.
 */
public final class ConstantShares {
  /** Relative step of a difference (chosen: halves the digits of a double between its errors). */
  private static final double STEP = 1e-5;

  private final Evaluator evaluator = new Evaluator();
  private final Design design;
  private final Totals nominal;
  private final Map<String, Used> constants = new LinkedHashMap<>();
  private final Map<Moved, Optional<Totals>> known = new HashMap<>();

  private record Moved(String path, double factor) {}

  /**
   * A constant of a circuit of the design.
   *
   * @param value its value in the coherent unit, at the node of the design and as the spec has it
   */
  public record Used(SheetConstant constant, double value) {}

  /**
   * Share of a constant in a figure.
   *
   * @param share percent by which the figure changes with one percent more of the constant
   */
  public record Share(Used used, double share) {}

  private ConstantShares(Design design) {
    this.design = design;
    nominal = evaluator.totals(design);
    for (Solution solution : Prices.circuits(design)) {
      for (SheetConstant constant : solution.constants()) {
        double value = solution.value(constant);
        if (value != 0) {
          constants.putIfAbsent(constant.path(), new Used(constant, value));
        }
      }
    }
  }

  /** Shares of the constants of a design's circuits. */
  public static ConstantShares of(Design design) {
    return new ConstantShares(design);
  }

  /** Figures of the design. */
  public Totals nominal() {
    return nominal;
  }

  /** Constants of all its circuits, those of value zero left out. */
  public List<Used> constants() {
    return List.copyOf(constants.values());
  }

  /** Shares in a metric that are not zero, the largest first. */
  public List<Share> shares(Metric metric) {
    return constants.values().stream()
        .map(used -> new Share(used, share(used, metric)))
        .filter(share -> share.share() != 0)
        .sorted(Comparator.comparingDouble(share -> -Math.abs(share.share())))
        .toList();
  }

  private double share(Used used, Metric metric) {
    double above = slope(used, metric, 1 + STEP);
    double below = slope(used, metric, 1 - STEP);
    double share = Math.abs(above) < Math.abs(below) ? above : below;
    // Below, the difference is rounding.
    return Math.abs(share) < STEP ? 0 : share;
  }

  private double slope(Used used, Metric metric, double factor) {
    double value = nominal.value(metric);
    double moved = at(used, factor, metric).orElse(value);
    double slope = StrictMath.log(moved / value) / StrictMath.log(factor);
    return Double.isFinite(slope) ? slope : 0;
  }

  /**
   * A metric of the design with a constant times a factor, all else the same; empty where a circuit
   * has no figures there.
   */
  public OptionalDouble at(Used used, double factor, Metric metric) {
    Moved moved = new Moved(used.constant().path(), factor);
    Optional<Totals> totals = known.computeIfAbsent(moved, m -> evaluated(used, factor));
    return totals.isPresent()
        ? OptionalDouble.of(totals.get().value(metric))
        : OptionalDouble.empty();
  }

  private Optional<Totals> evaluated(Used used, double factor) {
    CircuitSettings stated = design.circuits();
    Map<String, Double> values = new HashMap<>(stated.constants());
    values.put(used.constant().path(), used.value() * factor);
    try {
      Design changed = design.with(new CircuitSettings(stated.files(), values));
      return Optional.of(evaluator.totals(changed));
    } catch (UndefinedFigureException e) {
      return Optional.empty();
    }
  }
}
