package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.kernel.Outcome;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Quality of a kernel on simulated chips of a design, over age, effects and bits.
 *
 * @param title kernel and spec
 * @param data chips drawn and seed
 * @param measure measure of quality
 * @param others measures of the other figures of a result
 * @param groups groups of conditions
 */
public record KernelReport(
    String title,
    String data,
    Outcome.Measure measure,
    List<Outcome.Measure> others,
    List<Group> groups) {
  public KernelReport {
    others = List.copyOf(others);
    groups = List.copyOf(groups);
  }

  /**
   * Conditions that belong together.
   *
   * @param name heading
   * @param rows conditions
   */
  public record Group(String name, List<Row> rows) {
    public Group {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A condition.
   *
   * @param name what differs from the design
   * @param median quality of the median chip; empty if it has diverged
   * @param worst quality of the worst chip that has a result; empty if none has
   * @param best quality of the best chip
   * @param others other figures of the median chip; none if it has diverged
   * @param iterations iterations of the median chip
   * @param solved chips that reached what was asked for
   * @param chips chips drawn
   */
  public record Row(
      String name,
      OptionalDouble median,
      OptionalDouble worst,
      OptionalDouble best,
      List<Double> others,
      long iterations,
      int solved,
      int chips) {
    public Row {
      others = List.copyOf(others);
    }
  }
}
