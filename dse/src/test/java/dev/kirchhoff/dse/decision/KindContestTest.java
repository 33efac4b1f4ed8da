package dev.kirchhoff.dse.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent.Contender;
import dev.kirchhoff.arch.event.RunEvent.Contest;
import dev.kirchhoff.arch.event.RunEvent.Turn;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.front.DrawnPair;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindContestTest {
  private static final JointDraws DRAWS = JointDraws.of(3);

  @TempDir private Path folder;

  /** The start of a shipped spec with a choice of readouts and nothing else. */
  private DesignSpec spec(String readouts, String more) throws Exception {
    return spec(readouts, "", more);
  }

  private DesignSpec spec(String readouts, String chip, String more) throws Exception {
    Path base =
        Path.of("..", "examples", "bench", "resnet18-12db.yaml").toAbsolutePath().normalize();
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            "kirchhoff: 1\nextends: "
                + base
                + "\nconstraints: []\nchip: {"
                + chip
                + "pe: {readout: {any: ["
                + readouts
                + "]}}}\n"
                + more);
    return DesignSpec.load(
        file.toString(), List.of(), List.of(), SpecEnvironment.of(new FileSources()));
  }

  private static int knob(DesignSpec spec) {
    for (int k = 0; k < spec.knobs().size(); k++) {
      if (spec.knobs().get(k).path().equals("pe.readout")) {
        return k;
      }
    }
    throw new AssertionError("no choice of readouts");
  }

  /** The start with each readout. */
  private static List<int[]> designs(DesignSpec spec, int knob) {
    List<int[]> designs = new ArrayList<>();
    for (int value = 0; value < spec.knobs().get(knob).cardinality(); value++) {
      int[] ordinals = spec.tree().start().clone();
      ordinals[knob] = value;
      designs.add(ordinals);
    }
    return designs;
  }

  private static List<Contest> contests(DesignSpec spec) {
    List<int[]> designs = designs(spec, knob(spec));
    List<Long> indices = new ArrayList<>();
    for (long i = 0; i < designs.size(); i++) {
      indices.add(10 + i);
    }
    return contests(spec, designs, indices);
  }

  private static List<Contest> contests(DesignSpec spec, List<int[]> designs, List<Long> indices) {
    int knob = knob(spec);
    SpecDraws draws = new SpecDraws(spec, designs, DRAWS);
    return KindContest.of(new KindContest.Drawn(spec, draws, designs, indices), List.of(knob));
  }

  private static final String SAR = "{kind: sar, bits: 6, columnsPerAdc: 32}";
  private static final String FLASH = "{kind: flash, bits: 6, columnsPerAdc: 32}";

  @Test
  void theShareOfDrawsIsThatOfThePair() throws Exception {
    DesignSpec spec = spec(SAR + ", " + FLASH, "");
    List<Contest> contests = contests(spec);
    List<int[]> designs = designs(spec, knob(spec));
    DrawnPair pair = DrawnPair.of(new SpecDraws(spec, designs, DRAWS));
    assertEquals(pair.objectives().size(), contests.size());
    for (int m = 0; m < contests.size(); m++) {
      Contest contest = contests.get(m);
      DrawnPair.ByObjective by = pair.objectives().get(m);
      boolean isSar = contest.best().value().equals("sar");
      assertEquals(isSar ? 10 : 11, contest.best().index());
      // Draws in which a design misses a limit of physics are lost for it.
      assertEquals(
          isSar ? by.aBetter() : by.bBetter(),
          contest.others().get(0).behind(),
          2 - pair.aFeasible() - pair.bFeasible() + 1e-9,
          contest.objective());
      assertEquals(contest.others().get(0).behind() < 0.9, contest.isTie());
      assertEquals(contest.isTie(), !contest.ties().isEmpty());
    }
  }

  /** A win turns where the price of the winner, times the factor, is that of the other. */
  @Test
  void aTurnIsTheFactorAtWhichTheOtherIsBetter() throws Exception {
    Contest contest =
        contests(spec(SAR + ", {kind: flash, bits: 4, columnsPerAdc: 32}", "")).stream()
            .filter(c -> c.objective().equals("TOPS/W"))
            .findFirst()
            .orElseThrow();
    Turn turn =
        contest.turns().stream()
            .filter(t -> t.quantity().equals("energy") && t.model().matches("sar-28nm|flash-28nm"))
            .findFirst()
            .orElseThrow();
    assertTrue(turn.factor() > turn.low() && turn.factor() < turn.high(), turn.toString());
    String family = turn.model().startsWith("sar") ? "sar" : "flash";
    for (double beside : new double[] {0.98, 1.02}) {
      double factor = turn.factor() > 1 ? turn.factor() * beside : turn.factor() / beside;
      DesignSpec dear =
          spec(
              SAR + ", {kind: flash, bits: 4, columnsPerAdc: 32}",
              "calibration: [{family: "
                  + family
                  + ", quantity: energy, factor: "
                  + factor
                  + ", fittedOn: [a trial]}]\n");
      String best = "";
      double most = 0;
      for (int[] ordinals : designs(dear, knob(dear))) {
        double efficiency =
            Evaluator.totalsByNetwork(new Evaluator().evaluated(dear.newBinder().bind(ordinals)))
                .value(Metric.TOPS_PER_W);
        if (efficiency > most) {
          most = efficiency;
          best = ordinals[knob(dear)] == 0 ? "sar" : "flash";
        }
      }
      assertEquals(beside > 1 ? turn.to() : contest.best().value(), best, turn + " x " + beside);
    }
  }

  private static final String GAIN_OF = "{kind: sar, bits: 6, columnsPerAdc: 32, gain: %s}";
  private static final String FOUR_BITS =
      "{kind: senseAmplifier, bits: 4, columnsPerAdc: 8}, {kind: flash, bits: 4, columnsPerAdc: 8},"
          + " {kind: sar, bits: 4, columnsPerAdc: 8}";

  private static Contest of(String objective, List<Contest> contests) {
    return contests.stream()
        .filter(contest -> contest.objective().equals(objective))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneOfTwoOthersThatTiesMakesATie() throws Exception {
    Contest area = of("area", contests(spec(FOUR_BITS, "")));
    assertTrue(area.others().get(0).behind() < Contest.SURE, area.toString());
    assertTrue(area.others().get(1).behind() >= Contest.SURE, area.toString());
    assertTrue(area.isTie());
    assertEquals(List.of(area.others().get(0)), area.ties());
  }

  /**
   * A converter of few bits may be worse by itself and less often behind: the order is the latter.
   */
  @Test
  void othersStandInTheOrderInWhichTheyComeNearTheBest() throws Exception {
    String sar5 = "{kind: sar, bits: 5, columnsPerAdc: 32}";
    String ramp = "{kind: ramp, bits: 5, columnsPerAdc: 32}";
    String sense = "{kind: senseAmplifier, bits: 4, columnsPerAdc: 32}";
    Contest efficiency = of("TOPS/W", contests(spec(sar5 + ", " + sense + ", " + ramp, "")));
    assertEquals("senseAmplifier", efficiency.best().value());
    Contender near = efficiency.others().get(0);
    Contender far = efficiency.others().get(1);
    assertTrue(near.behind() < far.behind(), efficiency.toString());
    assertTrue(near.figure() < far.figure(), efficiency.toString());
    // Prices turn a win upwards as well as downwards.
    assertTrue(efficiency.turns().stream().anyMatch(turn -> turn.factor() > 1));
  }

  /** Figures within a step of each other are the same, however sure their order is. */
  @Test
  void aDifferenceBelowTheStepIsATie() throws Exception {
    DesignSpec spec = spec(GAIN_OF.formatted(8.0) + ", " + GAIN_OF.formatted(8.001), "");
    Contest efficiency = of("TOPS/W", contests(spec));
    assertEquals(0, efficiency.others().get(0).behind(), efficiency.toString());
    assertTrue(efficiency.isTie());
  }

  @Test
  void ofEqualDesignsTheFirstIsNamed() throws Exception {
    DesignSpec spec = spec(SAR + ", " + FLASH, "");
    List<int[]> designs = new ArrayList<>(designs(spec, knob(spec)));
    designs.add(0, designs.get(0).clone());
    Contest efficiency = of("TOPS/W", contests(spec, designs, List.of(12L, 10L, 11L)));
    assertEquals("sar", efficiency.best().value());
    assertEquals(10, efficiency.best().index());
  }

  @Test
  void aSettingThatTheSpecVariesIsNoAlternative() throws Exception {
    String setting = "technology.flavour=lowStandbyPower";
    Contest fixed = of("TOPS/W", contests(spec(FOUR_BITS, "")));
    assertTrue(fixed.alternatives().stream().anyMatch(a -> a.setting().equals(setting)));
    String chip = "technology: {flavour: {any: [lowPower, lowStandbyPower]}}, ";
    Contest varied = of("TOPS/W", contests(spec(FOUR_BITS, chip, "")));
    assertEquals(fixed.best().value(), varied.best().value());
    assertTrue(varied.alternatives().isEmpty(), varied.toString());
  }

  /** At the count of silicon a SAR is ahead; an oscillator as fast as its ring is cheaper. */
  @Test
  void aFasterCountOfAnOscillatorIsAnAlternative() throws Exception {
    String four = ", bits: 4, range: calibrated, columnsPerAdc: 4}";
    String both = "{kind: sar" + four + ", {kind: oscillator" + four;
    Contest efficiency = of("TOPS/W", contests(spec(both, "cell: {readVoltage: 0.2 V}, ", "")));
    assertEquals("sar", efficiency.best().value(), efficiency.toString());
    assertTrue(
        efficiency.alternatives().stream()
            .anyMatch(a -> a.setting().startsWith("pe.readout.step=")),
        efficiency.toString());
  }

  @Test
  void anAlternativeChangesItsSettingAlone() throws Exception {
    DesignSpec hot = spec(SAR, "", "operation: {temperature: 350 K}\n");
    Chip chip = hot.newBinder().bind(hot.tree().start()).chip();
    Technology now = chip.technology();
    assertEquals(350, now.temperature_K());
    List<Alternative> all = Alternative.all(chip);
    assertEquals(Flavour.values().length + 1, all.size());
    for (Alternative alternative : all) {
      Technology then = alternative.of().apply(chip).technology();
      assertEquals(
          new Technology(now.node_nm(), now.supply_V(), then.flavour(), now.temperature_K()), then);
      assertEquals(
          alternative.path().equals("technology.flavour"), then.flavour() != now.flavour());
    }
  }

  @Test
  void oneValueIsNoContest() throws Exception {
    DesignSpec spec = spec(SAR + ", " + FLASH, "");
    int knob = knob(spec);
    List<int[]> one = List.of(spec.tree().start());
    SpecDraws draws = new SpecDraws(spec, one, DRAWS);
    assertTrue(
        KindContest.of(new KindContest.Drawn(spec, draws, one, List.of(0L)), List.of(knob))
            .isEmpty());
    assertFalse(contests(spec).isEmpty());
  }
}
