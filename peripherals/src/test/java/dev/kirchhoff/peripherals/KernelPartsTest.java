package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Parts that kernels need, priced on a chip. */
class KernelPartsTest {
  private static final ComponentModel STANDARD = ComponentModel.standard();
  private static final Set<Part> KERNEL_PARTS = Set.of(Part.TRANSPOSE, Part.FEEDBACK, Part.RANDOM);

  private static ChipPrices prices(Transpose transpose) {
    return prices(new Designs.Knobs(), transpose);
  }

  private static ChipPrices prices(Designs.Knobs knobs, Transpose transpose) {
    knobs.kernelParts = new KernelParts(transpose, Optional.empty(), RandomSource.NONE);
    return knobs.prices();
  }

  private static ChipPrices prices(RandomSource source) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kernelParts = new KernelParts(Transpose.NONE, Optional.empty(), source);
    return knobs.prices();
  }

  private static ChipPrices prices(LoopAmplifier amplifier) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kernelParts = new KernelParts(Transpose.NONE, Optional.of(amplifier), RandomSource.NONE);
    return knobs.prices();
  }

  @Test
  void theyLeaveThePricesOfOtherPartsAndLengthenWires() {
    ChipPrices without = new Designs.Knobs().prices();
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kernelParts =
        new KernelParts(
            Transpose.OWN, Optional.of(LoopAmplifier.standard()), RandomSource.Digital.standard());
    ChipPrices with = knobs.prices();
    for (Part part : Part.values()) {
      if (part == Part.BUS || part == Part.INTERCONNECT) {
        assertTrue(without.area_um2(part) < with.area_um2(part), part.word());
      } else if (KERNEL_PARTS.contains(part)) {
        assertEquals(0, without.instances(part));
        assertEquals(0, without.area_um2(part));
        assertEquals(0, without.static_uW(part));
        assertTrue(with.instances(part) * with.area_um2(part) > 0, part.word());
        assertTrue(with.static_uW(part) > 0, part.word());
      } else {
        assertEquals(without.area_um2(part), with.area_um2(part), part.word());
        assertEquals(without.static_uW(part), with.static_uW(part), part.word());
        assertEquals(without.instances(part), with.instances(part), part.word());
      }
    }
    for (Action action : Action.values()) {
      if (action.part() != Part.BUS && action.part() != Part.INTERCONNECT) {
        assertEquals(without.energy_fJ(action), with.energy_fJ(action), action.word());
      }
    }
    assertEquals(without.timing().pass(), with.timing().pass());
    assertTrue(without.errors().stream().noneMatch(e -> e.model().contains("loop-amplifier")));
    assertTrue(with.errors().stream().anyMatch(e -> e.model().contains("loop-amplifier")));
  }

  @Test
  void aChipWithoutThemPaysForTheStandardOnes() {
    ChipPrices without = new Designs.Knobs().prices();
    ChipPrices drawing = prices(RandomSource.Digital.standard());
    ChipPrices solving = prices(LoopAmplifier.standard());
    assertTrue(without.energy_fJ(Action.RANDOM_DRAW) > 0);
    assertEquals(drawing.energy_fJ(Action.RANDOM_DRAW), without.energy_fJ(Action.RANDOM_DRAW));
    assertTrue(without.energy_fJ(Action.LOOP_SETTLE) > 0);
    assertEquals(solving.energy_fJ(Action.LOOP_SETTLE), without.energy_fJ(Action.LOOP_SETTLE));
    assertEquals(drawing.timing().kernels(), without.timing().kernels());
    // A word each cycle of 1 GHz; 1 / (2 pi x 0.1 GHz).
    assertEquals(1, without.timing().kernels().draw_ns());
    assertEquals(1.5915, without.timing().kernels().amplifier_ns(), 1e-4);
  }

  @Test
  void anAmplifierBelongsToEachRowAndASwitchSetToEachCrossbar() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.working = 2;
    knobs.kernelParts =
        new KernelParts(
            Transpose.SHARED,
            Optional.of(LoopAmplifier.standard()),
            new RandomSource.Digital(3, STANDARD));
    ChipPrices prices = knobs.prices();
    assertEquals(8, prices.instances(Part.TRANSPOSE));
    assertEquals(8 * 128, prices.instances(Part.FEEDBACK));
    assertEquals(3, prices.instances(Part.RANDOM));
    assertEquals(1 / 3.0, prices.timing().kernels().draw_ns(), 1e-12);
  }

  @Test
  void aPathOfItsOwnHasDriversAtColumnsAndWhatReadsColumnsAtRows() {
    Designs.Knobs knobs = new Designs.Knobs();
    // A passive square array without level shifters: its columns need the drivers of its rows.
    knobs.access = Access.PASSIVE;
    knobs.device = Designs.device(25, 1000, 0.5);
    ChipPrices own = prices(knobs, Transpose.OWN);
    double expected_um2 =
        128 * own.area_um2(Part.INPUT)
            + 128 * (own.area_um2(Part.FRONT_END) + own.area_um2(Part.SAMPLE_HOLD))
            + 4 * (own.area_um2(Part.COLUMN_MUX) + own.area_um2(Part.READOUT));
    assertEquals(expected_um2, own.area_um2(Part.TRANSPOSE), 1e-9 * expected_um2);
    // Twice the rows: twice the front ends and converters, the same number of wider drivers.
    knobs.rows = 256;
    ChipPrices tall = knobs.prices();
    double reading_um2 =
        256 * (tall.area_um2(Part.FRONT_END) + tall.area_um2(Part.SAMPLE_HOLD))
            + 8 * (tall.area_um2(Part.COLUMN_MUX) + tall.area_um2(Part.READOUT));
    double driver_um2 = (tall.area_um2(Part.TRANSPOSE) - reading_um2) / 128;
    assertTrue(driver_um2 > tall.area_um2(Part.INPUT));
    // Crossbars that take turns share converters, not drivers.
    knobs.working = 2;
    ChipPrices inTurn = knobs.prices();
    double quarter_um2 =
        (reading_um2 + 8 * (inTurn.area_um2(Part.COLUMN_MUX) - tall.area_um2(Part.COLUMN_MUX))) / 4;
    assertEquals(128 * driver_um2 + quarter_um2, inTurn.area_um2(Part.TRANSPOSE), 1e-6);
  }

  @Test
  void convertersOfAnOwnPathHaveTheGivenFiguresOfTheReadout() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.readout = Designs.given(900, 0, Map.of(), 5, "ours.yaml:4", 32, 0.9);
    double before_um2 = prices(knobs, Transpose.OWN).area_um2(Part.TRANSPOSE);
    knobs.readout = Designs.given(1900, 0, Map.of(), 5, "ours.yaml:4", 32, 0.9);
    double after_um2 = prices(knobs, Transpose.OWN).area_um2(Part.TRANSPOSE);
    assertEquals(4 * 1000, after_um2 - before_um2, 1e-6);
  }

  @Test
  void switchesTakeLessAreaThanCircuitsOfTheirOwn() {
    ChipPrices shared = prices(Transpose.SHARED);
    ChipPrices own = prices(Transpose.OWN);
    assertTrue(shared.area_um2(Part.TRANSPOSE) > 0);
    assertTrue(shared.area_um2(Part.TRANSPOSE) < own.area_um2(Part.TRANSPOSE));
    assertTrue(shared.static_uW(Part.TRANSPOSE) < own.static_uW(Part.TRANSPOSE));
  }

  @Test
  void aBitOfReadNoiseIsAReadAndAConversionOfThisChip() {
    ChipPrices prices = prices(new RandomSource.DeviceNoise(4, STANDARD));
    double bit_fJ = 0;
    for (Action action :
        Set.of(
            Action.ARRAY_PASS,
            Action.ROW_PULSE,
            Action.ROW_BIAS,
            Action.WORDLINE,
            Action.ROW_CONVERT,
            Action.CELL_READ,
            Action.COLUMN_SETTLE,
            Action.AMPLIFY,
            Action.SAMPLE,
            Action.SELECT,
            Action.CONVERSION,
            Action.CONVERTER_BIAS)) {
      bit_fJ += prices.energy_fJ(action);
    }
    Process process = Process.of(new Designs.Knobs().technology);
    double register_fJ = 16 * 48 * process.gate_fJ() * 1.06;
    assertEquals(
        16 * bit_fJ + register_fJ, prices.energy_fJ(Action.RANDOM_DRAW), 1e-9 * 16 * bit_fJ);
    // Four columns of a PE with 32 converters: one read and one conversion a bit, four words at
    // once.
    PassTiming pass = prices.timing().pass();
    double bit_ns = pass.settle_ns() + pass.integrate_ns() + pass.conversion_ns();
    assertEquals(16 * bit_ns / 4, prices.timing().kernels().draw_ns(), 1e-9 * bit_ns);
    // 64 columns take two turns of 32 converters.
    ChipPrices many = prices(new RandomSource.DeviceNoise(64, STANDARD));
    assertEquals(
        16 * (bit_ns + pass.conversion_ns()) / 64,
        many.timing().kernels().draw_ns(),
        1e-9 * bit_ns);
  }

  @Test
  void aRatedConverterStillCostsItsConversionInARandomWord() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kernelParts =
        new KernelParts(
            Transpose.NONE, Optional.empty(), new RandomSource.DeviceNoise(1, STANDARD));
    double modelled_fJ = knobs.prices().energy_fJ(Action.RANDOM_DRAW);
    knobs.readout = Designs.rated(900, 50, 5, "ours.yaml:4");
    ChipPrices rated = knobs.prices();
    assertEquals(0, rated.energy_fJ(Action.CONVERSION));
    assertTrue(rated.energy_fJ(Action.RANDOM_DRAW) > 0.5 * modelled_fJ);
  }

  @Test
  void givenFiguresTakeThePlaceOfTheCircuits() {
    ComponentModel figures =
        Designs.given(70, 0, Map.of("settle", 20.0, "draw", 30.0), 3, "ours.yaml:4", 32, 0.9);
    ChipPrices drawing = prices(new RandomSource.Digital(2, figures));
    assertEquals(30, drawing.energy_fJ(Action.RANDOM_DRAW));
    assertEquals(70, drawing.area_um2(Part.RANDOM));
    assertEquals(1.5, drawing.timing().kernels().draw_ns());
    ChipPrices solving = prices(new LoopAmplifier(1e5, 0.2, 1e-3, figures));
    assertEquals(20, solving.energy_fJ(Action.LOOP_SETTLE));
    assertEquals(70, solving.area_um2(Part.FEEDBACK));
    assertEquals(0.79577, solving.timing().kernels().amplifier_ns(), 1e-5);
  }

  @Test
  void settingsThatSpoilAnAnswerAreReported() {
    // s = 0.01 x 1e5 ns x 1e-3 GHz = 1: (2 / pi) exp(-pi^2 / 2) = 0.00458; 1.5 periods at 1.5 MHz.
    ChipPrices biased = prices(new RandomSource.Counter(1, 1e5, 0.01, 0, 1e-3, STANDARD));
    String warning = "pe.random: bits may be biased by 0.004578";
    assertTrue(
        biased.warnings().stream()
            .anyMatch(w -> w.startsWith(warning) && w.contains("a clock of 1.5 MHz")),
        biased.warnings().toString());
    ChipPrices fixed = prices(new RandomSource.Counter(1, 1e5, 0, 0, 1e-3, STANDARD));
    assertTrue(
        fixed.warnings().toString().contains("a delay without spread is not random"),
        fixed.warnings().toString());
    ChipPrices fair = prices(new RandomSource.Counter(1, 1e5, 0.01, 0, 1.5e-3, STANDARD));
    assertFalse(fair.warnings().toString().contains("pe.random"), fair.warnings().toString());
    // Four devices of a gain of 20 reach 160,000.
    ChipPrices high = prices(new LoopAmplifier(161_000, 0.1, 1e-3, STANDARD));
    assertTrue(high.warnings().toString().contains("pe.feedback.gain"), "161,000");
    ChipPrices reached = prices(new LoopAmplifier(159_000, 0.1, 1e-3, STANDARD));
    assertFalse(reached.warnings().toString().contains("pe.feedback"), "159,000");
    ChipPrices standard = prices(LoopAmplifier.standard());
    assertFalse(standard.warnings().toString().contains("pe.feedback"), "1e5");
  }

  @Test
  void aDrawFollowsTheClock() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.clock_GHz = OptionalDouble.of(0.5);
    assertEquals(2, knobs.prices().timing().kernels().draw_ns());
  }
}
