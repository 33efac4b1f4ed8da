package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Limits and ends of knobs that hold a front, on fronts written down. */
class BindingTest {

  /** Slack of the first limit is a tenth of a voltage's ordinal; the second has none. */
  private static final class Reads implements Problem {
    private final DesignSpace space =
        new DesignSpace(
            List.of(
                // The lowest stands neither first nor last.
                Knob.always("voltage", List.of("0.1 V", "50 mV", "0.2 V"), 0),
                Knob.always("pair", List.of("1", "2"), 0),
                Knob.always("kind", List.of("sar", "flash", "ramp"), 0),
                Knob.under(2, List.of(0), "bits", List.of("4", "5", "6"), 0)));

    @Override
    public DesignSpace space() {
      return space;
    }

    @Override
    public List<Objective> objectives() {
      return List.of(new Objective(Metric.AREA, false));
    }

    @Override
    public List<String> constraints() {
      return List.of("snr >= 12 dB", "power density too large");
    }

    @Override
    public Session newSession() {
      return new Session() {
        @Override
        public void evaluate(int[] d, double[] values, double[] missed, double[] relative) {
          values[0] = 1;
        }

        @Override
        public boolean slack(int[] d, double[] slack) {
          slack[0] = d[0] == 1 ? 0.04 : 0.06;
          slack[1] = Double.NaN;
          return true;
        }
      };
    }
  }

  private static List<FrontMember> front(int[]... designs) {
    List<FrontMember> front = new ArrayList<>();
    for (int[] d : designs) {
      front.add(new FrontMember(front.size(), List.of(d[0], d[1], d[2], d[3]), List.of(1.0)));
    }
    return front;
  }

  @Test
  void theLowestValueOfTwoThirdsIsABoundAndNamesTheLimitTheyLeanOn() {
    Binding binding =
        Binding.of(
            new Reads(),
            front(new int[] {1, 0, 0, 1}, new int[] {1, 0, 1, -1}, new int[] {0, 0, 0, 0}),
            0.05);
    Binding.BindingLimit snr = new Binding.BindingLimit("snr >= 12 dB", 2);
    assertEquals(List.of(snr), binding.limits());
    // Of a knob of two values one is always an end; kinds have no order; bits are 4 in one of 3.
    assertEquals(
        List.of(new Binding.AtBound(0, "50 mV", true, 2, Optional.of(snr))), binding.bounds());
  }

  @Test
  void lessThanTwoThirdsAreNoBound() {
    Binding binding =
        Binding.of(
            new Reads(),
            front(
                new int[] {1, 0, 1, -1},
                new int[] {1, 0, 1, -1},
                new int[] {1, 0, 1, -1},
                new int[] {0, 0, 1, -1},
                new int[] {2, 0, 1, -1}),
            0.01);
    assertEquals(List.of(), binding.bounds());
    assertEquals(List.of(), binding.limits());
  }

  @Test
  void aKnobThatMembersLackIsAtNoBound() {
    // Only one of three has bits, whatever they are.
    Binding binding =
        Binding.of(
            new Reads(),
            front(new int[] {0, 0, 0, 2}, new int[] {0, 0, 1, -1}, new int[] {0, 0, 2, -1}),
            0.05);
    assertEquals(List.of(), binding.bounds());
  }

  @Test
  void theHighestValueIsABoundToo() {
    Binding binding = Binding.of(new Reads(), front(new int[] {2, 1, 0, 2}), 0.05);
    assertEquals(
        List.of(
            new Binding.AtBound(0, "0.2 V", false, 1, Optional.empty()),
            new Binding.AtBound(3, "6", false, 1, Optional.empty())),
        binding.bounds());
  }
}
