package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The warning about curved cells against the noise that the model counts of them. */
@Tag("broad")
class CurvatureWarningTest {
  private static final long SEED = 20261130L;
  private static final int DESIGNS = 60;

  @Test
  void isGivenWhereTheNoiseHasCurvatureAndSaysHowMuch() {
    Random random = new Random(SEED);
    int curved = 0;
    for (int i = 0; i < DESIGNS; i++) {
      Design design = RandomDesigns.random(random, Designs.small());
      EvaluatedDesign evaluated = new Evaluator().evaluated(design);
      List<String> warnings =
          Evaluator.evaluation(evaluated).warnings().stream()
              .filter(warning -> warning.contains("curvature"))
              .toList();
      boolean isCounted = has(new Explanation(evaluated).noise());
      assertEquals(isCounted, warnings.size() == 1, () -> "seed " + SEED + ": " + warnings);
      if (isCounted) {
        double change =
            design.chip().cell().device().curvature().at(design.chip().cell().readVoltage_V());
        assertTrue(
            warnings.get(0).contains(" " + Units.significant(Math.abs(100 * change)) + " % larger"),
            warnings.get(0));
        curved++;
      }
    }
    assertTrue(curved > 0 && curved < DESIGNS, curved + " of " + DESIGNS + " are curved");
  }

  private static boolean has(CostTree tree) {
    return tree.name().equals("curvature of the cells' current")
        || tree.parts().stream().anyMatch(CurvatureWarningTest::has);
  }
}
