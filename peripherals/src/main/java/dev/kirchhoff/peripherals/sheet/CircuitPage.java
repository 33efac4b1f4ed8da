package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pages of documentation that follow from circuit files and vocabularies, in Markdown. Equations
 * stand as a designer writes them: symbols for names, numbers at the margin, remarks beneath.
 */
public final class CircuitPage {
  private static final int MARGIN = 104;
  private static final int LEFT = 22;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.]*+(?! = )");
  private static final Pattern SQUARE =
      Pattern.compile(
          "(?<![\\w.])(?<!/ )([A-Za-z_][\\w.]*|\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))"
              + " \\* \\1(?![\\w.^(])");

  private final Map<String, String> symbols = new HashMap<>();

  /**
   * Pages of circuits that read vocabularies.
   *
   * @param vocabularies names that their equations may read, with symbols
   * @param shared constants of all of them
   */
  public CircuitPage(List<Vocabulary<?>> vocabularies, CircuitFile shared) {
    for (Vocabulary<?> vocabulary : vocabularies) {
      vocabulary.entries().forEach(entry -> symbols.putIfAbsent(entry.name(), entry.symbol()));
    }
    constantsOf(shared, symbols);
  }

  private static void constantsOf(CircuitFile circuit, Map<String, String> symbols) {
    circuit.constants().forEach(constant -> symbols.put(constant.name(), constant.symbol()));
    circuit.inputs().forEach(input -> symbols.put(input.name(), ""));
  }

  /**
   * Table of the names that equations may read.
   *
   * @param known a vocabulary whose names are left out
   */
  public static String of(Vocabulary<?> vocabulary, Vocabulary<?> known) {
    StringJoiner page =
        new StringJoiner("\n", "| name | symbol | unit | meaning |\n|---|---|---|---|\n", "\n");
    for (Vocabulary.Entry<?> entry : vocabulary.entries()) {
      if (vocabulary == known || !known.has(entry.name())) {
        String unit =
            switch (entry.sort()) {
              case QUANTITY -> entry.unit();
              case OPTIONAL -> entry.unit() + ", where stated";
              case FLAG -> "flag";
            };
        page.add(row("`" + entry.name() + "`", entry.symbol(), unit, entry.meaning()));
      }
    }
    return page.toString();
  }

  /** Page of a circuit: sentence, range, inputs, constants with origin and source, equations. */
  public String of(CircuitFile circuit) {
    StringBuilder page = new StringBuilder();
    page.append("### ").append(circuit.name()).append("\n\n");
    page.append(circuit.sentence()).append(' ').append(range(circuit.range())).append('\n');
    page.append("Source: ").append(circuit.source()).append(".\n");
    if (!circuit.neglected().isEmpty()) {
      page.append("Neglected: ").append(circuit.neglected()).append(".\n");
    }
    if (!circuit.behaviour().isEmpty()) {
      page.append("Behaviour: ").append(String.join(", ", circuit.behaviour())).append(".\n");
    }
    inputs(circuit, page);
    constants(circuit, page);
    if (circuit.hasEquations()) {
      page.append('\n');
      equations(circuit, page);
    }
    return page.append('\n').toString();
  }

  private static String range(CircuitFile.Range range) {
    String nodes =
        "Nodes of "
            + Units.number(range.smallest_nm())
            + " to "
            + Units.number(range.largest_nm())
            + " nm";
    return range
            .bits()
            .map(bits -> nodes + ", " + bits.fewest() + " to " + bits.most() + " bits")
            .orElse(nodes)
        + ".";
  }

  private static void inputs(CircuitFile circuit, StringBuilder page) {
    if (circuit.inputs().isEmpty()) {
      return;
    }
    page.append("\n| input | unit | meaning |\n|---|---|---|\n");
    for (CircuitFile.Input input : circuit.inputs()) {
      page.append(row("`" + input.name() + "`", input.unit(), input.meaning())).append('\n');
    }
  }

  private static void constants(CircuitFile circuit, StringBuilder page) {
    if (circuit.constants().isEmpty()) {
      return;
    }
    page.append("\n| constant | value | origin | source |\n|---|---|---|---|\n");
    for (CircuitFile.Constant constant : circuit.constants()) {
      String unit = constant.unit().equals("1") ? "" : " " + constant.unit();
      String symbol = constant.symbol().isEmpty() ? "" : ", " + constant.symbol();
      page.append(
              row(
                  "`" + constant.name() + "`" + symbol,
                  value(constant) + unit,
                  constant.origin().word(),
                  constant.source()))
          .append('\n');
    }
  }

  /** Value of a constant; of a table its values at the nodes in nm. */
  private static String value(CircuitFile.Constant constant) {
    return constant.stated().isEmpty()
        ? Units.number(constant.value())
        : constant.stated().entrySet().stream()
            .map(
                entry -> Units.number(entry.getValue()) + " (" + Units.number(entry.getKey()) + ")")
            .collect(Collectors.joining(", "));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private void equations(CircuitFile circuit, StringBuilder page) {
    Map<String, String> known = new HashMap<>(symbols);
    constantsOf(circuit, known);
    int number = 0;
    for (Line line : circuit.lines()) {
      if (line instanceof Line.Equation equation) {
        known.remove(equation.name());
      }
      number++;
      String left = left(line);
      String indent = " ".repeat(left.length());
      StringBuilder text = new StringBuilder(left);
      for (String word : words(typeset(right(line), known))) {
        if (text.length() - text.lastIndexOf("\n") + word.length() > MARGIN - 8) {
          text.append('\n').append(indent);
        }
        text.append(word);
      }
      String tail = "(" + number + ")";
      String last = text.substring(text.lastIndexOf("\n") + 1);
      String note = line.note().isEmpty() ? "" : "  # " + line.note();
      boolean fits = last.length() + note.length() + tail.length() + 2 <= MARGIN;
      text.append(fits ? note : "");
      int used = last.length() + (fits ? note.length() : 0) + tail.length();
      text.append(" ".repeat(Math.max(2, MARGIN - used))).append(tail);
      text.append(fits ? "" : "\n" + indent + note.strip());
      page.append(text.toString().replaceAll("(?m)^", "    ").replaceAll("(?m) +$", ""))
          .append('\n');
    }
  }

  /** Pieces of a formula between which a line may end: outside of parentheses, after a comma. */
  private static List<String> words(String formula) {
    List<String> words = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < formula.length(); i++) {
      char sign = formula.charAt(i);
      depth += sign == '(' ? 1 : sign == ')' ? -1 : 0;
      if (sign == ' ' && depth <= (formula.charAt(i - 1) == ',' ? 1 : 0) && !isUnit(formula, i)) {
        words.add(formula.substring(start, i + 1));
        start = i + 1;
      }
    }
    words.add(formula.substring(start));
    return words;
  }

  /** True of the space between a number and its unit. */
  private static boolean isUnit(String formula, int space) {
    return Character.isDigit(formula.charAt(space - 1))
        && Character.isLetter(formula.charAt(space + 1));
  }

  /** A formula in the signs of print. */
  private static String typeset(String formula, Map<String, String> symbols) {
    String squared = SQUARE.matcher(formula).replaceAll("$1^2");
    String named =
        NAME.matcher(squared)
            .replaceAll(
                match -> {
                  String symbol = symbols.getOrDefault(match.group(), "");
                  return symbol.isEmpty() ? match.group() : symbol;
                });
    return named
        .replace(" * ", " · ")
        .replace(" - ", " − ")
        .replace(" <= ", " ≤ ")
        .replace(" >= ", " ≥ ")
        .replace(" == ", " = ")
        .replaceAll("\\^2(?![\\d.])", "²")
        .replace("sqrt(", "√(")
        .replaceAll("(?<![\\w√])\\(([^() ]+²)\\)", "$1")
        .replace("ln(2)", "ln 2")
        .replace("3.141592653589793", "π");
  }

  private static String left(Line line) {
    if (line instanceof Line.Use use) {
      String alias =
          use.alias().equals(use.circuit().replace('-', '_')) ? "" : " as " + use.alias();
      return "use " + use.circuit() + alias + (use.arguments().isEmpty() ? "" : ": ");
    }
    Line.Equation equation = (Line.Equation) line;
    String action = equation.action().isEmpty() ? "" : "." + equation.action();
    String name =
        equation
            .term()
            .map(term -> term.word() + action + " " + equation.name().replace('_', ' '))
            .orElse(equation.name());
    return name + " ".repeat(Math.max(0, LEFT - name.length())) + " = ";
  }

  private static String right(Line line) {
    if (line instanceof Line.Use use) {
      return use.arguments().stream()
          .map(argument -> argument.name() + " = " + argument.value().text())
          .collect(Collectors.joining(", "));
    }
    Line.Equation equation = (Line.Equation) line;
    return equation.formula().text() + equation.flow().map(CircuitPage::flow).orElse("");
  }

  private static String flow(Line.Flow flow) {
    String wakes = flow.wakes().map(w -> ", awake " + w.text() + " before").orElse("");
    return ", for " + flow.on().text() + (wakes.isEmpty() ? " while the column conducts" : wakes);
  }
}
