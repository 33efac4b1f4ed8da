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
import java.util.Arrays;
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
      };
    }
  }

  /** The first knob at its middle value leaves 4 % to the first limit, else 6 %. */
  private static Binding binding(Problem problem, List<FrontMember> front, double within) {
    List<double[]> slack = new ArrayList<>();
    for (FrontMember member : front) {
      double[] rooms = new double[problem.constraints().size()];
      Arrays.fill(rooms, Double.NaN);
      if (rooms.length > 0) {
        rooms[0] = member.ordinals().get(0) == 1 ? 0.04 : 0.06;
      }
      slack.add(rooms);
    }
    return Binding.of(problem, front, slack, within);
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
        binding(
            new Reads(),
            front(new int[] {1, 0, 0, 1}, new int[] {1, 0, 1, -1}, new int[] {0, 0, 0, 0}),
            0.05);
    Binding.BindingLimit snr = new Binding.BindingLimit("snr >= 12 dB", 2);
    assertEquals(List.of(snr), binding.limits());
    // Of a knob of two values one is always an end; kinds have no order; bits are 4 in one of 3.
    assertEquals(
        List.of(new Binding.AtBound(0, "50 mV", true, 2, 3, 1, 1, Optional.of(snr))),
        binding.bounds());
  }

  @Test
  void lessThanTwoThirdsAreNoBound() {
    Binding binding =
        binding(
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

  /** Room of exactly the share leans; 4 % is not within 3.9 %. */
  @Test
  void aMemberLeansOnALimitThatItLeavesJustTheShareOf() {
    List<FrontMember> front = front(new int[] {1, 0, 0, -1}, new int[] {0, 0, 0, -1});
    assertEquals(
        List.of(new Binding.BindingLimit("snr >= 12 dB", 1)),
        binding(new Reads(), front, 0.04).limits());
    assertEquals(List.of(), binding(new Reads(), front, 0.039).limits());
    assertEquals(
        List.of(new Binding.BindingLimit("snr >= 12 dB", 2)),
        binding(new Reads(), front, 0.06).limits());
  }

  @Test
  void aKnobThatMembersLackIsAtNoBound() {
    // Only one of three has bits, whatever they are.
    Binding binding =
        binding(
            new Reads(),
            front(new int[] {0, 0, 0, 2}, new int[] {0, 0, 1, -1}, new int[] {0, 0, 2, -1}),
            0.05);
    assertEquals(List.of(), binding.bounds());
  }

  @Test
  void theHighestValueIsABoundToo() {
    Binding binding = binding(new Reads(), front(new int[] {2, 1, 0, 2}), 0.05);
    assertEquals(
        List.of(
            new Binding.AtBound(0, "0.2 V", false, 1, 1, 1, 1, Optional.empty()),
            new Binding.AtBound(3, "6", false, 1, 1, 1, 1, Optional.empty())),
        binding.bounds());
  }

  /**
   * Columns of ordinals as a front of one or more objectives; the area falls from left to right.
   */
  private static List<FrontMember> columns(int... ordinals) {
    List<FrontMember> front = new ArrayList<>();
    for (int i = 0; i < ordinals.length; i++) {
      front.add(new FrontMember(i, List.of(ordinals[i]), List.of((double) (ordinals.length - i))));
    }
    return front;
  }

  @Test
  void halfOfManyMembersIsABoundWhereChanceDoesNotExplainIt() {
    // Of three values, chance: 12/3 + 2 sqrt(12/3 * 2/3) = 7.3 of 12 members; 8 of 12 is two
    // thirds.
    // Of 24: 8 + 2 sqrt(16/3) = 12.6, so that 13 of 24 are a bound and 12 of 24, half, are not.
    Knobs three = new Knobs(Knob.always("age", List.of("1 hour", "1 day", "30 days"), 0));
    assertEquals(List.of(), binding(three, columns(repeated(24, 12)), 0.05).bounds());
    List<Binding.AtBound> bounds = binding(three, columns(repeated(24, 13)), 0.05).bounds();
    assertEquals(
        List.of(new Binding.AtBound(0, "1 hour", true, 13, 24, 1, 1, Optional.empty())), bounds);
  }

  @Test
  void ofTwoValuesTwoThirdsAreABoundBeyondChance() {
    // Chance: 12 + 3 sqrt(6) = 19.3 of 24 members, more than two thirds, which are 16.
    Knobs two = new Knobs(Knob.always("width", List.of("128", "256"), 0));
    assertEquals(List.of(), binding(two, columns(repeated(24, 19)), 0.05).bounds());
    assertEquals(1, binding(two, columns(repeated(24, 20)), 0.05).bounds().size());
  }

  /** A front whose last and best members have ordinal 0, the others ordinal 1. */
  private static int[] repeated(int members, int zeros) {
    int[] ordinals = new int[members];
    for (int i = 0; i < members - zeros; i++) {
      ordinals[i] = 1;
    }
    return ordinals;
  }

  @Test
  void knobsOfEachLayerAreOneBoundOfTheLayersThatHaveItAtOnce() {
    List<Knob> layers = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      layers.add(Knob.always("weights[" + k + "]", List.of("6", "8"), 0));
    }
    List<FrontMember> front = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      // All have 6 bits in the first, 23 in the second, half of them in the third.
      front.add(new FrontMember(i, List.of(0, i == 0 ? 1 : 0, i % 2), List.of(1.0)));
    }
    List<Binding.AtBound> bounds =
        binding(new Knobs(layers.toArray(Knob[]::new)), front, 0.05).bounds();
    assertEquals(
        List.of(new Binding.AtBound(0, "6", true, 23, 24, 2, 3, Optional.empty())), bounds);
  }

  @Test
  void anEndThatHoldsTheBestOfAnObjectiveIsNamedWithIt() {
    // The ten smallest of 40 areas, 1 to 10, have a side of 256; so has none of the others.
    int[] sides = new int[40];
    for (int i = 30; i < 40; i++) {
      sides[i] = 2;
    }
    for (int i = 0; i < 15; i++) {
      sides[i] = 1;
    }
    Knobs side = new Knobs(Knob.always("side", List.of("64", "128", "256"), 0));
    Binding binding = binding(side, columns(sides), 0.05);
    assertEquals(List.of(), binding.bounds());
    assertEquals(List.of(new Binding.AtEnd(0, "256", false, 0, 10, 10)), binding.ends());
    sides[39] = 1; // the best of all has another
    assertEquals(List.of(), binding(side, columns(sides), 0.05).ends());
  }

  /** Knobs of which a design has the area alone. */
  private record Knobs(Knob... knobs) implements Problem {
    @Override
    public DesignSpace space() {
      return new DesignSpace(List.of(knobs));
    }

    @Override
    public List<Objective> objectives() {
      return List.of(new Objective(Metric.AREA, false));
    }

    @Override
    public List<String> constraints() {
      return List.of();
    }

    @Override
    public Session newSession() {
      return (d, values, missed, relative) -> values[0] = 1;
    }
  }
}
