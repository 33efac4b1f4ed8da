package dev.kirchhoff.peripherals.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Function;
import dev.kirchhoff.peripherals.readout.RandomColumns;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Laws of every readout that is a file: its code, its constants, its sides. */
class ReadoutSheetsTest {
  private static final int COLUMNS = 400;

  private static final List<String> READOUTS =
      List.of(
          "sar-28nm",
          "flash-28nm",
          "shared-ramp",
          "cco-hermes",
          "spike-counter",
          "tdc-timely",
          "current-sense",
          "voltage-sense",
          "neuron-neurram");

  private static Solution solution(String circuit, ReadoutColumn column) {
    return column
        .circuits()
        .solve(circuit, ReadoutNames.VOCABULARY, column, column.process().node_nm());
  }

  private static Sheet<ReadoutColumn> sheet(String circuit) {
    return Circuits.CATALOGUE.sheet(circuit, ReadoutNames.VOCABULARY);
  }

  @Test
  void compiledRowsEqualTheirInterpretationInEveryBit() {
    for (String circuit : READOUTS) {
      Random random = new Random(1);
      for (int i = 0; i < COLUMNS; i++) {
        Solution solution = solution(circuit, RandomColumns.of(random));
        for (SheetRow row : sheet(circuit).rows()) {
          assertEquals(
              Double.doubleToLongBits(solution.evaluate(row.formula())),
              Double.doubleToLongBits(solution.value(row)),
              row.key());
        }
      }
    }
  }

  @Test
  void onePercentMoreOfAnyConstantIsSeen() {
    Set<String> seen = new TreeSet<>();
    Set<String> unseen = new TreeSet<>();
    for (String circuit : READOUTS) {
      for (SheetConstant constant : sheet(circuit).constants()) {
        String key = constant.circuit() + "." + constant.name();
        if (constant.table().isPresent() || seen.contains(key)) {
          continue;
        }
        (isSeen(circuit, constant) ? seen : unseen).add(key);
      }
    }
    unseen.removeAll(seen);
    assertEquals(Set.of(), unseen);
  }

  private static boolean isSeen(String circuit, SheetConstant constant) {
    String key = constant.circuit() + "." + constant.name();
    Circuits changed =
        Circuits.of(new CircuitSettings(Map.of(), Map.of(key, 1.01 * constant.value())));
    Random one = new Random(2);
    Random other = new Random(2);
    for (int i = 0; i < COLUMNS; i++) {
      Solution before = solution(circuit, RandomColumns.of(one));
      Solution after = solution(circuit, RandomColumns.of(other, changed));
      for (SheetRow row : sheet(circuit).terms()) {
        if (before.value(row) != after.value(row)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A side counts as taken if one of the circuits that use its line takes it. */
  @Test
  void everySideOfEveryPieceAndExtremeIsTaken() {
    Sides sides = new Sides();
    for (String circuit : READOUTS) {
      Random random = new Random(3);
      for (int i = 0; i < 10 * COLUMNS; i++) {
        sides.take(sheet(circuit), solution(circuit, RandomColumns.of(random)));
      }
    }
    assertEquals(Set.of(), sides.never());
  }

  @Test
  void noFigureIsNegativeOrUndefined() {
    for (String circuit : READOUTS) {
      Random random = new Random(4);
      for (int i = 0; i < COLUMNS; i++) {
        Solution solution = solution(circuit, RandomColumns.of(random));
        for (SheetRow row : sheet(circuit).terms()) {
          double value = solution.value(row);
          assertTrue(value >= -1e-12 && Double.isFinite(value), circuit + " " + row.key());
        }
      }
    }
  }

  /** Sides of pieces, minima and maxima that solutions have taken, by line of a file. */
  private static final class Sides {
    private final Map<String, boolean[]> taken = new TreeMap<>();

    void take(Sheet<?> sheet, Solution solution) {
      for (SheetRow row : sheet.rows()) {
        visit(row.formula(), row, solution);
      }
    }

    private void visit(Formula.Expression e, SheetRow row, Solution solution) {
      if (e instanceof Formula.Piece p) {
        double left = solution.evaluate(p.left());
        double right = solution.evaluate(p.right());
        note(row, p.offset(), p.comparison().holds(left, right));
        visit(p.left(), row, solution);
        visit(p.right(), row, solution);
        visit(p.yes(), row, solution);
        visit(p.no(), row, solution);
      } else if (e instanceof Formula.Call call) {
        call(call, row, solution);
        call.arguments().forEach(argument -> visit(argument, row, solution));
      } else if (e instanceof Formula.Binary b) {
        visit(b.left(), row, solution);
        visit(b.right(), row, solution);
      } else if (e instanceof Formula.Negated n) {
        visit(n.operand(), row, solution);
      }
    }

    private void call(Formula.Call call, SheetRow row, Solution solution) {
      if (call.arguments().size() != 2) {
        return;
      }
      double first = solution.evaluate(call.arguments().get(0));
      double second = solution.evaluate(call.arguments().get(1));
      if (call.function() == Function.STATED) {
        note(row, call.offset(), !Double.isNaN(first));
      } else if (first != second) {
        note(row, call.offset(), first < second == (call.function() == Function.MIN));
      } else {
        taken.computeIfAbsent(key(row, call.offset()), k -> new boolean[2]);
      }
    }

    private void note(SheetRow row, int offset, boolean isFirst) {
      taken.computeIfAbsent(key(row, offset), k -> new boolean[2])[isFirst ? 0 : 1] = true;
    }

    /** File, line and column, whichever circuit uses it. */
    private static String key(SheetRow row, int offset) {
      return row.place().fileAndLine() + ":" + (offset + 1) + " " + row.circuit();
    }

    Set<String> never() {
      Set<String> never = new TreeSet<>();
      taken.forEach(
          (key, sides) -> {
            if (!sides[0] || !sides[1]) {
              never.add(key + " side " + (sides[0] ? 2 : 1));
            }
          });
      return never;
    }
  }
}
