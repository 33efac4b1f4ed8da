package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Laws that hold for any chip that a spec can say. */
class LawsOfChipsTest {
  private static final int CHIPS = 60;

  /** The jitter of neurons falls as a lower read voltage leaves their swing more of the supply. */
  private static final double BY_SWING_DB = 1e-2;

  private static final double ROUNDING_DB = 1e-9;
  private static final String TWICE =
      RandomSpecs.SPEC.replace("output: 8", "output: 8, outputWidth: 16");

  /**
   * A random chip.
   *
   * @param seed what it was drawn with
   * @param settings changes to the plain spec
   * @param spec with them
   * @param design as bound
   */
  private record Chip(long seed, List<String> settings, DesignSpec spec, Design design) {
    @Override
    public String toString() {
      return "seed " + seed + " " + settings;
    }

    /** The design with one more change, if it agrees with the rest. */
    Optional<Design> with(String setting) {
      List<String> more = new ArrayList<>(settings);
      more.add(setting);
      return RandomSpecs.load(RandomSpecs.SPEC, more).map(Chip::bind);
    }

    double number(String path) {
      return view().numberAt(path).orElse(Double.NaN);
    }

    View view() {
      return spec.tree().view(spec.tree().start());
    }

    static Design bind(DesignSpec spec) {
      return spec.newBinder().bind(spec.tree().start());
    }
  }

  private static final List<Chip> DRAWN = new ArrayList<>();

  @BeforeAll
  static void draw() {
    for (long seed = 1; seed <= CHIPS; seed++) {
      List<String> settings = RandomSpecs.settings(seed);
      DesignSpec spec = RandomSpecs.load(RandomSpecs.SPEC, settings).orElseThrow();
      DRAWN.add(new Chip(seed, settings, spec, Chip.bind(spec)));
    }
  }

  private static Evaluation evaluate(Design design) {
    return new Evaluator().evaluate(design);
  }

  @Test
  void allFiguresAreFiniteAndWritingCostsEnergy() {
    for (Chip chip : DRAWN) {
      Totals totals = evaluate(chip.design()).totals();
      for (Metric metric : Metric.values()) {
        double value = totals.value(metric);
        assertFalse(Double.isInfinite(value), metric + " of " + chip);
      }
      for (Metric metric :
          List.of(
              Metric.TOPS,
              Metric.TOPS_PER_W,
              Metric.TOPS_PER_MM2,
              Metric.AREA,
              Metric.POWER,
              Metric.ENERGY,
              Metric.LATENCY,
              Metric.PROGRAMMING_ENERGY,
              Metric.PROGRAMMING_TIME)) {
        assertTrue(totals.value(metric) > 0, metric + " of " + chip);
      }
      assertTrue(totals.has(Metric.SNR), chip.toString());
      for (Limit limit : Limit.values()) {
        assertTrue(totals.shortage(limit) >= 0, limit + " of " + chip);
        assertFalse(Double.isInfinite(totals.shortage(limit)), limit + " of " + chip);
      }
    }
  }

  @Test
  void energyIsTheSumOfItsParts() {
    for (Chip chip : DRAWN) {
      Evaluation evaluation = evaluate(chip.design());
      double total_uJ = evaluation.totals().value(Metric.ENERGY);
      CostTree tree = Explanation.of(chip.design()).energy();
      assertEquals(total_uJ, tree.value() * 1e-9, 1e-9 * total_uJ, chip.toString());
      assertEquals(tree.value(), leaves(tree), 1e-9 * tree.value(), chip.toString());
      double layers_uJ = evaluation.layers().stream().mapToDouble(LayerResult::energy_uJ).sum();
      assertTrue(layers_uJ <= total_uJ * (1 + 1e-9), chip.toString());
    }
  }

  private static double leaves(CostTree tree) {
    return tree.parts().isEmpty()
        ? tree.value()
        : tree.parts().stream().mapToDouble(LawsOfChipsTest::leaves).sum();
  }

  @Test
  void twiceTheVectorsCostTwiceTheDynamicEnergy() {
    for (Chip chip : DRAWN) {
      Optional<DesignSpec> doubled = RandomSpecs.load(TWICE, chip.settings());
      List<LayerResult> once = evaluate(chip.design()).layers();
      List<LayerResult> twice = evaluate(Chip.bind(doubled.orElseThrow())).layers();
      for (int l = 0; l < once.size(); l++) {
        double energy_uJ = once.get(l).energy_uJ();
        assertEquals(
            2 * energy_uJ,
            twice.get(l).energy_uJ(),
            1e-9 * energy_uJ,
            "layer " + once.get(l).layer() + " of " + chip);
      }
    }
  }

  /** Of ohmic cells: those that bend distort amplitudes less at a lower voltage. */
  @Test
  void aLowerReadVoltageNeverRaisesTheRatioOfOhmicCells() {
    for (Chip chip : DRAWN) {
      // A front end without headroom gains by it.
      if (Prices.of(chip.design()).missingHeadroom_V() > 0) {
        continue;
      }
      List<String> settings = new ArrayList<>(chip.settings());
      settings.add("cell.device.curvature.change=0 %");
      Chip ohmic =
          RandomSpecs.load(RandomSpecs.SPEC, settings)
              .map(spec -> new Chip(chip.seed(), settings, spec, Chip.bind(spec)))
              .orElse(chip);
      double half = ohmic.number("cell.readVoltage") / 2;
      ohmic
          .with("cell.readVoltage=" + half + " V")
          .ifPresent(lower -> assertNotAbove(ohmic, lower, "read voltage", BY_SWING_DB));
    }
  }

  @Test
  void aLowerConductanceNeverRaisesTheRatioIfWiresAreIdeal() {
    String ideal = "crossbar.wires={wordline: 0 ohm, bitline: 0 ohm}";
    for (Chip chip : DRAWN) {
      List<String> settings = new ArrayList<>(chip.settings());
      settings.add(ideal);
      Optional<DesignSpec> spec = RandomSpecs.load(RandomSpecs.SPEC, settings);
      assertTrue(spec.isPresent(), chip.toString());
      Chip wires = new Chip(chip.seed(), settings, spec.get(), Chip.bind(spec.get()));
      double low_Mohm = 2 * chip.number("cell.device.resistance.low");
      double high_Mohm = 2 * chip.number("cell.device.resistance.high");
      wires
          .with("cell.device.resistance={low: " + low_Mohm + " Mohm, high: " + high_Mohm + " Mohm}")
          .ifPresent(lower -> assertNotAbove(wires, lower, "conductance", ROUNDING_DB));
    }
  }

  private static void assertNotAbove(Chip chip, Design lower, String what, double within_dB) {
    double before_dB = evaluate(chip.design()).totals().value(Metric.SNR);
    double after_dB = evaluate(lower).totals().value(Metric.SNR);
    assertTrue(
        after_dB <= before_dB + within_dB,
        what + ": " + before_dB + " to " + after_dB + " dB, " + chip);
  }

  @Test
  void moreIsNeverCheaper() {
    for (Chip chip : DRAWN) {
      PriceTable before = Prices.of(chip.design());
      double bits = chip.number("pe.readout.bits");
      if (!Double.isNaN(bits)) {
        // Without a gain a calibrated range widens with the bits.
        List<String> settings = new ArrayList<>(chip.settings());
        settings.add("pe.readout.gain=4");
        RandomSpecs.load(RandomSpecs.SPEC, settings)
            .map(spec -> new Chip(chip.seed(), settings, spec, Chip.bind(spec)))
            .ifPresent(
                fewer ->
                    fewer
                        .with("pe.readout.bits=" + (int) (bits + 1))
                        .ifPresent(
                            more ->
                                notCheaper(
                                    Prices.of(fewer.design()),
                                    Prices.of(more),
                                    Part.READOUT,
                                    fewer,
                                    "converter bits")));
      }
      double rows = chip.number("crossbar.rows");
      chip.with("crossbar.rows=" + (int) (2 * rows))
          .ifPresent(more -> notCheaper(before, Prices.of(more), Part.CROSSBAR, chip, "rows"));
      double columns = chip.number("crossbar.columns");
      chip.with("crossbar.columns=" + (int) (2 * columns))
          .ifPresent(
              more -> {
                notCheaper(before, Prices.of(more), Part.CROSSBAR, chip, "columns");
                notCheaper(before, Prices.of(more), Part.INPUT, chip, "columns");
              });
      double tiles = chip.number("tile.buffer.size");
      if (!Double.isNaN(tiles)) {
        chip.with("tile.buffer.size=" + 2 * tiles + " B")
            .ifPresent(
                more -> {
                  PriceTable after = Prices.of(more);
                  notCheaper(before, after, Part.TILE_BUFFER, chip, "buffer");
                  notCheaper(before, after, Part.BUS, chip, "length of the bus");
                  notCheaper(before, after, Part.INTERCONNECT, chip, "length of a hop");
                });
      }
    }
  }

  /** For the same time of conduction: wider columns settle their front ends sooner. */
  private static void notCheaper(
      PriceTable before, PriceTable after, Part part, Chip chip, String what) {
    double tolerance = 1 + 1e-9;
    assertTrue(before.area_um2(part) <= after.area_um2(part) * tolerance, what + ", area: " + chip);
    for (Action action : Action.values()) {
      if (action.part() == part) {
        assertTrue(
            perTime(before, action) <= perTime(after, action) * tolerance,
            what
                + ", "
                + action
                + " "
                + perTime(before, action)
                + " to "
                + perTime(after, action)
                + ": "
                + chip);
      }
    }
  }

  @Test
  void aHigherSupplyNeverMakesAnActionCheaper() {
    for (Chip chip : DRAWN) {
      double supply_V = chip.design().chip().technology().supply_V();
      PriceTable before = Prices.of(chip.design());
      Optional<Design> higher = chip.with("technology.supply=" + 1.1 * supply_V + " V");
      if (higher.isEmpty()) {
        continue;
      }
      PriceTable after = Prices.of(higher.get());
      for (Action action : Action.values()) {
        // Noise and matching of a converter ask for less where the supply gives a wider range; the
        // wires of a tile that is smaller for it are shorter.
        if (action == Action.CONVERSION || action == Action.AMPLIFY || action == Action.BUS_BIT) {
          continue;
        }
        // A converter's bias is a part of its conversion, and flows for as long as it takes.
        if (action == Action.CONVERTER_BIAS) {
          continue;
        }
        // Writes are verified by conversions, and words may be drawn by them.
        if (action == Action.CELL_WRITE || action == Action.RANDOM_DRAW) {
          continue;
        }
        double before_fJ = perTime(before, action);
        double after_fJ = perTime(after, action);
        assertTrue(
            before_fJ <= after_fJ * (1 + 1e-9),
            action + " " + before_fJ + " to " + after_fJ + ": " + chip);
      }
    }
  }

  /** All else equal: what is drawn while cells conduct is compared for the same time. */
  private static double perTime(PriceTable prices, Action action) {
    boolean conducts =
        action == Action.CELL_READ || action == Action.AMPLIFY || action == Action.ARRAY_PASS;
    double energy_fJ = prices.energy_fJ(action);
    // A readout that samples as soon as columns have settled lets no cells conduct.
    return energy_fJ == 0 ? 0 : energy_fJ / (conducts ? prices.timing().pass().conduct_ns() : 1);
  }

  @Test
  void sramIsWrittenAtTheCoreSupplySoALowOneNeedsNoLevelShifters() {
    List<String> digital =
        List.of(
            "cell={bits: 1, device: sram-6t, readVoltage: device}",
            "crossbar.weights.encoding=offset",
            "pe.readout=adderTree",
            "technology.supply=0.6 V");
    DesignSpec spec = RandomSpecs.load(RandomSpecs.SPEC, digital).orElseThrow();
    Chip low = new Chip(0, digital, spec, Chip.bind(spec));
    Design high = low.with("technology.supply=0.9 V").orElseThrow();
    for (Part part : List.of(Part.WRITE_DRIVER, Part.INPUT)) {
      double low_um2 = Prices.of(low.design()).area_um2(part);
      assertEquals(Prices.of(high).area_um2(part), low_um2, 1e-9 * low_um2, part.word());
    }
    double programming_uJ = evaluate(low.design()).totals().value(Metric.PROGRAMMING_ENERGY);
    assertTrue(programming_uJ < evaluate(high).totals().value(Metric.PROGRAMMING_ENERGY));
  }
}
