package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.FormulaParser;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reader of the block of equations. It reads the raw lines of the file and not the scalar that a
 * YAML parser makes of them, so that every message has its column:
 *
 * <pre>
 *   C = max(codes * C_unit, kT / (of_sample * step)^2)   # matching, kT/C
 *   use comparator: noise = of_decision * step, time = t_bit
 *   energy capacitors = switching * C * range^2
 *   bias buffer = g * V over time wakes t_bit
 *   bias copy = I * V * time over time while conducting
 * </pre>
 */
final class LineReader {
  private static final String KEY = "equations:";
  private static final Pattern BLOCK = Pattern.compile("equations:\\s*[|>][0-9+-]*\\s*(#[^\n]*)?");

  private final String file;
  private final Problems problems;

  private LineReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Lines of the block of a file; problems are recorded. */
  static List<Line> read(String file, String text, Problems problems) {
    LineReader reader = new LineReader(file, problems);
    List<Line> lines = new ArrayList<>();
    boolean inside = false;
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      boolean indented = raw.isBlank() || Character.isWhitespace(raw.charAt(0));
      inside = indented ? inside : raw.startsWith(KEY);
      if (inside && indented) {
        reader.line(raw.stripTrailing(), number).ifPresent(lines::add);
      }
    }
    return lines;
  }

  /** Text of a file whose equations are a block; that they are not is recorded. */
  static String withBlock(String file, String text, Problems problems) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].startsWith(KEY) && !BLOCK.matcher(lines[i]).matches()) {
        problems.add(
            new Place(file, i + 1, 1),
            "equations",
            "must be a block: 'equations: |' alone, and each equation on an indented line below");
        lines[i] = KEY + " |";
      }
    }
    return String.join("\n", lines);
  }

  private Optional<Line> line(String raw, int number) {
    int hash = raw.indexOf('#');
    String text = (hash < 0 ? raw : raw.substring(0, hash)).stripTrailing();
    if (text.isBlank()) {
      return Optional.empty();
    }
    String note = hash < 0 ? "" : raw.substring(hash + 1).trim();
    Place start = new Place(file, number, 1);
    try {
      FormulaParser parser = new FormulaParser(text, 0);
      Place place = start.plus(parser.offset());
      Line line =
          parser.word("use") ? use(parser, note, place, start) : equation(parser, note, place);
      parser.end();
      return Optional.of(line);
    } catch (Formula.FormulaException e) {
      problems.add(start.plus(e.offset()), name(text), e.getMessage());
      return Optional.empty();
    }
  }

  /** The name that a line defines, for messages. */
  private static String name(String text) {
    int end = text.indexOf('=');
    String[] words = text.substring(0, end < 0 ? text.length() : end).trim().split("[\\s:]+");
    return words[words.length - 1];
  }

  private static Line use(FormulaParser parser, String note, Place place, Place start)
      throws Formula.FormulaException {
    int offset = parser.offset();
    String circuit = parser.hyphenated();
    if (circuit.isEmpty()) {
      throw new Formula.FormulaException("lacks the name of a circuit", offset);
    }
    String alias = parser.word("as") ? word(parser, "a name") : circuit.replace('-', '_');
    List<Line.Argument> arguments = new ArrayList<>();
    if (parser.sign(':')) {
      do {
        Place argumentPlace = start.plus(parser.offset());
        String name = word(parser, "an input of " + circuit);
        equals(parser);
        arguments.add(new Line.Argument(name, parser.formula(), argumentPlace));
      } while (parser.sign(','));
    }
    return new Line.Use(circuit, alias, List.copyOf(arguments), note, place);
  }

  private static Line equation(FormulaParser parser, String note, Place place)
      throws Formula.FormulaException {
    int first = parser.offset();
    String word = word(parser, "a name");
    String second = parser.name();
    int dot = word.indexOf('.');
    String kind = dot < 0 ? word : word.substring(0, dot);
    Optional<Term> term = Term.of(kind);
    if (second.isEmpty()) {
      if (dot >= 0 && term.isPresent()) {
        throw new Formula.FormulaException(
            "'" + word + "' lacks a name; did you mean '" + word.replace('.', ' ') + "'?", first);
      }
      equals(parser);
      return new Line.Equation(
          Optional.empty(), "", word, parser.formula(), Optional.empty(), note, place);
    }
    if (term.isEmpty()) {
      throw new Formula.FormulaException(
          "'" + kind + "' is no kind of term" + NearNames.hint(kind, kinds()), first);
    }
    equals(parser);
    Formula formula = parser.formula();
    Optional<Line.Flow> flow =
        term.get() == Term.BIAS ? Optional.of(flow(parser)) : Optional.empty();
    String action = dot < 0 ? "" : word.substring(dot + 1);
    return new Line.Equation(term, action, second, formula, flow, note, place);
  }

  private static List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    Term.OF_READOUT.forEach(term -> kinds.add(term.word()));
    kinds.add("use");
    return kinds;
  }

  private static Line.Flow flow(FormulaParser parser) throws Formula.FormulaException {
    if (!parser.word("over")) {
      throw new Formula.FormulaException(
          "a bias lacks its time: over TIME wakes TIME, or over TIME while conducting",
          parser.offset());
    }
    Formula on = parser.formula();
    if (parser.word("while")) {
      if (!parser.word("conducting")) {
        throw new Formula.FormulaException("lacks conducting after while", parser.offset());
      }
      return new Line.Flow(on, Optional.empty());
    }
    if (!parser.word("wakes")) {
      throw new Formula.FormulaException("lacks wakes TIME, or while conducting", parser.offset());
    }
    return new Line.Flow(on, Optional.of(parser.formula()));
  }

  private static String word(FormulaParser parser, String what) throws Formula.FormulaException {
    int offset = parser.offset();
    String name = parser.name();
    if (name.isEmpty()) {
      throw new Formula.FormulaException("lacks " + what, offset);
    }
    return name;
  }

  private static void equals(FormulaParser parser) throws Formula.FormulaException {
    int offset = parser.offset();
    if (!parser.sign('=')) {
      throw new Formula.FormulaException("lacks =", offset);
    }
  }
}
