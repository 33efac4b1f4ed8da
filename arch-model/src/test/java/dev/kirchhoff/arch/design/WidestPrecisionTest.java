package dev.kirchhoff.arch.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.workload.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chips are built for the widest layer that they run, whatever the top level of a spec says. */
class WidestPrecisionTest {
  private static final String TWO_LAYERS =
      """
      kirchhoff: 1
      workload: {network: two, layers: [{inputs: 300, outputs: 100}, {inputs: 100, outputs: 10}]}
      precision: %s
      chip:
        pe: {input: {encoding: amplitude}, inputRegister: {size: fit}, outputRegister: {size: fit}}
        cell: {bits: analog}
      """;

  private static DesignSpec spec(String precision) throws Exception {
    return LoadedSpecs.load("a.yaml", Map.of("a.yaml", TWO_LAYERS.formatted(precision)));
  }

  private static Chip chip(String precision) throws Exception {
    DesignSpec spec = spec(precision);
    return spec.newBinder().bind(spec.tree().start()).chip();
  }

  @Test
  void oneDesignIsOneChipWhereverTheSearchStarts() throws Exception {
    DesignSpec narrow = spec("{weights: {any: [4, 8], per: layer, start: 4}}");
    DesignSpec wide = spec("{weights: {any: [4, 8], per: layer, start: 8}}");
    for (int first = 0; first < 2; first++) {
      for (int second = 0; second < 2; second++) {
        Design one = narrow.newBinder().bind(new int[] {first, second});
        Design other = wide.newBinder().bind(new int[] {first, second});
        assertEquals(one.jobs(), other.jobs());
        assertEquals(one.chip(), other.chip());
        assertEquals(new Precision(first + second == 0 ? 4 : 8, 8, 8), one.widest());
        assertEquals(one.widest(), other.widest());
      }
    }
  }

  @Test
  void layersSizeRegistersPulsesAndAnalogueCells() throws Exception {
    String layers = ", layers: [{match: \"*\", weights: 4, inputs: 5, outputs: 6}]}";
    assertEquals(
        chip("{weights: 4, inputs: 5, outputs: 6}"), chip("{weights: 8, inputs: 8" + layers));
    assertEquals(
        chip("{weights: 4, inputs: 5, outputs: 6}"), chip("{weights: 2, inputs: 2" + layers));
  }

  @Test
  void ofSeveralLayersTheWidestCountsInEachKind() throws Exception {
    String precision =
        "{weights: 8, inputs: 8, layers: [{match: two/00, weights: 6, inputs: 3, outputs: 9},"
            + " {match: two/01, weights: 2, inputs: 7, outputs: 4}]}";
    DesignSpec spec = spec(precision);
    Design design = spec.newBinder().bind(spec.tree().start());
    assertEquals(new Precision(6, 7, 9), design.widest());
    // A peak of more bits than the chip is built for could not be run.
    assertEquals(6, design.peakWeightBits());
    assertEquals(7, design.peakInputBits());
    assertEquals(design.widest(), design.peak().widest());
  }

  @Test
  void aChipIsKeptWhileItsWidestLayerStays() throws Exception {
    DesignSpec spec = spec("{weights: {any: [4, 8], per: layer, start: 4}}");
    DesignBinder binder = spec.newBinder();
    Chip wide = binder.bind(new int[] {0, 1}).chip();
    assertEquals(4 - 1, binder.bind(new int[] {0, 0}).chip().cell().bits());
    assertSame(wide, binder.bind(new int[] {1, 0}).chip());
    assertEquals(8 - 1, wide.cell().bits());
  }

  @Test
  void withoutANetworkTheTopLevelCounts() throws Exception {
    DesignSpec spec =
        LoadedSpecs.load(
            "a.yaml",
            Map.of("a.yaml", "kirchhoff: 1\nprecision: {weights: 5, inputs: 3}\nchip: {}\n"));
    Design design = spec.newBinder().bind(spec.tree().start());
    assertEquals(new Precision(5, 3, 3), design.widest());
  }
}
