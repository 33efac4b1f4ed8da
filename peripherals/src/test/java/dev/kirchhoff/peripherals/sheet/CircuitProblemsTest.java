package dev.kirchhoff.peripherals.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.peripherals.readout.ReadoutNames;
import java.nio.charset.StandardCharsets;
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
    Problems problems = new Problems();
    Optional<CircuitFile> file =
        CircuitFile.read("my", "my.circuit", text.getBytes(StandardCharsets.UTF_8), problems);
    file.ifPresent(
        found ->
            SheetLinker.link(
                found,
                Circuits.CATALOGUE.with(Map.of("my", found)),
                ReadoutNames.VOCABULARY,
                problems));
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
            + " there are energy, bias, area, leakage, noise, offset, gain, bow, time, capacitance,"
            + " use",
        "energy control | energy.control | my.circuit:12:3 energy.control: 'energy.control' lacks a"
            + " name; did you mean 'energy control'?",
        "if held | if bits | my.circuit:16:40 conversion: 'bits' is no flag; compare it: < <= == >="
            + " >",
        "turn * fo4 | turn ** fo4 | my.circuit:8:18 t_turn: has '*' where a value must stand",
        "turn * fo4 | sqr(fo4) | my.circuit:8:12 t_turn: no function named 'sqr'; there are min,"
            + " max, sqrt, exp, ln, log2, ceil, floor, stated",
        "unit: gates | unit: gatez | my.circuit:6:5 steer: has the unknown unit 'gatez'",
        "`, source: \"control of a turn\"` | | my.circuit:6:5 constants[1].source: is missing in a"
            + " constant: paper, tool, or reason of an assumption",
        "is: assumed, source: \"control | is: guessed, source: \"control | my.circuit:6:47"
            + " constants[1].is: is 'guessed', must be one of read, fitted, assumed, chosen",
      })
  void aMistakeIsToldWithItsPlace(String good, String bad, String expected) {
    String edited = GOOD.replace(good, bad == null ? "" : bad);
    List<String> found = problems(edited);
    assertEquals(expected, found.isEmpty() ? "nothing" : found.get(0));
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
}
