package dev.kirchhoff.dse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.front.Fronts.Niche;
import dev.kirchhoff.dse.space.DesignSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NichesTest {
  private static Knob named(String path, int values) {
    return Knob.always(path, IntStream.range(0, values).mapToObj(i -> "kind" + i).toList(), 0);
  }

  private static List<Integer> knobs(Knob... knobs) {
    return Niches.of(new DesignSpace(List.of(knobs))).stream().map(Niche::knob).distinct().toList();
  }

  /** Twelve niches at most: 8 + 4 are, 8 + 5 are too many, and a smaller knob behind still fits. */
  @Test
  void nichesAreAsManyAsTwelve() {
    assertEquals(List.of(0, 1), knobs(named("a", 8), named("b", 4)));
    assertEquals(List.of(0), knobs(named("a", 8), named("b", 5)));
    assertEquals(List.of(0, 2), knobs(named("a", 8), named("b", 5), named("c", 4)));
    assertEquals(List.of(0), knobs(named("a", 12)));
    assertEquals(List.of(1), knobs(named("a", 13), named("b", 12)));
  }

  /** One for each value, of names that every design has; numbers and single values have none. */
  @Test
  void everyValueOfANameIsANiche() {
    List<Niche> expected = new ArrayList<>();
    for (int value = 0; value < 3; value++) {
      expected.add(new Niche(1, value));
    }
    DesignSpace space =
        new DesignSpace(
            List.of(
                Knob.always("bits", List.of("4", "5"), 0),
                named("pe.readout", 3),
                Knob.under(1, List.of(0), "pe.readout.range", List.of("full", "calibrated"), 0),
                named("single", 1)));
    assertEquals(expected, Niches.of(space));
  }

  /** Devices come first, then knobs that decide on others. */
  @Test
  void devicesComeBeforeKnobsWithChildrenBeforeOthers() {
    List<Knob> knobs =
        List.of(
            named("mapping", 2),
            named("pe.readout", 2),
            Knob.under(1, List.of(0), "pe.readout.bits", List.of("4", "5"), 0),
            named("cell.device", 2));
    List<Integer> order =
        Niches.of(new DesignSpace(knobs)).stream().map(Niche::knob).distinct().toList();
    assertEquals(List.of(3, 1, 0), order);
  }
}
