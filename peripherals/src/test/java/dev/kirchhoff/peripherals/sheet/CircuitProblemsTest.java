package dev.kirchhoff.peripherals.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in a circuit's file are told with line and column. */
class CircuitProblemsTest {
  private static final String GOOD =
      """
      sentence: "Cyclic converter."
      bits: {least: 1, most: 10}
      source: "amplifier assumed"
      constants:
        - {name: turn, value: 60, unit: FO4, is: assumed, source: "comparison and doubling"}
        - {name: steer, value: 12, unit: gates, is: assumed, source: "control of a turn"}
      equations: |
        t_turn = turn * fo4
        C      = max(codes * unit_least, kT / (of_sample * step)^2)   # matching, kT/C
        use comparator: difference = step, noise = of_decision * step, offset = step, time = t_turn, noisy = bits, decisions = bits, count = 1
        energy sample    = C * range * supply
        energy control   = bits * steer * gate_E
        bias   amplifier = bits * ln(2) * C * overdrive * supply over bits * t_turn wakes t_turn
        area   control   = layout * steer * gate_A
        noise  sample    = kT / C / step^2
        time   conversion = bits * t_turn if held else 2 * bits * t_turn
        time   least     = bits * comparator.t_least
      """;

  private static List<String> problems(String text) {
    return problems(text, Map.of());
  }

  /** Problems of a circuit that uses others. */
  private static List<String> problems(String text, Map<String, String> others) {
    Problems problems = new Problems();
    Optional<CircuitFile> file =
        CircuitFile.read("my", "my.circuit", text.getBytes(StandardCharsets.UTF_8), problems);
    Map<String, CircuitFile> files = new HashMap<>();
    others.forEach(
        (name, other) ->
            files.put(
                name,
                CircuitFile.parse(
                    name, name + ".circuit", other.getBytes(StandardCharsets.UTF_8))));
    file.ifPresent(
        found -> {
          files.put("my", found);
          SheetLinker.link(
              found, Circuits.CATALOGUE.with(files), ReadoutNames.VOCABULARY, problems);
        });
    return problems.sorted().stream().map(SpecProblem::toString).toList();
  }

  @Test
  void aGoodCircuitHasNoProblem() {
    assertEquals(List.of(), problems(GOOD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(of_sample * step)^2 | (of_sample * step) | my.circuit:9:12 C: max of a capacitance (fF)"
            + " and a charge (fC) means nothing",
        "(of_sample * step)^2 | (of_sample * step)^0.3 | my.circuit:9:59 C: a voltage (V) to the"
            + " power of 0.3 has no unit",
        "energy sample    = C * | energy sample    = D * | my.circuit:11:22 sample: no name 'D'"
            + " above this line; did you mean C?",
        "energy sample    = C * range | energy sample    = C | my.circuit:11:3 sample: is a charge"
            + " (fC), must be an energy (fJ) as energy",
        "ln(2) | ln(supply) | my.circuit:13:29 amplifier: ln of a voltage (V) means nothing, must"
            + " be a number",
        "wakes t_turn | wakes C | my.circuit:13:3 amplifier: flows over a capacitance (fF), must be"
            + " a time (ns)",
        "over bits * t_turn wakes t_turn | over bits * t_turn | my.circuit:13:78 amplifier: lacks"
            + " wakes TIME, or while conducting",
        "noisy = bits, | | my.circuit:10:3 comparator: lacks its input noisy",
        "noisy = bits | noisey = bits | my.circuit:10:3 comparator: lacks its input noisy",
        "time = t_turn, | time = C, | my.circuit:10:81 comparator.time: is a capacitance (fF), must"
            + " be a time (ns)",
        "use comparator: | use my: | my.circuit:10:3 my: uses itself: my > my",
        "use comparator: | use comperator: | my.circuit:10:3 comperator: no circuit is called"
            + " 'comperator'; did you mean comparator?",
        "energy control | enrgy control | my.circuit:12:3 control: 'enrgy' is no kind of term;"
            + " did you mean energy?",
        "energy control | heat control | my.circuit:12:3 control: 'heat' is no kind of term;"
            + " there are energy, bias, area, leakage, noise, offset, gain, bow, time, capacitance,"
            + " use",
        "turn * fo4 | turn * C / supply | my.circuit:8:19 t_turn: 'C' stands below, on line 9; a"
            + " line reads what stands above it",
        "turn * fo4 | t_turn * 2 | my.circuit:8:12 t_turn: reads itself; a line reads what stands"
            + " above it",
        "turn * fo4 | turn * fo4 * C / C | my.circuit:8:25 t_turn: 'C' stands below, on line 9; a"
            + " line reads what stands above it",
        "energy control | energy.control | my.circuit:12:3 energy.control: 'energy.control' lacks a"
            + " name; did you mean 'energy control'?",
        "if held | if bits | my.circuit:16:40 conversion: 'bits' is no flag; compare it: < <= == >="
            + " >",
        "turn * fo4 | turn ** fo4 | my.circuit:8:18 t_turn: has '*' where a value must stand",
        "turn * fo4 | sqr(fo4) | my.circuit:8:12 t_turn: no function named 'sqr'; there are min,"
            + " max, sqrt, exp, ln, log2, ceil, floor, stated",
        "unit: gates | unit: gatez | my.circuit:6:36 steer: has the unknown unit"
            + " 'gatez'; did you mean gate?",
        "unit: gates | unit: parsecs | my.circuit:6:36 steer: has the unknown unit 'parsecs'",
        "`, source: \"control of a turn\"` | | my.circuit:6:5 constants[1].source: is missing in a"
            + " constant 'steer': paper, tool, or reason of an assumption",
        "is: assumed, source: \"control | is: guessed, source: \"control | my.circuit:6:47"
            + " constants[1].is: is 'guessed', must be one of read, fitted, assumed, chosen",
      })
  void aMistakeIsToldWithItsPlace(String good, String bad, String expected) {
    String edited = GOOD.replace(good, bad == null ? "" : bad);
    List<String> found = problems(edited);
    assertEquals(expected, found.isEmpty() ? "nothing" : found.get(0));
  }

  @Test
  void aCircleIsToldOnceWithItsNames() {
    List<String> found =
        problems(
            GOOD.replace(
                "  t_turn = turn * fo4", "  t_turn = turn * a\n  a = b\n  b = c\n  c = a"));
    assertEquals(
        List.of(
            "my.circuit:8:19 t_turn: 'a' stands below, on line 9; a line reads what stands above"
                + " it",
            "my.circuit:9:7 a: stands in a circle: a > b > c > a; a line reads what stands above"
                + " it"),
        found);
  }

  @Test
  void aCircleThroughACircuitThatIsUsedIsToldWithItsNames() {
    assertEquals(
        List.of(
            "my.circuit:8:25 t_turn: stands in a circle: t_turn > comparator.t_least > t_turn; a"
                + " line reads what stands above it"),
        problems(GOOD.replace("turn * fo4", "turn * fo4 + comparator.t_least")));
    List<String> own = problems(GOOD.replace("time = t_turn,", "time = comparator.t_least,"));
    assertEquals(1, own.size(), own.toString());
    assertTrue(own.get(0).contains(" comparator.time: reads itself; a line reads "), own.get(0));
  }

  /** The code's errors add up as squares of a step, so that a noise in steps is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noise sample | of_decision | is in steps, must be in steps² as noise",
        "noise sample | 2 * max(of_sample, of_decision) | is in steps, must be in steps² as noise",
        "noise sample | of_decision^2 |",
        "noise sample | 0.05 |",
        "noise sample | (of_decision * step)^2 / step^2 |",
        "noise sample | of_decision * (1 V / step) |",
        "offset sample | of_decision^2 | is in steps^2, must be in steps as offset",
        "offset sample | of_decision |",
        "bow sample | of_decision * of_sample | is in steps^2, must be in steps as bow",
        "gain sample | of_decision | is in steps, must be a number as gain",
        "gain sample | of_decision / of_sample |",
      })
  void anErrorIsInThePowerOfStepsOfItsKind(String term, String formula, String expected) {
    String lines = "  share = " + formula + "\n  " + term + " = share\n";
    List<String> found =
        problems(
            GOOD.replace("  noise  sample    = kT / C / step^2\n", lines + "  noise more = 1\n"));
    assertEquals(
        expected == null ? List.of() : List.of("my.circuit:16:3 sample: " + expected), found);
  }

  @Test
  void aSumOfATermWhoseUnitIsWrongIsNoMistakeOfItsOwn() {
    List<String> found =
        problems(
            GOOD.replace(
                "  energy control", "  area   wrong = 1 V\n  a = area / 1 um2\n  energy control"));
    assertEquals(1, found.size(), found.toString());
    assertTrue(found.get(0).contains("wrong: is a voltage (V), must be an area"), found.get(0));
  }

  @Test
  void aKeyThatAConstantHasNotIsToldWithTheConstant() {
    List<String> found =
        problems(GOOD.replace("is: assumed, source: \"control", "is: assumed, sorce: \"control"));
    assertEquals(2, found.size(), found.toString());
    assertTrue(
        found.get(1).endsWith("unknown key of a constant 'steer'; did you mean source?"),
        found.get(1));
  }

  @Test
  void allMistakesAreToldAtOnce() {
    List<String> found =
        problems(
            GOOD.replace("turn * fo4", "turn * fo5")
                .replace("steer * gate_A", "steer * gate_B")
                .replace("kT / C / step^2", "kT / C"));
    assertEquals(3, found.size(), found.toString());
  }

  /** A name whose constant has a problem makes none of its own in the lines that read it. */
  @Test
  void mistakesOfKeysOfValuesAndOfLinesAreToldAtOnce() {
    assertEquals(
        List.of(
            "my.circuit:2:24 bits.most: is 99, must be 1..32",
            "my.circuit:3:9 source: is blank, must be text",
            "my.circuit:5:35 turn: has the unknown unit 'FO5'; did you mean FO4?",
            "my.circuit:6:5 constants[1].unit: is missing in a constant 'steer': its unit",
            "my.circuit:7:1 equations: must be a block: 'equations: |' alone, and each equation on"
                + " an indented line below",
            "my.circuit:11:22 sample: no name 'D' above this line; did you mean C?",
            "my.circuit:15:3 sample: is a voltage (V), must be a number as noise"),
        problems(
            GOOD.replace("most: 10", "most: 99")
                .replace("\"amplifier assumed\"", "\" \"")
                .replace("unit: FO4", "unit: FO5")
                .replace("unit: gates, ", "")
                .replace("equations: |", "equations:")
                .replace("energy sample    = C", "energy sample    = D")
                .replace("kT / C / step^2", "step")));
  }

  @Test
  void equationsAreABlock() {
    for (String begins : List.of("", " t = 1 ns", " \"t = 1 ns\"")) {
      assertEquals(
          List.of(
              "my.circuit:7:1 equations: must be a block: 'equations: |' alone, and each equation"
                  + " on an indented line below"),
          problems(GOOD.replace("equations: |", "equations:" + begins)),
          begins);
    }
    assertEquals(List.of(), problems(GOOD.replace("equations: |", "equations: |-  # a block")));
  }

  @Test
  void sentencesAndSourcesAreNotBlank() {
    assertEquals(
        List.of("my.circuit:1:11 sentence: is blank, must be text"),
        problems(GOOD.replace("\"Cyclic converter.\"", "\"\"")));
    assertEquals(
        List.of("my.circuit:6:64 steer.source: is blank, must be text"),
        problems(GOOD.replace("\"control of a turn\"", "\"  \"")));
  }

  @Test
  void aNameOfTheVocabularyIsNoNewName() {
    String text = GOOD.replace("  t_turn = turn * fo4", "  t_turn = turn * fo4\n  supply = 1 V");
    assertEquals(List.of("my.circuit:9:3 supply: is a name of the vocabulary"), problems(text));
  }

  @Test
  void aConstantHidesNeitherTheVocabularyNorTheLanguage() {
    assertEquals(
        "my.circuit:6:5 supply: is a name of the vocabulary",
        problems(GOOD.replace("name: steer", "name: supply")).get(0));
    assertEquals(
        "my.circuit:6:5 over: is a word of the language",
        problems(GOOD.replace("name: steer", "name: over")).get(0));
  }

  @Test
  void aNameThatIsWrongItselfIsToldOnce() {
    assertEquals(1, problems(GOOD.replace("turn * fo4", "turn * fo5")).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "low: 0.5 | low: 0 | 9:17 band.energy.low",
        "low: 0.5 | low: 1.01 | 9:17 band.energy.low",
        "high: 2 | high: 0.99 | 9:28 band.energy.high",
        "high: 2 | high: 1e999 | 9:28 band.energy.high",
        "low: 0.4 | low: -1 | 10:15 band.area.low",
        "least: 4 | least: 11 | 2:25 bits.most: is below bits.least",
        "least: 7 nm | least: 66 nm | 3:28 node.most: is below node.least",
        "nodes: [28 | nodes: [0 | 6:26 constants[0].nodes[0]",
        "nodes: [28, 65], values: [1, 2] | nodes: [28, 65] | 6:5 wait: needs either",
        "nodes: [28, 65], values: [1, 2] | value: 3, values: [1, 2] | 6:5 wait: needs either",
        "nodes: [28, 65], values: [1, 2] | value: 3, nodes: [28, 65] | 6:5 wait: needs either",
        "name: wait | name: a b | 6:5 a b: is no name: a letter, then letters, digits and _",
        "name: wait | name: a.b | 6:5 a.b: is no name: a letter, then letters, digits and _",
        "name: wait | name: 2a | 6:5 2a: is no name: a letter, then letters, digits and _",
        "name: wait | name: a-b | 6:5 a-b: is no name: a letter, then letters, digits and _",
        "name: wait | name: while | 6:5 while: is a word of the language",
        "name: wait | name: max | 6:5 max: is a word of the language",
        "name: wait | name: layout | 6:5 layout: is the name of a constant that all circuits share",
      })
  void aHeaderIsCheckedValueByValue(String good, String bad, String expected) {
    String header =
        """
        sentence: "Waits."
        bits: {least: 4, most: 10}
        node: {least: 7 nm, most: 65 nm}
        source: "none"
        constants:
          - {name: wait, nodes: [28, 65], values: [1, 2], unit: ns, is: assumed, source: "none"}
        band:
          # The factors.
          energy: {low: 0.5, high: 2, reason: "none"}
          area: {low: 0.4, high: 1, reason: "none"}
        equations: |
          x = 1
        """;
    assertEquals(List.of(), problems(header));
    String found = String.join("; ", problems(header.replace(good, bad)));
    assertTrue(found.startsWith("my.circuit:" + expected), found);
  }

  @Test
  void aSecondUseOfTheSameNameIsToldAtTheSecond() {
    Map<String, String> others = Map.of("other", circuit("  y = 1\n"));
    assertEquals(
        List.of("my.circuit:6:3 a: stands twice; name it: use other as NAME"),
        problems(circuit("  use other as a\n  use other as b\n  use other as a\n"), others));
  }

  @Test
  void aQuantityCannotHaveTheNameOfASharedConstant() {
    assertEquals(
        List.of(
            "my.circuit:4:3 layout: is the name of a constant that all circuits share; a spec"
                + " changes it under circuits.common"),
        problems(circuit("  layout = 1\n")));
  }

  /** A circuit of some equations, which begin in line 4. */
  private static String circuit(String equations) {
    return "sentence: \"Circuit.\"\nsource: \"none\"\nequations: |\n" + equations;
  }

  /** Circuits c0 to c(count), each of which uses the next with some lines. */
  private static Map<String, String> chain(int count, String... uses) {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < count; i++) {
      StringBuilder lines = new StringBuilder();
      for (String use : uses) {
        lines.append(String.format(use, i + 1));
      }
      files.put("c" + i, circuit(lines.toString()));
    }
    files.put("c" + count, circuit("  x = 1\n"));
    return files;
  }

  @Test
  void usesThatDoubleAreRefusedAtTheUseOfTheFile() {
    assertEquals(
        List.of(
            "my.circuit:5:3 use: makes the circuit too long: at most 2000 lines, inputs and"
                + " constants with those of the circuits that it uses"),
        problems(
            circuit("  x = 1\n  use c0\n"), chain(18, "  use c%d as a\n", "  use c%d as b\n")));
  }

  @Test
  void aCircuitOfTooManyLinesIsRefusedAtTheFirst() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2001; i++) {
      lines.append("  x").append(i).append(" = 1\n");
    }
    assertEquals(
        List.of(
            "my.circuit:2004:3 x2000: makes the circuit too long: at most 2000 lines, inputs and"
                + " constants with those of the circuits that it uses"),
        problems(circuit(lines.toString())));
    assertEquals(List.of(), problems(circuit(lines.substring(0, lines.lastIndexOf("  x")))));
  }

  @Test
  void usesThatAreTooDeepAreRefused() {
    Map<String, String> files = chain(3000, "  use c%d\n");
    assertEquals(List.of(), problems(circuit("  use c2981\n"), files));
    assertEquals(
        List.of(
            "c2999.circuit:4:3 c3000: is used too deeply by my: at most 20 circuits use each"
                + " other"),
        problems(circuit("  use c2980\n"), files));
    assertEquals(1, problems(circuit("  use c0\n"), files).size());
  }

  @Test
  void aLongFormulaIsRefusedWhereItBecomesTooLong() {
    String message = " x: is too long: more than 500 operators and parentheses";
    assertEquals(
        List.of("my.circuit:4:1008" + message),
        problems(circuit("  x = 1" + "+1".repeat(5000) + "\n")));
    assertEquals(
        List.of("my.circuit:4:507" + message),
        problems(circuit("  x = " + "-".repeat(100_000) + "1\n")));
    assertEquals(
        List.of("my.circuit:4:1008" + message),
        problems(circuit("  x = 1" + "^1".repeat(50_000) + "\n")));
  }

  @Test
  void aSumOfTooManyTermsIsRefusedWhereItStands() {
    assertEquals(
        List.of(
            "my.circuit:604:11 x: is too long: more than 1200 names, numbers and operators with"
                + " those of its sums"),
        problems(circuit(areas(600) + "  x = 2 * area\n")));
    assertEquals(List.of(), problems(circuit(areas(599) + "  x = 2 * area\n")));
  }

  private static String areas(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("  area a").append(i).append(" = 1 um2\n");
    }
    return lines.toString();
  }
}
