package dev.kirchhoff.dse.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Feasible designs of a run by the values of two knobs: of each pair of values the best and the
 * median value of a metric, and the number of designs.
 *
 * @param run the run
 * @param rows path of the knob whose values are the rows
 * @param columns path of the knob whose values are the columns
 * @param metric key of the metric
 * @param unit unit of its values
 * @param maximise whether more is better
 * @param rowValues values of the rows' knob that designs have, in the order of the spec
 * @param columnValues values of the columns' knob
 * @param swept rows of a large sweep, of whose sample in the log these are; absent in all other
 *     runs
 * @param cells by row, then column
 */
public record PivotTable(
    String run,
    String rows,
    String columns,
    String metric,
    String unit,
    boolean maximise,
    List<String> rowValues,
    List<String> columnValues,
    Optional<Long> swept,
    List<List<Cell>> cells) {

  /**
   * Designs of a pair of values.
   *
   * @param count feasible designs
   * @param best best value; absent without designs, as the next two
   * @param median median of the values
   * @param design index of the best design
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Cell(long count, Double best, Double median, Long design) {}

  public PivotTable {
    rowValues = List.copyOf(rowValues);
    columnValues = List.copyOf(columnValues);
    cells = List.copyOf(cells);
  }

  /**
   * The pivot of a run.
   *
   * @param rows path of a knob
   * @param columns path of another
   * @param metric name or key of an objective
   * @throws DataProblemException if the run has no such knob or objective
   * @throws dev.kirchhoff.dse.run.DamagedLogException if its log is damaged
   */
  public static PivotTable of(RunDirectory run, String rows, String columns, String metric) {
    RunEvent.Run header = RunLogReader.headerOfGoodLog(run);
    PathValues down = PathValues.of(header, rows);
    PathValues across = PathValues.of(header, columns);
    int value = objective(header, metric);
    RunEvent.Axis axis = header.axes().get(value);
    Tally[][] tallies = new Tally[down.values().size()][across.values().size()];
    for (Tally[] row : tallies) {
      Arrays.setAll(row, i -> new Tally());
    }
    RunLogReader.evaluations(
        run,
        event -> {
          for (int design = 0; design < event.count(); design++) {
            OptionalInt row = down.place(event, design);
            OptionalInt column = across.place(event, design);
            if (row.isPresent() && column.isPresent() && isFeasible(event, design)) {
              tallies[row.getAsInt()][column.getAsInt()].add(
                  event.first() + design, event.values()[value][design]);
            }
          }
        });
    return new PivotTable(
        run.id().text(),
        rows,
        columns,
        axis.key(),
        axis.unit(),
        axis.maximise(),
        down.values(),
        across.values(),
        SweepPlan.isLarge(header.engine()) ? Optional.of(header.budget()) : Optional.empty(),
        Arrays.stream(tallies)
            .map(row -> Arrays.stream(row).map(tally -> tally.cell(axis.maximise())).toList())
            .toList());
  }

  private static boolean isFeasible(RunEvent.Evaluations event, int design) {
    return Arrays.stream(event.values()).allMatch(column -> !Double.isNaN(column[design]))
        && Arrays.stream(event.violations()).allMatch(column -> column[design] <= 0);
  }

  private static int objective(RunEvent.Run header, String metric) {
    List<String> names = new ArrayList<>();
    for (int m = 0; m < header.axes().size(); m++) {
      RunEvent.Axis axis = header.axes().get(m);
      if (axis.name().equals(metric) || axis.key().equals(metric)) {
        return m;
      }
      names.add(axis.name());
    }
    throw new DataProblemException(
        "the run has no values of '" + metric + "'; " + hint(metric, names));
  }

  private static String hint(String wanted, Collection<String> names) {
    return NearNames.nearest(wanted, names)
        .map(near -> "did you mean '" + near + "'?")
        .orElse("it has " + String.join(", ", names));
  }

  /** Values of the knobs of a path, of which a design has one at most. */
  private record PathValues(int[] knobs, int[][] places, List<String> values) {
    static PathValues of(RunEvent.Run header, String path) {
      List<Integer> knobs = new ArrayList<>();
      LinkedHashSet<String> paths = new LinkedHashSet<>();
      LinkedHashSet<String> values = new LinkedHashSet<>();
      for (int k = 0; k < header.knobs().size(); k++) {
        RunEvent.KnobHeader knob = header.knobs().get(k);
        paths.add(knob.path());
        if (knob.path().equals(path)) {
          knobs.add(k);
          knob.values().forEach(value -> values.add(value.asText()));
        }
      }
      if (knobs.isEmpty()) {
        throw new DataProblemException("the run has no knob '" + path + "'; " + hint(path, paths));
      }
      List<String> all = ordered(values);
      int[][] places = new int[knobs.size()][];
      for (int i = 0; i < places.length; i++) {
        places[i] =
            header.knobs().get(knobs.get(i)).values().stream()
                .mapToInt(value -> all.indexOf(value.asText()))
                .toArray();
      }
      return new PathValues(knobs.stream().mapToInt(Integer::intValue).toArray(), places, all);
    }

    /** Numbers by size, words as the spec has them. */
    private static List<String> ordered(Collection<String> values) {
      return values.stream().allMatch(Units::isNumber)
          ? values.stream().sorted(Comparator.comparingDouble(Double::parseDouble)).toList()
          : List.copyOf(values);
    }

    /** Place of a design's value among all; empty where none of the knobs exists in it. */
    OptionalInt place(RunEvent.Evaluations event, int design) {
      for (int i = 0; i < knobs.length; i++) {
        int ordinal = event.knobs()[knobs[i]][design];
        if (ordinal >= 0) {
          return OptionalInt.of(places[i][ordinal]);
        }
      }
      return OptionalInt.empty();
    }
  }

  /** Values of a pair while they are read. */
  private static final class Tally {
    private double[] values = new double[4];
    private long[] designs = new long[4];
    private int count;

    void add(long design, double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
        designs = Arrays.copyOf(designs, 2 * count);
      }
      designs[count] = design;
      values[count++] = value;
    }

    Cell cell(boolean maximise) {
      if (count == 0) {
        return new Cell(0, null, null, null);
      }
      int best = 0;
      for (int i = 1; i < count; i++) {
        best = (maximise ? values[i] > values[best] : values[i] < values[best]) ? i : best;
      }
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
      return new Cell(count, values[best], median, designs[best]);
    }
  }

  /** Statistic of the cells of a pair. */
  public enum Statistic {
    /** The best value. */
    BEST,
    /** The median value. */
    MEDIAN,
    /** The number of feasible designs. */
    COUNT;

    /** The word of an option. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
