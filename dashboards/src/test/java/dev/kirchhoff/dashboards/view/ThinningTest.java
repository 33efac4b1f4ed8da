package dev.kirchhoff.dashboards.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static RunView view(int designs) throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", 7, designs);
    RunView view = new RunView("R");
    while (run.evaluated() < designs) {
      for (EventEnvelope e : run.step(Math.min(1000, designs - run.evaluated()), false)) {
        view.apply(e);
      }
    }
    return view;
  }

  @Test
  void aHundredThousandDesignsAreAllShown() throws EventFormatException {
    Points points = Thinning.points(view(100_000).evaluations());
    assertEquals(100_000, points.index().length);
    assertTrue(points.density().isEmpty());
  }

  @Test
  void aboveThatADensityCountsEveryFeasibleDesignAndTheSampleIsTheSameEachTime()
      throws EventFormatException {
    RunView view = view(100_001);
    Points points = Thinning.points(view.evaluations());
    assertEquals(view.feasible(), Arrays.stream(points.density().orElseThrow().counts()).sum());
    assertEquals(Thinning.SAMPLE, points.index().length, 0.03 * Thinning.SAMPLE);
    assertArrayEquals(points.index(), Thinning.points(view.evaluations()).index());
    for (int i = 0; i < points.index().length; i += 97) {
      assertEquals(view.values(points.index()[i])[1], points.values()[1][i]);
    }
  }
}
