package dev.kirchhoff.dse.table;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
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
  private final RunEvent.Run header;
  private final TableColumns<Member> table = new TableColumns<>(member -> 1);
  private final List<SerializedString> names;

  /** A member: a row of evaluations. */
  private record Member(String design, RunEvent.Evaluations event, int row) {
    /** A metric that the spec records; NaN where it has none. */
    double metric(int m) {
      return shortest(event.figures().metrics()[m][row]);
    }
  }

  /**
   * Records of a run.
   *
   * @param run the run's id
   * @param header its header
   */
  public MemberRecord(String run, RunEvent.Run header) {
    this.header = header;
    table
        .word("run", (member, row) -> run)
        .word("design", (member, row) -> member.design())
        .whole("index", (member, row) -> member.event().first() + member.row())
        .word("spec", (member, row) -> header.name())
        .knobs(header.knobs(), (member, knob, row) -> member.event().knobs()[knob][member.row()]);
    Set<String> keys = new HashSet<>();
    List<RunEvent.Axis> axes = header.axes() == null ? List.of() : header.axes();
    for (int m = 0; m < axes.size(); m++) {
      int axis = m;
      String key = RunTable.name(axes.get(m));
      keys.add(key);
      table.number(key, (member, row) -> member.event().values()[axis][member.row()]);
    }
    List<RunEvent.Column> recorded =
        header.recorded() == null ? List.of() : header.recorded().metrics();
    for (int m = 0; m < recorded.size(); m++) {
      int metric = m;
      if (keys.add(recorded.get(m).key())) {
        table.number(recorded.get(m).key(), (member, row) -> member.metric(metric));
      }
    }
    names = JsonLinesTable.names(table.columns());
  }

  /**
   * The record of a member.
   *
   * @param design its design id
   * @param event evaluations that it is among
   * @param row its row in them
   * @throws EventFormatException if they are not in the columns of this run
   */
  public byte[] json(String design, RunEvent.Evaluations event, int row)
      throws EventFormatException {
    event.requireFit(header, event.violations().length);
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (TableWriter json = new JsonLinesTable(names, out)) {
      json.write(table.rows(new Member(design, event, row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] line = out.toByteArray();
    return Arrays.copyOf(line, line.length - 1);
  }

  /** The double with the shortest text of a float: 0.1 for 0.1f. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
