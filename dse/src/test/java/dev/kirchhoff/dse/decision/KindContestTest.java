package dev.kirchhoff.dse.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
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
    Path base =
        Path.of("..", "examples", "bench", "resnet18-12db.yaml").toAbsolutePath().normalize();
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            "kirchhoff: 1\nextends: "
                + base
                + "\nconstraints: []\nchip: {pe: {readout: {any: ["
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
    int knob = knob(spec);
    List<int[]> designs = designs(spec, knob);
    List<Long> indices = new ArrayList<>();
    for (long i = 0; i < designs.size(); i++) {
      indices.add(10 + i);
    }
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
