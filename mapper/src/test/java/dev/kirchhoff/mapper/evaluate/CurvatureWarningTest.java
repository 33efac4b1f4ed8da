package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Curvature;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.explain.Explanation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The warning about curved cells against the noise that the model counts of them. */
class CurvatureWarningTest {
  private static final double[] CHANGES = {0, 0.11, -0.074};

  @Test
  void isGivenWhereTheNoiseHasCurvatureAndSaysHowMuch() {
    for (double change : CHANGES) {
      for (int bits : new int[] {1, 2, 4}) {
        for (double read_V : new double[] {0.1, 0.25}) {
          Design design = design(new Curvature(change, 0.2), bits, read_V);
          EvaluatedDesign evaluated = new Evaluator().evaluated(design);
          List<String> warnings =
              Evaluator.evaluation(evaluated).warnings().stream()
                  .filter(warning -> warning.contains("window"))
                  .toList();
          String where = change + ", " + bits + " bits, " + read_V + " V: " + warnings;
          assertEquals(change != 0 && bits > 1, warnings.size() == 1, where);
          assertEquals(has(new Explanation(evaluated).noise()), warnings.size() == 1, where);
          for (String warning : warnings) {
            double percent = 100 * change * (read_V / 0.2) * (read_V / 0.2);
            String text = Units.significant(Math.abs(percent)) + " % " + (change > 0 ? "l" : "sm");
            assertTrue(warning.contains(" is " + text), where);
          }
        }
      }
    }
  }

  private static Design design(Curvature curvature, int bitsPerPulse, double read_V) {
    Designs d = new Designs();
    d.bitsPerPulse = bitsPerPulse;
    d.readVoltage_V = read_V;
    Device ohmic = d.device;
    d.device =
        new Device(
            ohmic.name(),
            ohmic.material(),
            ohmic.window(),
            curvature,
            ohmic.operation(),
            ohmic.statistics(),
            ohmic.limits(),
            ohmic.cellArea_F2(),
            ohmic.provenance());
    return d.runs(Designs.small()).design();
  }

  private static boolean has(CostTree tree) {
    return tree.name().equals("curvature of the cells' current")
        || tree.parts().stream().anyMatch(CurvatureWarningTest::has);
  }
}
