package dev.kirchhoff.dashboards.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.dashboards.SyntheticRun;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static RunView view(int designs) throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", 7, designs);
    RunView view = new RunView("R");
    view.apply(run.header("running", ""));
    while (run.evaluated() < designs) {
      for (EventEnvelope e : run.step(Math.min(1000, designs - run.evaluated()), false)) {
        view.apply(e);
      }
    }
    return view;
  }

  private static Points points(RunView view) {
    return Thinning.points(view.evaluations(), view.scales());
  }

  @Test
  void aHundredThousandDesignsAreAllShown() throws EventFormatException {
    Points points = points(view(100_000));
    assertEquals(100_000, points.index().length);
    assertTrue(points.density().isEmpty());
  }

  @Test
  void aboveThatADensityCountsEveryFeasibleDesignAndTheSampleIsTheSameEachTime()
      throws EventFormatException {
    RunView view = view(100_001);
    Points points = points(view);
    assertEquals(view.feasible(), Arrays.stream(points.density().orElseThrow().counts()).sum());
    assertEquals(Thinning.SAMPLE, points.index().length, 0.03 * Thinning.SAMPLE);
    assertArrayEquals(points.index(), points(view).index());
    for (int i = 0; i < points.index().length; i += 97) {
      assertEquals(view.values(points.index()[i])[1], points.values()[1][i]);
    }
  }

  @Test
  void theGridOfADensityIsEvenOnTheAxesOfTheMetrics() throws EventFormatException {
    RunView view = view(100_001);
    boolean[] both = {true, true}; // TOPS/W and area
    assertArrayEquals(both, points(view).density().orElseThrow().logarithmic());
    var scales = List.of(MetricAxis.Scale.LINEAR, MetricAxis.Scale.LOGARITHMIC);
    Points.Density density = Thinning.points(view.evaluations(), scales).density().orElseThrow();
    boolean[] second = {false, true};
    assertArrayEquals(second, density.logarithmic());
    assertEquals(view.feasible(), Arrays.stream(density.counts()).sum());
  }
}
