package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instances and prices where some of a PE's crossbars work at once. */
class ArraysInTurnTest {
  private static final Set<Part> OF_A_SET =
      Set.of(
          Part.READOUT,
          Part.FRONT_END,
          Part.SAMPLE_HOLD,
          Part.COLUMN_MUX,
          Part.SHIFT_ADD,
          Part.WRITE_DRIVER);

  private static Designs.Knobs knobs(int working) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.working = working;
    return knobs;
  }

  @Test
  void whatStandsAtColumnsBelongsToASetAndTheRestToACrossbar() {
    ChipPrices all = knobs(8).prices();
    ChipPrices some = knobs(2).prices();
    for (Part part : Part.values()) {
      double expected = all.instances(part) / (OF_A_SET.contains(part) ? 4 : 1);
      assertEquals(expected, some.instances(part), part.name());
    }
    assertEquals(8, some.instances(Part.CROSSBAR));
    assertEquals(8 * 128, some.instances(Part.INPUT));
  }

  @Test
  void allCrossbarsLeakAndTheMuxSelectsAmongTheirColumns() {
    ChipPrices all = knobs(8).prices();
    ChipPrices some = knobs(2).prices();
    for (Part part : Part.values()) {
      boolean isWiderOrMux = part == Part.COLUMN_MUX || part == Part.BUS;
      if (!isWiderOrMux && part != Part.INTERCONNECT) {
        assertEquals(all.area_um2(part), some.area_um2(part), 1e-9, part.name());
        assertEquals(all.static_uW(part), some.static_uW(part), 1e-12, part.name());
      }
    }
    assertEquals(4 * all.area_um2(Part.COLUMN_MUX), some.area_um2(Part.COLUMN_MUX), 1e-9);
    // One column a converter and one crossbar a set need no mux; four crossbars do.
    Designs.Knobs single = knobs(2);
    single.columnsPerAdc = 1;
    assertTrue(single.prices().instances(Part.COLUMN_MUX) > 0);
    single.working = 8;
    assertEquals(0, single.prices().instances(Part.COLUMN_MUX));
  }

  @Test
  void aRatedCrossbarDrawsThePowerOfThoseThatWork() {
    Designs.Knobs knobs = knobs(8);
    knobs.array = Designs.rated(25, 300, 100, "ours.yaml:9");
    knobs.readout = Designs.rated(1200, 2000, 1, "ours.yaml:10");
    ChipPrices all = knobs.prices();
    knobs.working = 2;
    ChipPrices some = knobs.prices();
    for (Part part : new Part[] {Part.CROSSBAR, Part.READOUT}) {
      assertTrue(all.passEnergy_fJ(part) > 0);
      assertEquals(all.passEnergy_fJ(part), some.passEnergy_fJ(part), 1e-9, part.name());
    }
  }
}
