package dev.kirchhoff.dse.table;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Member of a front as one flat JSON object, named as in {@link RunTable}: {@code run}, {@code
 * design}, {@code index}, {@code spec}; knobs by path, units at the end of their names; objectives
 * and recorded metrics by key. Numbers are numbers; a knob or a figure that the design lacks is
 * left out.
 */
public final class MemberRecord {
  private final String run;
  private final RunEvent.Run header;
  private final List<KnobColumn> knobs;
  private final List<Integer> metrics = new ArrayList<>();
  private final List<SerializedString> names;

  /**
   * Records of a run.
   *
   * @param run the run's id
   * @param header its header
   */
  public MemberRecord(String run, RunEvent.Run header) {
    this.run = run;
    this.header = header;
    knobs = KnobColumn.of(header.knobs());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.word("run"));
    columns.add(Column.word("design"));
    columns.add(Column.whole("index"));
    columns.add(Column.word("spec"));
    knobs.forEach(knob -> columns.add(knob.column()));
    Set<String> keys = new HashSet<>();
    for (RunEvent.Axis axis : axes()) {
      keys.add(RunTable.name(axis));
      columns.add(Column.number(RunTable.name(axis)));
    }
    List<RunEvent.Column> recorded =
        header.recorded() == null ? List.of() : header.recorded().metrics();
    for (int m = 0; m < recorded.size(); m++) {
      if (keys.add(recorded.get(m).key())) {
        metrics.add(m);
        columns.add(Column.number(recorded.get(m).key()));
      }
    }
    names = JsonLinesTable.names(columns);
  }

  private List<RunEvent.Axis> axes() {
    return header.axes() == null ? List.of() : header.axes();
  }

  /**
   * The record of a member.
   *
   * @param design its design id
   * @param event evaluations that it is among
   * @param row its row in them
   * @throws EventFormatException if they are not of this run's knobs and objectives
   */
  public byte[] json(String design, RunEvent.Evaluations event, int row)
      throws EventFormatException {
    int[][] ordinals = ordinals(event, row);
    requireColumns("objectives", event.values().length, axes().size());
    List<Cells> cells = new ArrayList<>();
    cells.add(word(run));
    cells.add(word(design));
    cells.add(new Cells.Wholes(new long[] {event.first() + row}, new BitSet()));
    cells.add(word(header.name()));
    knobs.forEach(knob -> cells.add(knob.cells(ordinals, 1)));
    for (int m = 0; m < axes().size(); m++) {
      Double value = event.values()[m][row];
      cells.add(number(value == null ? Double.NaN : value));
    }
    float[][] figures = event.figures().metrics();
    for (int m : metrics) {
      boolean has = m < figures.length && figures[m].length > 0;
      cells.add(number(has ? shortest(figures[m][row]) : Double.NaN));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (TableWriter json = new JsonLinesTable(names, out)) {
      json.write(new TableRows(1, cells));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] line = out.toByteArray();
    return Arrays.copyOf(line, line.length - 1);
  }

  private int[][] ordinals(RunEvent.Evaluations event, int row) throws EventFormatException {
    requireColumns("knobs", event.knobs().length, header.knobs().size());
    int[][] ordinals = new int[event.knobs().length][];
    for (int k = 0; k < ordinals.length; k++) {
      RunEvent.KnobHeader knob = header.knobs().get(k);
      int ordinal = event.knobs()[k][row];
      if (ordinal >= knob.values().size()) {
        throw new EventFormatException(
            "value " + ordinal + " of " + knob.path() + ", which has " + knob.values().size(),
            null);
      }
      ordinals[k] = new int[] {ordinal};
    }
    return ordinals;
  }

  private static void requireColumns(String of, int found, int wanted) throws EventFormatException {
    if (found != wanted) {
      throw new EventFormatException(
          "evaluations have " + found + " columns of " + of + ", must have " + wanted, null);
    }
  }

  /** The double with the shortest text of a float: 0.1 for 0.1f. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static Cells word(String text) {
    return new Cells.Words(new String[] {text});
  }

  private static Cells number(double value) {
    return new Cells.Numbers(new double[] {value});
  }
}
