package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws that hold for any chip. */
class LawsTest {

  /** The default SAR of 8 bits at 32 nm: 9 bits of 40 FO4 of 17.25 ps. */
  private static final double CONVERSION_NS = 9 * 40 * 0.01725;

  private static final long BASE_SEED = 7;
  private static final int CHIPS = 200;

  @Test
  void moreConverterBitsNeverReduceEnergyAreaOrTime() {
    for (int i = 0; i < CHIPS; i++) {
      long seed = BASE_SEED + i;
      Designs.Knobs knobs = Designs.random(new Random(seed));
      if (knobs.readout instanceof ComponentModel.Given) {
        continue;
      }
      knobs.bits = 1;
      // Without it a calibrated range widens with the bits, and the largest gain falls.
      knobs.gain = OptionalDouble.of(4);
      ChipPrices fewer = knobs.prices();
      for (int bits = 2; bits <= 10; bits++) {
        knobs.bits = bits;
        ChipPrices more = knobs.prices();
        String where =
            "seed " + seed + ", " + bits + " bits of " + knobs.kind + " " + knobs.readout;
        assertTrue(more.energy_fJ(Action.CONVERSION) >= fewer.energy_fJ(Action.CONVERSION), where);
        // And its largest gain is smaller: a bit less for each range in a register.
        double fewerGains = knobs.range == Readout.Range.CALIBRATED ? 1.2 : 1;
        assertTrue(fewerGains * more.area_um2(Part.READOUT) >= fewer.area_um2(Part.READOUT), where);
        assertTrue(
            more.timing().pass().conversion_ns() >= fewer.timing().pass().conversion_ns(), where);
        assertTrue(more.timing().pass().pass_ns() >= fewer.timing().pass().pass_ns(), where);
        // Decisions that a clock cuts short are undecided the more often the more bits: latches of
        // a
        // slow flavour at a fast clock.
        assertTrue(
            undecided_steps2(more) > 1 / 12.0
                || effectiveBits(bits, more) >= effectiveBits(bits - 1, fewer) - 1e-9,
            where);
        fewer = more;
      }
    }
  }

  private static double undecided_steps2(ChipPrices prices) {
    return prices.readoutNoise().stream()
        .filter(term -> term.name().equals("metastability"))
        .mapToDouble(NoiseTerm::steps2)
        .sum();
  }

  private static double effectiveBits(int bits, ChipPrices prices) {
    return bits - prices.readoutErrors().budget().lostBits();
  }

  @Test
  void aSmallerNodeNeverCostsMoreLogicEnergyAtTheSameSupply() {
    for (double supply_V = 0.6; supply_V < 1.3; supply_V += 0.1) {
      double larger_fJ = Double.MAX_VALUE;
      for (double node_nm = 180; node_nm >= 5; node_nm *= 0.97) {
        double energy_fJ = at(node_nm, supply_V).energy_fJ(Action.SHIFT_ADD);
        assertTrue(energy_fJ <= larger_fJ, node_nm + " nm, " + supply_V + " V");
        larger_fJ = energy_fJ;
      }
    }
  }

  @Test
  void publishedEnergyGoesWithTheSquareOfTheSupplyAndDrawnCurrentsWithTheSupply() {
    ChipPrices low = published(0.8);
    ChipPrices high = published(1.0);
    double ratio = 1.0 / 0.8;

    assertEquals(
        ratio * ratio, high.energy_fJ(Action.CONVERSION) / low.energy_fJ(Action.CONVERSION), 1e-9);
    assertEquals(
        ratio, high.energy_fJ(Action.COLUMN_SETTLE) / low.energy_fJ(Action.COLUMN_SETTLE), 1e-9);
  }

  private static ChipPrices published(double supply_V) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.technology = new Technology(32, supply_V, Flavour.LOW_POWER, 300);
    knobs.readout = new ComponentModel.Named("isaac-sar");
    return knobs.prices();
  }

  @Test
  void accumulatorsAreAsWideAsTheWidestLayerAndNotAsThePeak() {
    Chip chip = new Designs.Knobs().design().chip();
    Design eight = Designs.of(chip, 8, 8);
    Design six = Designs.of(chip, 6, 8);
    ChipPrices wide = Prices.of(eight);
    ChipPrices narrow = Prices.of(six);
    // A register of a code, a weight and an input is 2 of its 24 bits narrower, its sum has 4 bits
    // of 3 slices instead of 6 of 4 beside 8 + 3.5, less 1/16: (3 w + 3 b) gates.
    double sums = (22 + 11.5 + 4 * 15 / 16.0) / (24 + 11.5 + 6 * 15 / 16.0);
    assertEquals(sums, narrow.energy_fJ(Action.SHIFT_ADD) / wide.energy_fJ(Action.SHIFT_ADD), 1e-9);

    Design narrowPeak = Designs.builtFor(six, eight.widest());
    for (Action action : Action.values()) {
      assertEquals(
          wide.energy_fJ(action), Prices.of(narrowPeak).energy_fJ(action), action.toString());
    }
    for (Part part : Part.values()) {
      assertEquals(wide.area_um2(part), Prices.of(narrowPeak).area_um2(part), part.toString());
    }
  }

  @Test
  void aLargerArraySettlesMoreSlowlyAndCostsMoreArea() {
    Designs.Knobs knobs = new Designs.Knobs();
    double settle_ns = 0;
    double area_um2 = 0;
    for (int side = 32; side <= 1024; side *= 2) {
      knobs.rows = side;
      knobs.columns = side;
      knobs.rowsActive = side;
      ChipPrices prices = knobs.prices();
      assertTrue(prices.timing().pass().settle_ns() > settle_ns, "side " + side);
      assertTrue(prices.area_um2(Part.CROSSBAR) > 2 * area_um2, "side " + side);
      settle_ns = prices.timing().pass().settle_ns();
      area_um2 = prices.area_um2(Part.CROSSBAR);
    }
  }

  @Test
  void withoutSampleAndHoldColumnsAreReadInTurnAndCellsConductUntilTheConverterHolds() {
    Designs.Knobs knobs = new Designs.Knobs();
    ChipPrices sampled = knobs.prices();
    knobs.sampleHold = false;
    ChipPrices held = knobs.prices();
    double read_ns = held.timing().pass().settle_ns() + 1;

    // 32 columns share a converter. Without a sample each of them settles, integrates and is
    // converted in turn; a SAR samples on its own capacitors and lets the cells go.
    assertEquals(CONVERSION_NS, sampled.timing().pass().conversion_ns(), 1e-9);
    assertEquals(32 * CONVERSION_NS, sampled.timing().pass().pass_ns(), 1e-6);
    assertEquals(
        sampled.timing().pass().settle_ns() + 1, sampled.timing().pass().conduct_ns(), 1e-9);
    assertEquals(read_ns, held.timing().pass().conduct_ns(), 1e-9);
    assertEquals(32 * (read_ns + CONVERSION_NS), held.timing().pass().pass_ns(), 1e-6);
    assertEquals(0, held.energy_fJ(Action.SAMPLE));
    assertEquals(0, held.instances(Part.SAMPLE_HOLD));
    // A sense amplifier holds nothing.
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 3;
    PassTiming sensed = knobs.prices().timing().pass();
    assertEquals(sensed.settle_ns() + 1 + sensed.conversion_ns(), sensed.conduct_ns(), 1e-9);
    assertEquals(32 * sensed.conduct_ns(), sensed.pass_ns(), 1e-6);
  }

  @Test
  void aPassOfFewColumnsTakesTheirConversionsAlone() {
    Designs.Knobs knobs = new Designs.Knobs();
    // Sampled: columns are read together, 3 converted meanwhile; one column takes the read alone.
    PassTiming sampled = knobs.prices().timing().pass();
    double read_ns = sampled.settle_ns() + 1;
    assertEquals(Math.max(read_ns, 3 * CONVERSION_NS), sampled.pass_ns(3), 1e-6);
    assertEquals(Math.max(read_ns, CONVERSION_NS), sampled.pass_ns(1), 1e-6);
    assertEquals(sampled.pass_ns(), sampled.pass_ns(32));
    assertEquals(sampled.pass_ns(), sampled.pass_ns(Integer.MAX_VALUE));
    // In turn: each is read and converted.
    knobs.sampleHold = false;
    PassTiming inTurn = knobs.prices().timing().pass();
    assertEquals(3 * (inTurn.settle_ns() + 1 + CONVERSION_NS), inTurn.pass_ns(3), 1e-6);
    // Held: read once, converted in turn.
    knobs.compute = new Compute(Compute.Kind.CHARGE, 1.2, 1, OptionalDouble.empty());
    PassTiming held = knobs.prices().timing().pass();
    assertEquals(
        held.settle_ns() + held.integrate_ns() + 3 * held.conversion_ns(), held.pass_ns(3), 1e-9);
  }

  @Test
  void columnsThatShareASenseAmplifierCostNoMoreReadCurrent() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = ReadoutKind.SENSE_AMPLIFIER;
    knobs.bits = 4;
    knobs.columnsPerAdc = 1;
    ChipPrices alone = knobs.prices();
    knobs.columnsPerAdc = 8;
    ChipPrices shared = knobs.prices();

    assertEquals(alone.energy_fJ(Action.CELL_READ), shared.energy_fJ(Action.CELL_READ), 1e-9);
    assertEquals(8 * alone.timing().pass().pass_ns(), shared.timing().pass().pass_ns(), 1e-9);
    // It takes the bitline's current, so there is nothing to sample.
    assertEquals(0, shared.instances(Part.SAMPLE_HOLD));
    assertEquals(0, shared.energy_fJ(Action.SAMPLE));
  }

  @Test
  void aPairSubtractedBeforeTheConverterTakesOneTurnOfIt() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.weights = pairs(false, false);
    assertEquals(16 * CONVERSION_NS, knobs.prices().timing().pass().pass_ns(), 1e-6);
    knobs.weights = pairs(false, true);
    assertEquals(32 * CONVERSION_NS, knobs.prices().timing().pass().pass_ns(), 1e-6);
    knobs.weights = pairs(true, false);
    assertEquals(32 * CONVERSION_NS, knobs.prices().timing().pass().pass_ns(), 1e-6);
  }

  private static Crossbar.WeightEncoding pairs(boolean onRows, boolean digital) {
    return new Crossbar.WeightEncoding(Crossbar.Encoding.DIFFERENTIAL, false, onRows, digital);
  }

  @Test
  void aReadRailOfItsOwnSavesTheDropFromTheCoreSupply() {
    Designs.Knobs knobs = new Designs.Knobs();
    double regulated_fJ = knobs.prices().energy_fJ(Action.CELL_READ);
    knobs.ownRail = true;

    assertEquals(0.2 / 0.9, knobs.prices().energy_fJ(Action.CELL_READ) / regulated_fJ, 1e-9);
  }

  @Test
  void controlIsAShareOfModelledPartsOnly() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.readout = Designs.given(900, 0, Map.of("conversion", 450.0), 5, "ours.yaml:4", 32, 0.9);
    ChipPrices with = knobs.prices();
    knobs.controlEnergy = 0;
    knobs.controlArea = 0;
    ChipPrices without = knobs.prices();

    assertEquals(
        1.06, with.energy_fJ(Action.SHIFT_ADD) / without.energy_fJ(Action.SHIFT_ADD), 1e-9);
    assertEquals(1.15, with.area_um2(Part.SHIFT_ADD) / without.area_um2(Part.SHIFT_ADD), 1e-9);
    assertEquals(450, with.energy_fJ(Action.CONVERSION), 0);
    assertEquals(900, with.area_um2(Part.READOUT), 0);
    assertEquals(0, with.instances(Part.CONTROL));
  }

  @Test
  void givenFiguresOfAnotherNodeAreScaledByTheirClassAndSaySo() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.readout = Designs.given(900, 0, Map.of("conversion", 450.0), 5, "ours.yaml:4", 28, 1.0);
    ChipPrices prices = knobs.prices();

    // Analogue: energy ~ node V^2, area ~ node; from 28 nm, 1.0 V to 32 nm, 0.9 V. Times stay.
    assertEquals(450 * 32 / 28.0 * 0.81, prices.energy_fJ(Action.CONVERSION), 1e-9);
    assertEquals(900 * 32 / 28.0, prices.area_um2(Part.READOUT), 1e-9);
    assertEquals(5, prices.timing().pass().conversion_ns(), 0);
    assertEquals(
        "given, ours.yaml:4; Shafiee et al. 2016; scaled as analogue from 28 nm, 1 V",
        prices.explain(PriceLine.energy(Action.CONVERSION)).source());
    assertTrue(
        prices
            .explain(PriceLine.standing(Part.READOUT))
            .source()
            .startsWith("not given at ours.yaml:4, default model: "));
  }

  @Test
  void aTableArrayIncludesItsDecoderMuxFrontEndAndWriteDrivers() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.array = Designs.given(25, 0, Map.of("pass", 30_000.0), 100, "table.yaml:3", 32, 0.9);
    ChipPrices prices = knobs.prices();

    for (Part part : new Part[] {Part.FRONT_END, Part.COLUMN_MUX, Part.WRITE_DRIVER}) {
      assertEquals(0, prices.instances(part), part.toString());
      assertEquals(0, prices.area_um2(part), part.toString());
    }
    assertEquals(25, prices.area_um2(Part.CROSSBAR));
    assertEquals(30_000, prices.energy_fJ(Action.ARRAY_PASS));
    assertEquals(0, prices.energy_fJ(Action.CELL_READ));
    assertEquals(0, prices.energy_fJ(Action.AMPLIFY));
    assertEquals(32 * CONVERSION_NS, prices.timing().pass().pass_ns(), 1e-6);
  }

  @Test
  void ratedPowerOfTheWholeChipIsDrawnWhenEveryCrossbarIsBusyAndAlwaysIfItsSizeIsOpen() {
    Designs.Knobs knobs = new Designs.Knobs();
    ComponentModel rated = Designs.rated(1e6, 50_000, 0, "ours.yaml:2");
    knobs.global = Optional.of(new Memory(Memory.MemoryKind.SRAM, 1 << 20, 512, rated));
    knobs.tiles = OptionalInt.of(10);
    ChipPrices known = knobs.prices();
    knobs.tiles = OptionalInt.empty();
    ChipPrices open = knobs.prices();

    // 10 tiles of 8 PEs of 8 crossbars.
    double busy_uW =
        640 * known.passEnergy_fJ(Part.GLOBAL_BUFFER) / known.timing().pass().pass_ns();
    assertEquals(50_000, busy_uW, 1e-6);
    assertEquals(0, known.static_uW(Part.GLOBAL_BUFFER));
    assertEquals(50_000, open.static_uW(Part.GLOBAL_BUFFER));
    assertEquals(0, open.passEnergy_fJ(Part.GLOBAL_BUFFER));
    assertEquals(0, known.energy_fJ(Action.GLOBAL_BUFFER_READ_BIT));
  }

  @Test
  void publishedFitsPriceTheReadCurrentByTheTimeThatTheyConvert() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.readout = new ComponentModel.Named("neurosim-sar-fit");
    knobs.bits = 4;
    ChipPrices four = knobs.prices();
    knobs.bits = 7;
    ChipPrices seven = knobs.prices();

    assertEquals(0, four.instances(Part.FRONT_END));
    assertTrue(four.energy_fJ(Action.CONVERSION) > 0);
    // (B + 1) ns: 8 against 5.
    assertEquals(
        8.0 / 5, seven.energy_fJ(Action.CELL_READ) / four.energy_fJ(Action.CELL_READ), 1e-9);
  }

  @Test
  void figuresOutsideAModelsRangeAreComputedAndMarked() {
    Designs.Knobs knobs = new Designs.Knobs();
    assertEquals(List.of(), knobs.prices().warnings());

    knobs.technology = new Technology(180, 1.8, Flavour.LOW_POWER, 300);
    knobs.kind = ReadoutKind.FLASH;
    knobs.bits = 9;
    ChipPrices prices = knobs.prices();

    assertEquals(
        List.of("pe.readout.bits: 9 is outside 1..8 of model flash-28nm; its trend is continued"),
        prices.warnings());
    knobs.technology = new Technology(5, 0.65, Flavour.LOW_POWER, 300);
    assertEquals(
        "technology.node: 5 nm is outside 7..180 nm of the analogue model; its trend is continued",
        knobs.prices().warnings().get(0));
  }

  /** Of 0.9 V: 0.35 of it are 0.315 V. */
  @Test
  void modelsReachFromFreezingTo125CelsiusAndAThirdAroundTheNominalSupply() {
    Designs.Knobs knobs = new Designs.Knobs();
    for (double[] inside : new double[][] {{273, 0.9}, {398, 0.9}, {300, 0.59}, {300, 1.21}}) {
      knobs.technology = new Technology(32, inside[1], Flavour.LOW_POWER, inside[0]);
      assertEquals(List.of(), starts(knobs, "operation.temperature", "technology.supply"));
    }
    for (double temperature_K : new double[] {272, 399}) {
      knobs.technology = new Technology(32, 0.9, Flavour.LOW_POWER, temperature_K);
      assertEquals(1, starts(knobs, "operation.temperature", "technology.supply").size());
    }
    for (double supply_V : new double[] {0.58, 1.22}) {
      knobs.technology = new Technology(32, supply_V, Flavour.LOW_POWER, 300);
      assertEquals(1, starts(knobs, "technology.supply", "operation.temperature").size());
    }
  }

  private static List<String> starts(Designs.Knobs knobs, String one, String other) {
    return knobs.prices().warnings().stream()
        .filter(warning -> warning.startsWith(one) || warning.startsWith(other))
        .toList();
  }

  /**
   * All that a shorter time or a lower supply can cost a column: energy, area, time, errors, what
   * is missing.
   *
   * @param energy_fJ of a conversion, its front end and a cell
   * @param thermal noise power of column and front end, over that of a conductance
   */
  private record Costs(
      double energy_fJ,
      double area_um2,
      double pass_ns,
      double noise_steps2,
      double thermal,
      double late,
      double missing_V) {
    static Costs of(Designs.Knobs knobs) {
      ChipPrices prices = knobs.prices();
      PassTiming pass = prices.timing().pass();
      double integrate_ns = pass.integrate_ns();
      return new Costs(
          prices.energy_fJ(Action.CONVERSION)
              + prices.energy_fJ(Action.AMPLIFY)
              + prices.energy_fJ(Action.CELL_READ),
          prices.area_um2(Part.READOUT) + prices.area_um2(Part.FRONT_END),
          pass.pass_ns(),
          prices.readoutErrors().budget().noise_steps2(),
          integrate_ns > 0 ? prices.readoutErrors().noiseFactor() / integrate_ns : 0,
          pass.overrun(),
          prices.missingHeadroom_V());
    }

    boolean isWorseInSomethingThan(Costs other) {
      double more = 1 + 1e-9;
      return energy_fJ > more * other.energy_fJ
          || area_um2 > more * other.area_um2
          || pass_ns > more * other.pass_ns
          || noise_steps2 > more * other.noise_steps2
          || thermal > more * other.thermal
          || late > other.late + 1e-9
          || missing_V > other.missing_V + 1e-9;
    }
  }

  private static Designs.Knobs column(long seed, ReadoutKind kind) {
    Random random = new Random(seed);
    Designs.Knobs knobs = new Designs.Knobs();
    double[] nodes = {65, 45, 28, 22, 14};
    double node_nm = nodes[random.nextInt(nodes.length)];
    knobs.technology = Technology.nominal(node_nm, Flavour.LOW_POWER, 300);
    knobs.device = Designs.device(10 + 90 * random.nextDouble(), 1000);
    knobs.read_V = 0.1 + 0.1 * random.nextDouble();
    knobs.rows = 256;
    knobs.rowsActive = 16 << random.nextInt(4);
    knobs.columnsPerAdc = 1 << random.nextInt(4);
    knobs.sampleHold = random.nextBoolean();
    knobs.range = random.nextBoolean() ? Readout.Range.CALIBRATED : Readout.Range.FULL;
    knobs.bits = kind == ReadoutKind.SENSE_AMPLIFIER ? 3 : 3 + random.nextInt(5);
    knobs.kind = kind;
    return knobs;
  }

  @Test
  void aShorterClockCycleOrALowerSupplyIsPaidForInSomething() {
    for (ReadoutKind kind : ReadoutKind.values()) {
      for (int i = 0; i < 40 && !kind.isDigital(); i++) {
        long seed = BASE_SEED + i;
        Designs.Knobs knobs = column(seed, kind);
        String where = "seed " + seed + ", " + kind;
        knobs.clock_GHz = OptionalDouble.of(0.25);
        Costs slower = Costs.of(knobs);
        for (double clock_GHz = 0.5; clock_GHz < 20; clock_GHz *= 2) {
          knobs.clock_GHz = OptionalDouble.of(clock_GHz);
          Costs faster = Costs.of(knobs);
          if (faster.pass_ns < slower.pass_ns * (1 - 1e-9)) {
            assertTrue(faster.isWorseInSomethingThan(slower), where + " at " + clock_GHz + " GHz");
          }
          slower = faster;
        }
        assertTrue(slower.late > 0, where + " at 16 GHz");
        knobs.clock_GHz = OptionalDouble.of(1);
        Costs higher = Costs.of(knobs);
        for (double share = 0.98; share > 0.6; share -= 0.02) {
          knobs.technology =
              new Technology(
                  knobs.technology.node_nm(),
                  share * NominalSupply.of(knobs.technology.node_nm(), Flavour.LOW_POWER),
                  Flavour.LOW_POWER,
                  300);
          Costs lower = Costs.of(knobs);
          assertTrue(lower.isWorseInSomethingThan(higher), where + " at " + share);
          higher = lower;
        }
      }
    }
  }

  @Test
  void aWriteVoltageBeyondThickOxideIsReportedWithItsAmount() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.device = Designs.device(25, 1000, 2.5);
    assertEquals(List.of(), knobs.prices().warnings());
    knobs.device = Designs.device(25, 1000, 3);
    assertEquals(
        List.of(
            "cell.device: is written at 3 V, 0.5 V above the 2.5 V of thick-oxide transistors at 32"
                + " nm; stacked drivers and access transistors are not priced"),
        knobs.prices().warnings());
  }

  private static ChipPrices at(double node_nm, double supply_V) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.technology = new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300);
    return knobs.prices();
  }

  @Test
  void everyNodeHasItsNominalSupply() {
    assertEquals(1.3, NominalSupply.of(130, Flavour.LOW_POWER));
    assertEquals(0.9, NominalSupply.of(32, Flavour.LOW_POWER), 1e-12);
    assertEquals(0.85, NominalSupply.of(22, Flavour.LOW_POWER), 1e-12);
    assertEquals(0.65, NominalSupply.of(3, Flavour.LOW_POWER));
    assertEquals(1.8, NominalSupply.of(250, Flavour.LOW_POWER));
    double smaller_V = 0;
    for (double node_nm = 5; node_nm < 200; node_nm *= 1.02) {
      assertTrue(NominalSupply.of(node_nm, Flavour.LOW_POWER) >= smaller_V, node_nm + " nm");
      smaller_V = NominalSupply.of(node_nm, Flavour.LOW_POWER);
    }
  }
}
