package dev.kirchhoff.dse.table;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Evaluated designs of a run as a table, one row a design in the order of evaluation:
 *
 * <ul>
 *   <li>{@code index}, {@code round}, {@code island}: number of the design in its run and the round
 *       and island that it was evaluated in, which a sweep does not tell;
 *   <li>{@code weight}, of a sampled sweep: the number of designs of the space that a row stands
 *       for;
 *   <li>one column for each path of a knob, the unit at the end of its name; empty where the knob
 *       does not exist in the design;
 *   <li>one column an objective, named by its key; empty where the design has no value;
 *   <li>further figures of a search, of single precision: metrics that the spec records, the slack
 *       of each limit (negative where it is missed); a sweep has its columns in their place;
 *   <li>on demand costs by circuit family, of single precision, computed for the table;
 *   <li>{@code feasible}; {@code front}, whether it is on the last front of the log; {@code
 *       missed}, the limits that it misses, separated by semicolons.
 * </ul>
 */
public final class RunTable {
  private final RunDirectory run;
  private final RunEvent.Run header;
  private final TableColumns<RunEvent.Evaluations> table =
      new TableColumns<>(RunEvent.Evaluations::count);
  private final Optional<RunEvent.Swept> swept;
  private final long designs;

  private RunTable(
      RunDirectory run,
      RunEvent.Run header,
      Set<Long> front,
      Optional<Explainer.FamilyCosts> costs,
      Optional<SampleWeights> weights,
      Optional<RunEvent.Swept> swept,
      long designs) {
    this.run = run;
    this.header = header;
    this.swept = swept;
    this.designs = designs;
    boolean isSweep = SweepPlan.isSweep(header.engine());
    table.whole("index", (event, row) -> event.first() + row);
    if (!isSweep) {
      table.whole("round", (event, row) -> event.round());
      table.whole("island", (event, row) -> event.island());
    }
    weights.ifPresent(
        sample ->
            table
                .add(Column.number("weight"), event -> new Cells.Numbers(sample.of(event)))
                .add(Column.flag("near"), event -> new Cells.Flags(sample.near(event))));
    table.knobs(header.knobs(), (event, knob, row) -> event.knobs()[knob][row]);
    for (int m = 0; m < header.axes().size(); m++) {
      int axis = m;
      table.number(name(header.axes().get(m)), (event, row) -> event.values()[axis][row]);
    }
    for (Figure figure : isSweep ? List.<Figure>of() : figures(header)) {
      table.add(
          Column.single(figure.name()),
          event -> new Cells.Singles(event.figures().all()[figure.place()]));
    }
    costs.map(BlockCosts::new).ifPresent(this::add);
    table
        .flag("feasible", this::isFeasible)
        .flag("front", (event, row) -> front.contains(event.first() + row))
        .word("missed", this::missed);
  }

  private void add(BlockCosts costs) {
    List<RunEvent.Column> columns = costs.models.columns();
    for (int k = 0; k < columns.size(); k++) {
      int column = k;
      table.add(
          Column.single(columns.get(k).key()), event -> new Cells.Singles(costs.of(event)[column]));
    }
  }

  /** Costs by circuit family of the designs of one event after another, in columns. */
  private static final class BlockCosts {
    private final Explainer.FamilyCosts models;
    private RunEvent.Evaluations last;
    private float[][] lastCosts;

    BlockCosts(Explainer.FamilyCosts models) {
      this.models = models;
    }

    float[][] of(RunEvent.Evaluations event) {
      if (event != last) {
        lastCosts = costs(event);
        last = event;
      }
      return lastCosts;
    }

    private float[][] costs(RunEvent.Evaluations event) {
      float[][] columns = new float[models.columns().size()][event.count()];
      for (float[] column : columns) {
        Arrays.fill(column, Float.NaN);
      }
      List<Integer> rows = new ArrayList<>();
      List<int[]> designs = new ArrayList<>();
      for (int row = 0; row < event.count(); row++) {
        if (RunEvent.Evaluations.isValued(event.values(), row)) {
          rows.add(row);
          designs.add(event.ordinals(row));
        }
      }
      float[][] found = models.of(designs);
      for (int i = 0; i < found.length; i++) {
        for (int k = 0; k < columns.length; k++) {
          columns[k][rows.get(i)] = found[i][k];
        }
      }
      return columns;
    }
  }

  /**
   * Figure that evaluations carry beside objectives.
   *
   * @param place place of its column in an event
   * @param name name of its column in the table
   */
  private record Figure(int place, String name) {}

  /** Figures of a run's evaluations other than objectives. */
  private static List<Figure> figures(RunEvent.Run header) {
    if (header.recorded() == null) {
      return List.of();
    }
    Set<String> objectives = header.axes().stream().map(RunTable::name).collect(Collectors.toSet());
    List<RunEvent.Column> all = header.recorded().all();
    return IntStream.range(0, all.size())
        .mapToObj(place -> new Figure(place, name(all.get(place))))
        .filter(figure -> !objectives.contains(figure.name()))
        .toList();
  }

  /** Key of a column; of a slack the text of its limit. */
  private static String name(RunEvent.Column column) {
    boolean isSlack = column.key().startsWith("slack.");
    String unit = column.unit().isEmpty() ? "" : " in " + column.unit();
    return isSlack ? "slack (" + column.name() + ")" + unit : column.key();
  }

  static String name(RunEvent.Axis axis) {
    return axis.key() + (axis.band() == null ? "" : "_" + axis.band());
  }

  /**
   * The table of a run without costs by circuit family, as far as its log goes.
   *
   * @throws dev.kirchhoff.dse.run.DamagedLogException if the log is damaged
   */
  public static RunTable of(RunDirectory run) {
    return of(run, Optional.empty());
  }

  /**
   * The table of a run, as far as its log goes. The whole log is checked first, so that nothing of
   * a damaged one is handed on.
   *
   * @param costs models of the run's designs, if their costs by circuit family are columns
   * @throws dev.kirchhoff.dse.run.DamagedLogException if the log is damaged
   */
  public static RunTable of(RunDirectory run, Optional<Explainer.FamilyCosts> costs) {
    Set<Long> front = new HashSet<>();
    long designs = 0;
    try (RunLogReader log = RunLogReader.open(run)) {
      RunEvent.Run header = RunLogReader.header(run);
      Optional<SampleWeights> weights =
          SweepPlan.isSample(header.engine())
              ? Optional.of(new SampleWeights(header.knobs()))
              : Optional.empty();
      Optional<RunEvent.Swept> swept = Optional.empty();
      for (Optional<RawEvent> next = log.nextLine(); next.isPresent(); next = log.nextLine()) {
        String type = next.get().type();
        if (type.equals(RunEvent.Front.TYPE)) {
          RunEvent.Front change = (RunEvent.Front) log.event(next.get()).event();
          if (change.change().equals("left")) {
            front.remove(change.index());
          } else {
            front.add(change.index());
          }
        } else if (type.equals(RunEvent.Round.TYPE)) {
          RunEvent.Round round = (RunEvent.Round) log.event(next.get()).event();
          weights.ifPresent(sample -> sample.take(round));
          swept = Optional.ofNullable(round.swept());
          designs = round.evaluated();
        } else if (type.equals(RunEvent.Evaluations.TYPE)) {
          log.event(next.get()); // to find damage before the first row is written
        }
      }
      return new RunTable(run, header, front, costs, weights, swept, designs);
    }
  }

  /** The columns. */
  public List<Column> columns() {
    return table.columns();
  }

  /** All rows of a large sweep, of which these are a sample; empty for any other run. */
  public Optional<RunEvent.Swept> swept() {
    return swept;
  }

  /** Designs up to the last whole round. */
  public long designs() {
    return designs;
  }

  /**
   * Writes all rows.
   *
   * @return number of rows
   * @throws IOException if the table cannot be written
   */
  public long write(TableWriter writer) throws IOException {
    long rows = 0;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> next = log.nextLine();
          next.isPresent() && rows < designs;
          next = log.nextLine()) {
        if (next.get().type().equals(RunEvent.Evaluations.TYPE)) {
          RunEvent.Evaluations event = (RunEvent.Evaluations) log.event(next.get()).event();
          writer.write(table.rows(event));
          rows += event.count();
        }
      }
    }
    return rows;
  }

  private boolean isFeasible(RunEvent.Evaluations event, int row) {
    boolean hasValues = true;
    for (double[] column : event.values()) {
      hasValues &= !Double.isNaN(column[row]);
    }
    return hasValues && missed(event, row) == null;
  }

  /** The limits that a design misses; null where it meets all, as an empty cell. */
  private String missed(RunEvent.Evaluations event, int row) {
    return MissedLimits.text(
        event.violations().length, c -> event.violations()[c][row], this::limit);
  }

  /** A limit of the header; of those that commands added later it knows nothing. */
  private String limit(int column) {
    return column < header.constraints().size()
        ? header.constraints().get(column)
        : "a limit that a command added";
  }
}
