package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Function;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derivatives of a figure of a sized circuit by each of its names, from one sweep backwards over
 * the rows (reverse accumulation; Griewank and Walther, Evaluating Derivatives, 2008, chapter 3):
 * the derivative by a name is the sum, over the lines that read it, of the derivative by the line ×
 * that of the line's formula. Minima, maxima and pieces have the derivative of the side that is
 * taken; whole numbers from {@code ceil} and {@code floor} have none.
 */
public final class Gradient {
  private final Solution solution;
  private final String unit;
  private final double figure;
  private final double[] by;

  /**
   * A gradient, whose seeds are swept back.
   *
   * @param figure value of the figure
   * @param by by slot the derivative by the rows that are the figure's terms
   */
  private Gradient(Solution solution, String unit, double figure, double[] by) {
    this.solution = solution;
    this.unit = unit;
    this.figure = figure;
    this.by = by;
    List<SheetRow> rows = solution.sheet().rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      spread(rows.get(i).formula(), by[rows.get(i).slot()]);
    }
  }

  /** Figures of a circuit by name, each with its gradient: sums of terms where they add up. */
  public static Map<String, Gradient> all(Solution solution) {
    Map<String, List<SheetRow>> figures = new LinkedHashMap<>();
    for (SheetRow row : solution.sheet().terms()) {
      figures.computeIfAbsent(row.figure(), name -> new ArrayList<>()).add(row);
    }
    Map<String, Gradient> gradients = new LinkedHashMap<>();
    figures.forEach((name, rows) -> gradients.put(name, Gradient.of(solution, rows)));
    return gradients;
  }

  /** Gradient of a sum of terms of a kind. */
  private static Gradient of(Solution solution, List<SheetRow> figure) {
    double[] by = new double[solution.sheet().size()];
    double sum = 0;
    for (SheetRow row : figure) {
      by[row.slot()] += 1;
      sum += solution.value(row);
    }
    return new Gradient(solution, figure.get(0).term().orElseThrow().unit(), sum, by);
  }

  /** Unit of the figure. */
  public String unit() {
    return unit;
  }

  /** Value of the figure. */
  public double figure() {
    return figure;
  }

  /** Derivative by a name: a constant, an input or a line. */
  public double by(String key) {
    return solution.sheet().slot(key).map(slot -> by[slot]).orElse(0.0);
  }

  /**
   * Share of a constant: d ln(figure) / d ln(constant), the percent by which the figure grows with
   * one percent of the constant.
   */
  public double share(SheetConstant constant) {
    return figure == 0 ? 0 : by[constant.slot()] * solution.value(constant.slot()) / figure;
  }

  /** Adds to the names of a formula what its derivative passes on. */
  private void spread(Formula.Expression e, double derivative) {
    if (derivative == 0 || e instanceof Formula.Literal) {
      return;
    }
    if (e instanceof Formula.Reference reference) {
      by[solution.sheet().slot(reference.name().name()).orElseThrow()] += derivative;
    } else if (e instanceof Formula.Negated negated) {
      spread(negated.operand(), -derivative);
    } else if (e instanceof Formula.Binary b) {
      spread(b, derivative);
    } else if (e instanceof Formula.Piece p) {
      double left = solution.evaluate(p.left());
      boolean holds = p.comparison().holds(left, solution.evaluate(p.right()));
      spread(holds ? p.yes() : p.no(), derivative);
    } else if (e instanceof Formula.Call call) {
      spread(call, derivative);
    }
  }

  private void spread(Formula.Binary b, double derivative) {
    double left = solution.evaluate(b.left());
    double right = solution.evaluate(b.right());
    switch (b.operator()) {
      case '+' -> {
        spread(b.left(), derivative);
        spread(b.right(), derivative);
      }
      case '-' -> {
        spread(b.left(), derivative);
        spread(b.right(), -derivative);
      }
      case '*' -> {
        spread(b.left(), derivative * right);
        spread(b.right(), derivative * left);
      }
      case '/' -> {
        spread(b.left(), derivative / right);
        spread(b.right(), -derivative * left / right / right);
      }
      default -> {
        spread(b.left(), derivative * right * StrictMath.pow(left, right - 1));
        if (left > 0) {
          spread(b.right(), derivative * StrictMath.pow(left, right) * StrictMath.log(left));
        }
      }
    }
  }

  private void spread(Formula.Call call, double derivative) {
    Formula.Expression first = call.arguments().get(0);
    double x = solution.evaluate(first);
    switch (call.function()) {
      case SQRT -> spread(first, derivative / 2 / Math.sqrt(x));
      case EXP -> spread(first, derivative * StrictMath.exp(x));
      case LN -> spread(first, derivative / x);
      case LOG2 -> spread(first, derivative / x / StrictMath.log(2));
      case CEIL, FLOOR -> {
        // Steps: flat between them.
      }
      case MIN, MAX, STATED -> spread(taken(call, x), derivative);
    }
  }

  /** The argument whose value the function has. */
  private Formula.Expression taken(Formula.Call call, double first) {
    Formula.Expression taken = call.arguments().get(0);
    double value = first;
    for (Formula.Expression next : call.arguments().subList(1, call.arguments().size())) {
      double other = solution.evaluate(next);
      Function function = call.function();
      boolean keeps =
          function == Function.STATED ? !Double.isNaN(value) : isFirst(function, value, other);
      taken = keeps ? taken : next;
      value = keeps ? value : other;
    }
    return taken;
  }

  private static boolean isFirst(Function function, double first, double second) {
    return function.of(first, second) == first;
  }
}
