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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a crossbar from JSON or YAML: resistances, applied voltages, wire ohms, what line ends are
 * joined to. All problems are told at once, with line and column.
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
  private static final List<String> ENDS =
      Arrays.stream(LineEnd.values()).map(LineEnd::word).toList();
  private static final List<String> LAWS = List.of("ohmic", "sinh", "cubic", "selector");
  private static final int LARGEST_SIDE = 4096;
  private static final int MOST_CELLS = 1 << 20;
  private static final double UA_PER_A = 1e6;
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
    Optional<Node> read = SpecReader.read(file, bytes, problems).root();
    problems.throwIfAny();
    if (!(read.orElse(null) instanceof Node.Mapping mapping)) {
      problems.add(
          new Place(file, 0, 0), "", "must be a mapping with resistances_ohm; see docs/models.md");
      throw new SpecException(problems.sorted());
    }
    root = mapping;
    unknownKeys();
    Grid resistances = grid("resistances_ohm", true);
    Grid left = grid("applied_voltages_V", false);
    double wordline_ohm = ohm("r_word_line_ohm");
    double bitline_ohm = ohm("r_bit_line_ohm");
    CellLaw law = law();
    // Where the size is not known, words are checked all the same.
    int rows = Math.max(1, resistances.rows);
    int columns = Math.max(1, resistances.columns);
    Boundary boundary = boundary(rows, columns);
    problems.throwIfAny();
    int inputs = left.rows;
    requireWidth("applied_voltages_V", left, rows, "rows");
    Grid right = side("applied_right_V", inputs, rows, "rows");
    Grid top = side("applied_top_V", inputs, columns, "columns");
    Grid bottom = side("applied_bottom_V", inputs, columns, "columns");
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
      voltages.add(new EndVoltages(left.row(k), right.row(k), top.row(k), bottom.row(k)));
    }
    return new CircuitFile(
        new CrossbarCircuit(conductance_uS, wordline_ohm, bitline_ohm, boundary, law),
        wordline_ohm,
        bitline_ohm,
        voltages,
        expected.map(CircuitReader::microamperes).orElse(List.of()));
  }

  private static List<List<Double>> microamperes(Grid expected) {
    List<List<Double>> rows = new ArrayList<>();
    for (int k = 0; k < expected.rows; k++) {
      rows.add(Arrays.stream(expected.row(k)).map(a -> a * UA_PER_A).boxed().toList());
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

  private Grid grid(String key, boolean resistances) {
    Node node = root.get(key).orElse(null);
    if (node == null) {
      problems.add(root.place(), key, "is missing; it is a list of rows of numbers");
      return NONE;
    }
    return grid(key, node, resistances);
  }

  private Grid grid(String key, Node node, boolean resistances) {
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
          numbers[i * columns + j] = number(row.items().get(j), path + "[" + j + "]", resistances);
        }
      }
    }
    return new Grid(rows, columns, numbers);
  }

  private double number(Node node, String path, boolean resistance) {
    String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
    if (resistance && (text.equals("inf") || text.equals("Infinity"))) {
      return Double.POSITIVE_INFINITY;
    }
    String allowed =
        resistance ? "a number of ohms, 0 or more, or inf for an open cell" : "a number";
    double value;
    try {
      value =
          text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0
              ? Double.NaN
              : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    boolean hexOrSuffixed =
        !text.isEmpty() && "+-.eE0123456789".indexOf(text.charAt(text.length() - 1)) < 0;
    if (!Double.isFinite(value)
        || hexOrSuffixed
        || text.contains("x")
        || (resistance && value < 0)) {
      String is = node instanceof Node.Scalar ? "is '" + text + "'" : "is no number";
      problems.add(node.place(), path, is + ", must be " + allowed);
      return 1;
    }
    return value;
  }

  private double ohm(String key) {
    Optional<Node> node = root.get(key);
    if (node.isEmpty()) {
      problems.add(root.place(), key, "is missing; it is the resistance of one segment in ohms");
      return 0;
    }
    double ohm = number(node.get(), key, true);
    if (ohm == Double.POSITIVE_INFINITY) {
      problems.add(node.get().place(), key, "is inf, a wire must conduct");
    }
    return ohm;
  }

  private void requireWidth(String key, Grid grid, int lines, String what) {
    if (grid.columns != lines) {
      problems.add(
          root.get(key).orElseThrow().place(),
          key,
          "has " + grid.columns + " voltages an input, the crossbar has " + lines + " " + what);
    }
  }

  private Grid side(String key, int inputs, int lines, String what) {
    Optional<Node> node = root.get(key);
    if (node.isEmpty()) {
      return new Grid(inputs, lines, new double[inputs * lines]);
    }
    int before = problems.sorted().size();
    Grid grid = grid(key, node.get(), false);
    if (problems.sorted().size() == before) {
      requireWidth(key, grid, lines, what);
      requireInputs(key, node.get(), grid, inputs);
    }
    return grid;
  }

  private void requireInputs(String key, Node node, Grid grid, int inputs) {
    if (grid.rows != inputs) {
      problems.add(
          node.place(), key, "has " + grid.rows + " inputs, applied_voltages_V has " + inputs);
    }
  }

  private Optional<Grid> expected(int inputs, int columns) {
    String key = "output_currents_A";
    return root.get(key)
        .map(
            node -> {
              Grid grid = grid(key, node, false);
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
    if (node.isPresent() && number(node.get(), key, false) != counted) {
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

  private CellLaw law() {
    Node node = root.get("cell").orElse(null);
    if (node == null) {
      return new CellLaw.Ohmic();
    }
    if (!(node instanceof Node.Mapping cell)) {
      problems.add(node.place(), "cell", "must be a mapping with law: " + String.join(", ", LAWS));
      return new CellLaw.Ohmic();
    }
    String word = cell.get("law").map(Object::toString).orElse("");
    return switch (word) {
      case "ohmic" -> new CellLaw.Ohmic();
      case "sinh" -> new CellLaw.HyperbolicSine(positive(cell, "scale_V"));
      case "cubic" -> new CellLaw.Cubic(positive(cell, "cubic_perV2"));
      case "selector" ->
          new CellLaw.Selector(positive(cell, "current_uA"), positive(cell, "scale_V"));
      default -> {
        problems.add(
            cell.get("law").map(Node::place).orElse(cell.place()),
            "cell.law",
            "is '" + word + "', must be one of " + String.join(", ", LAWS));
        yield new CellLaw.Ohmic();
      }
    };
  }

  private double positive(Node.Mapping cell, String key) {
    Optional<Node> node = cell.get(key);
    double value = node.map(n -> number(n, "cell." + key, false)).orElse(0.0);
    if (!(value > 0)) {
      problems.add(
          node.map(Node::place).orElse(cell.place()), "cell." + key, "must be a number above 0");
      return 1;
    }
    return value;
  }
}
