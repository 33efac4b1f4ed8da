package dev.kirchhoff.peripherals.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.peripherals.scaling.Process;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files of circuits are read into range, band and constants, or refused with all that is wrong. */
class CircuitFileTest {
  private static final String BAND =
      """
      band:
        energy: {low: 0.5, high: 2, reason: "assumed"}
        area: {low: 0.4, high: 3, reason: "assumed too"}
      """;

  private static CircuitFile read(String yaml) {
    return CircuitFile.parse(
        "mine", "circuits/mine.circuit", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileStatesRangeBandAndConstantsWithTheirOrigin() {
    CircuitFile data =
        read(
            """
            sentence: "Counts."
            bits: {least: 2, most: 9}
            node: {least: 5 nm}
            source: "a paper"
            constants:
              - {name: step, value: 16, unit: FO4, is: assumed, source: "two gates"}
            """
                + BAND);
    assertEquals("Counts.", data.sentence());
    assertEquals(5, data.range().smallest_nm());
    assertEquals(130, data.range().largest_nm());
    assertTrue(data.range().holdsBits(2) && data.range().holdsBits(9));
    assertFalse(data.range().holdsBits(1) || data.range().holdsBits(10));
    assertTrue(data.range().holdsNode(130));
    assertFalse(data.range().holdsNode(131));
    assertEquals(0.4, data.band().area().low());
    assertEquals(2, data.band().energy().high());
    assertEquals(16, data.constant("step"));
    assertEquals(Origin.ASSUMED, data.constants().get(0).origin());
    assertThrows(IllegalStateException.class, () -> data.constant("pace"));
  }

  @Test
  void aCircuitWithoutBitsHoldsForAny() {
    CircuitFile data = read("sentence: \"Adds.\"\nsource: \"a paper\"\n" + BAND);
    assertTrue(data.range().bits().isEmpty());
    assertTrue(data.range().holdsBits(40));
    assertFalse(data.isScaled(7));
  }

  @Test
  void figuresOfOneNodeErrMoreAwayFromIt() {
    CircuitFile data =
        read(
            "sentence: \"Adds.\"\nsource: \"a paper\"\n"
                + BAND
                + BAND.replace("band:", "scaledBand:\n  node: 100 nm\n  beyond: 1.5"));
    assertFalse(data.isScaled(67));
    assertTrue(data.isScaled(66));
    assertFalse(data.isScaled(150));
    assertTrue(data.isScaled(151));
  }

  /** Time of a conversion whose constant is 2 ns at 28 nm and 4 ns at 65 nm. */
  private static double wait_ns(double node_nm, Map<String, Double> changes) {
    String text =
        """
        sentence: "Waits."
        source: "a paper"
        constants:
          - {name: wait, nodes: [28, 65], values: [2, 4], unit: ns, is: assumed, source: "two gates"}
        equations: |
          time conversion = wait
        """
            + BAND;
    Technology technology = new Technology(node_nm, 0.9, Flavour.LOW_POWER, 300);
    return Circuits.of(new CircuitSettings(Map.of("mine", text), changes))
        .solve("mine", ProcessNames.VOCABULARY, Process.of(technology), node_nm)
        .sum(Terms.of(Term.TIME));
  }

  @Test
  void aDesignsConstantTakesThePlaceOfATableOverTheNode() {
    assertEquals(2, wait_ns(28, Map.of()), 1e-12);
    assertEquals(4, wait_ns(65, Map.of()), 1e-12);
    assertEquals(7, wait_ns(28, Map.of("mine.wait", 7.0)), 1e-12);
    assertEquals(7, wait_ns(65, Map.of("mine.wait", 7.0)), 1e-12);
    assertEquals(2, wait_ns(28, Map.of("other.wait", 7.0)), 1e-12);
  }

  /** One method of code holds 8,000 bytes, about 600 of these rows. */
  @Test
  void aCircuitOfManyEquationsIsCompiledInParts() {
    StringBuilder text = new StringBuilder("sentence: \"Waits.\"\nsource: \"a paper\"\n");
    text.append("equations: |\n  x0 = 1 ns\n");
    for (int i = 1; i < 1900; i++) {
      text.append("  x").append(i).append(" = x").append(i - 1).append(" + x0\n");
    }
    text.append("  time conversion = x1899\n");
    Technology technology = new Technology(28, 0.9, Flavour.LOW_POWER, 300);
    Solution solution =
        Circuits.of(new CircuitSettings(Map.of("mine", text.toString()), Map.of()))
            .solve("mine", ProcessNames.VOCABULARY, Process.of(technology), 28);
    assertEquals(1900, solution.sum(Terms.of(Term.TIME)));
  }

  @Test
  void aConversionWithoutTimeIsRefused() {
    assertThrows(UndefinedFigureException.class, () -> wait_ns(28, Map.of("mine.wait", 0.0)));
  }

  @Test
  void allProblemsOfAFileAreReportedAtOnce() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> read("sentense: \"Adds.\"\n" + BAND + "x: 1\n"));
    for (String part : new String[] {"sentense", "source", "x"}) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
    assertThrows(IllegalStateException.class, () -> CircuitFile.of("no-such-circuit"));
  }
}
