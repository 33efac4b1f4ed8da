package dev.kirchhoff.dse.circuit;

import dev.kirchhoff.arch.circuit.Boundary;
import dev.kirchhoff.arch.circuit.CellLaw;
import dev.kirchhoff.arch.circuit.CrossbarCircuit;
import dev.kirchhoff.arch.circuit.EndVoltages;
import dev.kirchhoff.arch.circuit.LineEnd;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reader of a crossbar from JSON or YAML: resistances, applied voltages, wire ohms, what line ends
 * are joined to. All problems are reported at once, with line and column.
 */
public final class CircuitReader {
  /** Keys that mean something here. */
  private static final List<String> KEYS =
      List.of(
          "resistances_ohm",
          "applied_voltages_V",
          "r_word_line_ohm",
          "r_bit_line_ohm",
          "boundary",
          "applied_right_V",
          "applied_top_V",
          "applied_bottom_V",
          "cell",
          "output_currents_A",
          "word_lines",
          "bit_lines",
          "inputs");

  /** Keys of published solutions that are passed over. */
  private static final List<String> PASSED_OVER =
      List.of(
          "case",
          "source",
          "ideal_currents_A",
          "recheck_max_rel_diff",
          "solve_time_s",
          "word_line_node_V",
          "bit_line_node_V",
          "word_line_end_V",
          "bit_line_top_V");

  private static final List<String> SIDES = List.of("left", "right", "top", "bottom");
  private static final List<String> APPLIED =
      List.of("applied_voltages_V", "applied_right_V", "applied_top_V", "applied_bottom_V");
  private static final List<String> ENDS =
      Arrays.stream(LineEnd.values()).map(LineEnd::word).toList();
  private static final int LARGEST_SIDE = 4096;
  private static final int MOST_CELLS = 1 << 20;
  private static final SpecReader.Kind KIND =
      new SpecReader.Kind(
          "a circuit", "a circuit is a mapping with resistances_ohm; see docs/models.md");
  private static final double US_TIMES_OHM = 1e6;

  private final String file;
  private final Problems problems = new Problems();
  private Node.Mapping root;

  private CircuitReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file's bytes.
   *
   * @throws SpecException with all problems
   */
  public static CircuitFile read(String file, byte[] bytes) throws SpecException {
    return new CircuitReader(file).read(bytes);
  }

  private CircuitFile read(byte[] bytes) throws SpecException {
    Optional<Node> read = SpecReader.read(file, bytes, KIND, problems).root();
    problems.throwIfAny();
    if (!(read.orElse(null) instanceof Node.Mapping mapping)) {
      problems.add(
          Place.ofFile(file), "", "must be a mapping with resistances_ohm; see docs/models.md");
      throw new SpecException(problems.sorted());
    }
    root = mapping;
    unknownKeys();
    Grid resistances = grid("resistances_ohm", CircuitQuantity.CELL);
    Grid applied =
        root.has("applied_voltages_V") ? grid("applied_voltages_V", CircuitQuantity.VOLTAGE) : NONE;
    double wordline_ohm = ohm("r_word_line_ohm");
    double bitline_ohm = ohm("r_bit_line_ohm");
    CellLaw law = CellLawReader.read(root, problems);
    // Words are checked even if the size is not known.
    int rows = Math.max(1, resistances.rows);
    int columns = Math.max(1, resistances.columns);
    Boundary boundary = boundary(rows, columns);
    requireLeft(boundary);
    problems.throwIfAny();
    int inputs = inputs();
    List<List<LineEnd>> ends =
        List.of(boundary.left(), boundary.right(), boundary.top(), boundary.bottom());
    List<Grid> sides = new ArrayList<>();
    for (int side = 0; side < ends.size(); side++) {
      sides.add(isIdle(side, ends.get(side), applied) ? NONE : side(side, ends.get(side), inputs));
    }
    stated("word_lines", rows);
    stated("bit_lines", columns);
    stated("inputs", inputs);
    Optional<Grid> expected = expected(inputs, columns);
    problems.throwIfAny();
    double[] conductance_uS = new double[rows * columns];
    for (int at = 0; at < conductance_uS.length; at++) {
      conductance_uS[at] = US_TIMES_OHM / resistances.numbers[at];
    }
    List<EndVoltages> voltages = new ArrayList<>();
    for (int k = 0; k < inputs; k++) {
      voltages.add(
          new EndVoltages(
              sides.get(0).row(k), sides.get(1).row(k), sides.get(2).row(k), sides.get(3).row(k)));
    }
    return new CircuitFile(
        new CrossbarCircuit(conductance_uS, wordline_ohm, bitline_ohm, boundary, law),
        wordline_ohm,
        bitline_ohm,
        voltages,
        expected.map(CircuitReader::microamperes).orElse(List.of()));
  }

  /** Missing unless the ends on the left are known and none is driven. */
  private void requireLeft(Boundary boundary) {
    boolean isKnown =
        problems.sorted().stream().noneMatch(p -> p.path().startsWith("boundary.left"));
    if (!root.has(APPLIED.get(0)) && !(isKnown && !boundary.left().contains(LineEnd.DRIVEN))) {
      problems.add(root.place(), APPLIED.get(0), "is missing; it is a list of rows of numbers");
    }
  }

  /** Voltages of a side where nothing is driven would not be looked at. */
  private boolean isIdle(int side, List<LineEnd> ends, Grid left) {
    String key = APPLIED.get(side);
    // Zeros on the left say how many inputs there are.
    boolean isNothing = side == 0 && Arrays.stream(left.numbers).allMatch(volts -> volts == 0);
    if (!root.has(key) || ends.contains(LineEnd.DRIVEN) || isNothing) {
      return false;
    }
    String word = SIDES.get(side);
    problems.add(
        root.get(key).orElseThrow().place(),
        key,
        "says voltages, but no " + word + " end is driven; see boundary." + word);
    return true;
  }

  /** Number of input vectors: that of the first side that states voltages, one if none does. */
  private int inputs() {
    return APPLIED.stream()
        .flatMap(key -> root.get(key).stream())
        .map(node -> node instanceof Node.Sequence list ? Math.max(1, list.items().size()) : 1)
        .findFirst()
        .orElse(1);
  }

  private static List<List<Double>> microamperes(Grid expected) {
    List<List<Double>> rows = new ArrayList<>();
    for (int k = 0; k < expected.rows; k++) {
      rows.add(Arrays.stream(expected.row(k)).map(a -> a * Units.UA_PER_A).boxed().toList());
    }
    return rows;
  }

  private void unknownKeys() {
    for (Node.Entry entry : root.entries()) {
      if (!KEYS.contains(entry.key()) && !PASSED_OVER.contains(entry.key())) {
        problems.add(
            entry.keyPlace(),
            entry.key(),
            "unknown key of a circuit" + NearNames.hint(entry.key(), KEYS));
      }
    }
  }

  /** Numbers in rows of equal length. */
  private record Grid(int rows, int columns, double[] numbers) {
    double[] row(int k) {
      return Arrays.copyOfRange(numbers, k * columns, (k + 1) * columns);
    }
  }

  private static final Grid NONE = new Grid(0, 0, new double[0]);

  private Grid grid(String key, CircuitQuantity quantity) {
    Node node = root.get(key).orElse(null);
    if (node == null) {
      problems.add(root.place(), key, "is missing; it is a list of rows of numbers");
      return NONE;
    }
    return grid(key, node, quantity);
  }

  private Grid grid(String key, Node node, CircuitQuantity quantity) {
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      problems.add(node.place(), key, "must be a list of rows of numbers, at least one");
      return NONE;
    }
    int rows = list.items().size();
    int columns = list.items().get(0) instanceof Node.Sequence first ? first.items().size() : 0;
    if (columns == 0) {
      problems.add(
          list.items().get(0).place(), key + "[0]", "must be a list of numbers, at least one");
      return NONE;
    }
    if (rows > LARGEST_SIDE || columns > LARGEST_SIDE || (long) rows * columns > MOST_CELLS) {
      problems.add(
          node.place(),
          key,
          "has "
              + rows
              + " x "
              + columns
              + " numbers, must be at most "
              + LARGEST_SIDE
              + " a side and "
              + MOST_CELLS
              + " in all");
      return NONE;
    }
    double[] numbers = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      String path = key + "[" + i + "]";
      if (!(list.items().get(i) instanceof Node.Sequence row)) {
        problems.add(list.items().get(i).place(), path, "must be a list of numbers");
      } else if (row.items().size() != columns) {
        problems.add(
            row.place(),
            path,
            "has " + row.items().size() + " numbers, the first row has " + columns);
      } else {
        for (int j = 0; j < columns; j++) {
          numbers[i * columns + j] =
              quantity.read(row.items().get(j), path + "[" + j + "]", problems);
        }
      }
    }
    return new Grid(rows, columns, numbers);
  }

  private double ohm(String key) {
    Optional<Node> node = root.get(key);
    if (node.isEmpty()) {
      problems.add(root.place(), key, "is missing; it is the resistance of one segment in ohms");
      return 0;
    }
    return CircuitQuantity.WIRE.read(node.get(), key, problems);
  }

  private void requireWidth(String key, Grid grid, int lines, String what) {
    if (grid.columns != lines) {
      problems.add(
          root.get(key).orElseThrow().place(),
          key,
          "has " + grid.columns + " voltages an input, the crossbar has " + lines + " " + what);
    }
  }

  private Grid side(int side, List<LineEnd> ends, int inputs) {
    String key = APPLIED.get(side);
    Optional<Node> node = root.get(key);
    if (node.isEmpty()) {
      return new Grid(inputs, ends.size(), new double[inputs * ends.size()]);
    }
    int before = problems.sorted().size();
    Grid grid = grid(key, node.get(), CircuitQuantity.VOLTAGE);
    if (problems.sorted().size() == before) {
      requireWidth(key, grid, ends.size(), side < 2 ? "rows" : "columns");
      requireInputs(key, node.get(), grid, inputs);
    }
    return grid;
  }

  private void requireInputs(String key, Node node, Grid grid, int inputs) {
    if (grid.rows != inputs) {
      problems.add(
          node.place(),
          key,
          "has "
              + grid.rows
              + " inputs, "
              + APPLIED.stream().filter(root::has).findFirst().orElse("")
              + " has "
              + inputs);
    }
  }

  private Optional<Grid> expected(int inputs, int columns) {
    String key = "output_currents_A";
    return root.get(key)
        .map(
            node -> {
              Grid grid = grid(key, node, CircuitQuantity.NUMBER);
              if (grid != NONE && (grid.rows != inputs || grid.columns != columns)) {
                problems.add(
                    node.place(),
                    key,
                    "has "
                        + grid.rows
                        + " x "
                        + grid.columns
                        + " currents, must have "
                        + inputs
                        + " inputs x "
                        + columns
                        + " columns");
              }
              return grid;
            });
  }

  private void stated(String key, int counted) {
    Optional<Node> node = root.get(key);
    if (node.isPresent() && CircuitQuantity.NUMBER.read(node.get(), key, problems) != counted) {
      problems.add(node.get().place(), key, "is " + node.get() + ", but there are " + counted);
    }
  }

  private Boundary boundary(int rows, int columns) {
    Node node = root.get("boundary").orElse(null);
    if (node == null) {
      return Boundary.read(rows, columns);
    }
    if (!(node instanceof Node.Mapping sides)) {
      problems.add(node.place(), "boundary", "must be a mapping of left, right, top, bottom");
      return Boundary.read(rows, columns);
    }
    for (Node.Entry entry : sides.entries()) {
      if (!SIDES.contains(entry.key())) {
        problems.add(
            entry.keyPlace(),
            "boundary." + entry.key(),
            "unknown side" + NearNames.hint(entry.key(), SIDES));
      }
    }
    Boundary boundary =
        new Boundary(
            ends(sides, "left", rows, LineEnd.DRIVEN),
            ends(sides, "right", rows, LineEnd.FLOATING),
            ends(sides, "top", columns, LineEnd.FLOATING),
            ends(sides, "bottom", columns, LineEnd.GROUNDED));
    if (!boundary.isHeld()) {
      problems.add(node.place(), "boundary", "must drive or ground at least one end");
    }
    return boundary;
  }

  private List<LineEnd> ends(Node.Mapping sides, String side, int lines, LineEnd otherwise) {
    Node node = sides.get(side).orElse(null);
    String path = "boundary." + side;
    if (node == null) {
      return Collections.nCopies(lines, otherwise);
    }
    if (node instanceof Node.Sequence list) {
      boolean sized = root.has("resistances_ohm");
      if (sized && list.items().size() != lines) {
        problems.add(
            node.place(), path, "has " + list.items().size() + " ends, there are " + lines);
        return Collections.nCopies(lines, otherwise);
      }
      List<LineEnd> ends = new ArrayList<>();
      for (int i = 0; i < list.items().size(); i++) {
        ends.add(end(list.items().get(i), path + "[" + i + "]"));
      }
      return ends.size() == lines ? ends : Collections.nCopies(lines, otherwise);
    }
    return Collections.nCopies(lines, end(node, path));
  }

  private LineEnd end(Node node, String path) {
    String word = node instanceof Node.Scalar scalar ? scalar.text() : "";
    for (LineEnd end : LineEnd.values()) {
      if (end.word().equals(word)) {
        return end;
      }
    }
    problems.add(
        node.place(),
        path,
        "is '"
            + word
            + "', must be one of "
            + String.join(", ", ENDS)
            + NearNames.nearest(word, ENDS).map(near -> "; did you mean " + near + "?").orElse(""));
    return LineEnd.FLOATING;
  }
}
