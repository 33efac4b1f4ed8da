package dev.kirchhoff.peripherals.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Laws of every circuit of the catalogue that is a file: its code, its constants, its sides.
 *
 * <p>The golden table holds, for each term, in how many of its cases it is not zero and its
 * geometric mean over them; so no case hides another, and whatever changes a term in one case
 * changes a line.
 */
class CircuitSheetsTest {
  private static final int CASES = 400;
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "circuits.txt");
  private static final Path FILES =
      Path.of("src", "main", "resources", "dev", "kirchhoff", "peripherals", "circuits");

  private static final List<CircuitFile> CIRCUITS = circuits();

  /** Circuits that something is sized for; others are used by these. */
  static final List<Drawn<?>> DRAWN =
      CIRCUITS.stream().flatMap(file -> drawn(file).stream()).toList();

  private static List<CircuitFile> circuits() {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString().replace(CircuitFile.ENDING, ""))
          .sorted()
          .map(CircuitFile::of)
          .filter(CircuitFile::hasEquations)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Drawn<?>> drawn(CircuitFile file) {
    return RandomSubjects.ALL.stream()
        .<Drawn<?>>flatMap(subjects -> Drawn.of(subjects, file).stream())
        .findFirst();
  }

  /** A circuit with its cases. */
  record Drawn<T>(Sheet<T> sheet, RandomSubjects<T> subjects, List<Solution> cases) {
    static <T> Optional<Drawn<T>> of(RandomSubjects<T> subjects, CircuitFile file) {
      return subjects
          .sheet(file)
          .map(s -> new Drawn<>(s, subjects, subjects.solutions(s, CASES, 1).toList()));
    }

    Stream<Solution> more() {
      return subjects.solutions(sheet, 10 * CASES, 3);
    }

    /** Lines of the golden table, with constants that a design changes. */
    List<String> lines(ToDoubleFunction<SheetConstant> factor) {
      List<SheetRow> terms = sheet.terms();
      double[] logs = new double[terms.size()];
      int[] counts = new int[terms.size()];
      for (Solution given : cases) {
        double[] values = new double[sheet.size()];
        Arrays.setAll(values, given::value);
        for (SheetConstant constant : sheet.constants()) {
          values[constant.slot()] *= factor.applyAsDouble(constant);
        }
        sheet.program().run(values);
        for (int i = 0; i < logs.length; i++) {
          double value = values[terms.get(i).slot()];
          if (value != 0) {
            counts[i]++;
            logs[i] += StrictMath.log(Math.abs(value));
          }
        }
      }
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < logs.length; i++) {
        double mean = counts[i] == 0 ? 0 : StrictMath.exp(logs[i] / counts[i]);
        lines.add(
            String.format(
                Locale.ROOT,
                "%s, %s: %d of %d, %.9e %s",
                sheet.circuit(),
                terms.get(i).key(),
                counts[i],
                cases.size(),
                mean,
                terms.get(i).term().orElseThrow().unit()));
      }
      return lines;
    }
  }

  @Test
  void everyFileWithEquationsHasCases() {
    Set<String> without = new TreeSet<>();
    CIRCUITS.forEach(file -> without.add(file.name()));
    for (Drawn<?> drawn : DRAWN) {
      without.remove(drawn.sheet.circuit());
      drawn.sheet.rows().forEach(row -> without.remove(row.circuit()));
    }
    assertEquals(Set.of(), without);
  }

  @Test
  void compiledRowsEqualTheirInterpretationInEveryBit() {
    for (Drawn<?> drawn : DRAWN) {
      for (Solution solution : drawn.cases) {
        for (SheetRow row : drawn.sheet.rows()) {
          assertEquals(
              Double.doubleToLongBits(solution.evaluate(row.formula())),
              Double.doubleToLongBits(solution.value(row)),
              row.key());
        }
      }
    }
  }

  @Test
  void theFiguresAreThoseOfTheGoldenTable() throws IOException {
    List<String> lines = new ArrayList<>();
    DRAWN.forEach(drawn -> lines.addAll(drawn.lines(constant -> 1)));
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.write(GOLDEN, lines);
    }
    assertEquals(String.join("\n", Files.readAllLines(GOLDEN)), String.join("\n", lines));
  }

  /** Seen by a line of the golden table of one of the circuits that read it. */
  @Test
  void onePercentMoreOfAnyConstantIsSeen() {
    Set<String> seen = new TreeSet<>();
    Set<String> unseen = new TreeSet<>();
    for (Drawn<?> drawn : DRAWN) {
      List<String> lines = drawn.lines(constant -> 1);
      for (SheetConstant constant : drawn.sheet.constants()) {
        String key = key(constant);
        if (!seen.contains(key)) {
          boolean isSeen = !lines.equals(drawn.lines(c -> key(c).equals(key) ? 1.01 : 1));
          (isSeen ? seen : unseen).add(key);
        }
      }
    }
    unseen.removeAll(seen);
    assertEquals(Set.of(), unseen);
  }

  private static String key(SheetConstant constant) {
    return constant.circuit() + "." + constant.name();
  }

  /** A side counts as taken if one of the circuits that use its line takes it. */
  @Test
  void everySideOfEveryPieceAndExtremeIsTaken() {
    Sides sides = new Sides();
    for (Drawn<?> drawn : DRAWN) {
      drawn.more().forEach(solution -> sides.take(drawn.sheet, solution));
    }
    assertEquals(Set.of(), sides.never());
  }

  @Test
  void noFigureIsNegativeOrUndefined() {
    for (Drawn<?> drawn : DRAWN) {
      for (Solution solution : drawn.cases) {
        for (SheetRow row : drawn.sheet.terms()) {
          double value = solution.value(row);
          String name = drawn.sheet.circuit() + " " + row.key();
          assertTrue(value >= -1e-12 && Double.isFinite(value), name);
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
