package dev.kirchhoff.dse.table;

import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
 *       of each limit (negative where it is missed), energy, area and peak power by circuit family;
 *       a sweep has its columns in their place;
 *   <li>{@code feasible}; {@code front}, whether it is on the last front of the log; {@code
 *       missed}, the limits that it misses, separated by semicolons.
 * </ul>
 */
public final class RunTable {
  private final RunDirectory run;
  private final RunEvent.Run header;
  private final boolean isSweep;
  private final List<Figure> figures;
  private final List<KnobColumn> knobs;
  private final List<Column> columns;
  private final Set<Long> front;
  private final Optional<SampleWeights> weights;
  private final Optional<RunEvent.Swept> swept;
  private final long designs;

  private RunTable(
      RunDirectory run,
      RunEvent.Run header,
      Set<Long> front,
      Optional<SampleWeights> weights,
      Optional<RunEvent.Swept> swept,
      long designs) {
    this.run = run;
    this.header = header;
    this.front = front;
    this.weights = weights;
    this.swept = swept;
    this.designs = designs;
    isSweep = SweepPlan.isSweep(header.engine());
    figures = isSweep ? List.of() : figures(header);
    knobs = KnobColumn.of(header.knobs());
    columns = new ArrayList<>();
    columns.add(Column.whole("index"));
    if (!isSweep) {
      columns.add(Column.whole("round"));
      columns.add(Column.whole("island"));
    }
    weights.ifPresent(sample -> columns.add(Column.number("weight")));
    weights.ifPresent(sample -> columns.add(Column.flag("near")));
    knobs.forEach(knob -> columns.add(knob.column()));
    header.axes().forEach(axis -> columns.add(Column.number(name(axis))));
    figures.forEach(figure -> columns.add(Column.single(figure.name())));
    columns.add(Column.flag("feasible"));
    columns.add(Column.flag("front"));
    columns.add(Column.word("missed"));
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
   * The table of a run, as far as its log goes. The whole log is checked first, so that nothing of
   * a damaged one is handed on.
   *
   * @throws dev.kirchhoff.dse.run.DamagedLogException if the log is damaged
   */
  public static RunTable of(RunDirectory run) {
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
        }
      }
      return new RunTable(run, header, front, weights, swept, designs);
    }
  }

  /** The columns. */
  public List<Column> columns() {
    return List.copyOf(columns);
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
  public long write(TableWriter table) throws IOException {
    long rows = 0;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> next = log.nextLine();
          next.isPresent() && rows < designs;
          next = log.nextLine()) {
        if (next.get().type().equals(RunEvent.Evaluations.TYPE)) {
          RunEvent.Evaluations event = (RunEvent.Evaluations) log.event(next.get()).event();
          table.write(rows(event));
          rows += event.count();
        }
      }
    }
    return rows;
  }

  private TableRows rows(RunEvent.Evaluations event) {
    int count = event.count();
    List<Cells> cells = new ArrayList<>(columns.size());
    long[] index = new long[count];
    long[] round = new long[count];
    long[] island = new long[count];
    for (int row = 0; row < count; row++) {
      index[row] = event.first() + row;
      round[row] = event.round();
      island[row] = event.island();
    }
    BitSet none = new BitSet();
    cells.add(new Cells.Wholes(index, none));
    if (!isSweep) {
      cells.add(new Cells.Wholes(round, none));
      cells.add(new Cells.Wholes(island, none));
    }
    weights.ifPresent(sample -> cells.add(new Cells.Numbers(sample.of(event))));
    weights.ifPresent(sample -> cells.add(new Cells.Flags(sample.near(event))));
    knobs.forEach(knob -> cells.add(knob.cells(event.knobs(), count)));
    for (Double[] column : event.values()) {
      double[] values = new double[count];
      for (int row = 0; row < count; row++) {
        values[row] = column[row] == null ? Double.NaN : column[row];
      }
      cells.add(new Cells.Numbers(values));
    }
    addFigures(event, cells);
    addJudgement(event, cells);
    return new TableRows(count, cells);
  }

  private void addFigures(RunEvent.Evaluations event, List<Cells> cells) {
    float[][] logged = event.figures().all();
    for (Figure figure : figures) {
      boolean isKnown = figure.place() < logged.length && logged[figure.place()].length > 0;
      float[] values = isKnown ? logged[figure.place()] : new float[event.count()];
      if (!isKnown) {
        Arrays.fill(values, Float.NaN);
      }
      cells.add(new Cells.Singles(values));
    }
  }

  private void addJudgement(RunEvent.Evaluations event, List<Cells> cells) {
    BitSet feasible = new BitSet();
    BitSet member = new BitSet();
    String[] missed = new String[event.count()];
    for (int row = 0; row < event.count(); row++) {
      boolean hasValues = true;
      for (Double[] column : event.values()) {
        hasValues &= column[row] != null;
      }
      missed[row] = missed(event, row);
      feasible.set(row, hasValues && missed[row] == null);
      member.set(row, front.contains(event.first() + row));
    }
    cells.add(new Cells.Flags(feasible));
    cells.add(new Cells.Flags(member));
    cells.add(new Cells.Words(missed));
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
