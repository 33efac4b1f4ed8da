package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.peripherals.circuit.Account;
import java.util.List;
import java.util.StringJoiner;

/** Pages of documentation that follow from circuit files and vocabularies, in Markdown. */
public final class CircuitPage {
  private static final int WIDTH = 14;

  private CircuitPage() {}

  /** Table of the names that equations may read. */
  public static String of(Vocabulary<?> vocabulary) {
    StringJoiner page =
        new StringJoiner("\n", "| name | symbol | unit | meaning |\n|---|---|---|---|\n", "\n");
    for (Vocabulary.Entry<?> entry : vocabulary.entries()) {
      String unit =
          switch (entry.sort()) {
            case QUANTITY -> entry.unit();
            case OPTIONAL -> entry.unit() + ", where stated";
            case FLAG -> "flag";
          };
      page.add(row("`" + entry.name() + "`", entry.symbol(), unit, entry.meaning()));
    }
    return page.toString();
  }

  /** Page of a circuit: sentence, range, inputs, constants with origin and source, equations. */
  public static String of(CircuitFile circuit) {
    StringBuilder page = new StringBuilder();
    page.append("## ").append(circuit.name()).append("\n\n");
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
      equations(circuit.lines(), page);
    }
    return page.append('\n').toString();
  }

  private static String range(CircuitFile.Range range) {
    String nodes =
        "Nodes of "
            + Account.number(range.smallest_nm())
            + " to "
            + Account.number(range.largest_nm())
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
    page.append("\n| constant | symbol | value | origin | source |\n|---|---|---|---|---|\n");
    for (CircuitFile.Constant constant : circuit.constants()) {
      String unit = constant.unit().equals("1") ? "" : " " + constant.unit();
      String value = constant.table().isPresent() ? "over the node," : number(constant.value());
      page.append(
              row(
                  "`" + constant.name() + "`",
                  constant.symbol(),
                  value + unit,
                  constant.origin().word(),
                  constant.source()))
          .append('\n');
    }
  }

  private static String number(double value) {
    return Account.number(value);
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Equations as the file states them, with their numbers. */
  private static void equations(List<Line> lines, StringBuilder page) {
    int number = 0;
    for (Line line : lines) {
      number++;
      page.append("    ").append(left(line)).append(right(line));
      page.append("   (").append(number).append(")\n");
    }
  }

  private static String left(Line line) {
    if (line instanceof Line.Use use) {
      return "use "
          + use.circuit()
          + (use.alias().equals(use.circuit().replace('-', '_')) ? "" : " as " + use.alias());
    }
    Line.Equation equation = (Line.Equation) line;
    String action = equation.action().isEmpty() ? "" : "." + equation.action();
    String name =
        equation.term().map(term -> term.word() + action + " ").orElse("") + equation.name();
    return name + " ".repeat(Math.max(0, WIDTH - name.length())) + " = ";
  }

  private static String right(Line line) {
    if (line instanceof Line.Use use) {
      StringJoiner arguments = new StringJoiner(", ", use.arguments().isEmpty() ? "" : ": ", "");
      use.arguments()
          .forEach(argument -> arguments.add(argument.name() + " = " + argument.value().text()));
      return arguments.toString();
    }
    Line.Equation equation = (Line.Equation) line;
    String flow =
        equation
            .flow()
            .map(
                f ->
                    "  over "
                        + f.on().text()
                        + f.wakes().map(w -> " wakes " + w.text()).orElse(" while conducting"))
            .orElse("");
    return equation.formula().text() + flow;
  }
}
