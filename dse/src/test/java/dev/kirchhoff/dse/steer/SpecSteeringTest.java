package dev.kirchhoff.dse.steer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.Steering;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers to single commands, at the borders between those that are taken and refused. */
class SpecSteeringTest {
  private static final long BUDGET = 900;

  private static DesignSpec spec;

  @BeforeAll
  static void load() throws Exception {
    spec =
        DesignSpec.load(
            "../examples/bench/vgg8-pcm.yaml",
            List.of(),
            List.of(),
            SpecEnvironment.of(new FileSources()));
  }

  private static Steering.Situation after(long evaluated) {
    return new Steering.Situation(
        evaluated,
        false,
        design -> OptionalInt.empty(),
        index -> new SpecProblemSpace(spec).space().start());
  }

  private static SpecSteering told(SpecSteering before, String kind, String constraint) {
    Steering.Answer answer = before.answer(new RunEvent.Command("c", kind, constraint), after(100));
    assertTrue(answer.isAccepted(), answer.refusal());
    return (SpecSteering) answer.next();
  }

  private static List<String> limits(SpecSteering steering) {
    return steering.spec().conditions().stream().map(Object::toString).toList();
  }

  @Test
  void aLimitReplacesOnlyTheOneOfItsSide() {
    SpecSteering begun = SpecSteering.begin(spec, BUDGET);
    assertEquals(List.of("snr >= 12 dB", "latency <= 10 ms"), limits(begun));
    SpecSteering both = told(begun, "constrain", "snr <= 30 dB");
    assertEquals(List.of("snr >= 12 dB", "latency <= 10 ms", "snr <= 30 dB"), limits(both));
    SpecSteering higher = told(both, "constrain", "snr >= 15 dB");
    assertEquals(List.of("snr >= 15 dB", "latency <= 10 ms", "snr <= 30 dB"), limits(higher));
    SpecSteering lower = told(higher, "constrain", "snr <= 20 dB");
    assertEquals(List.of("snr >= 15 dB", "latency <= 10 ms", "snr <= 20 dB"), limits(lower));
    // By its figure both go, by its text one.
    assertEquals(List.of("latency <= 10 ms"), limits(told(lower, "release", "snr")));
    assertEquals(
        List.of("snr >= 15 dB", "latency <= 10 ms"), limits(told(lower, "release", "snr<=20 dB")));
  }

  private static Steering.Answer budget(long budget, long evaluated) {
    return SpecSteering.begin(spec, BUDGET)
        .answer(new RunEvent.Command("c", "budget", null, null, null, budget), after(evaluated));
  }

  @Test
  void aBudgetMayBeWhatIsEvaluatedAndNoLess() {
    assertTrue(budget(100, 100).isAccepted());
    assertEquals(100, budget(100, 100).next().terms().budget());
    assertFalse(budget(99, 100).isAccepted());
    assertTrue(budget(ExploreSettings.MOST_DESIGNS, 100).isAccepted());
    assertFalse(budget(ExploreSettings.MOST_DESIGNS + 1, 100).isAccepted());
  }

  private static Steering.Answer inject(long evaluated, Long index) {
    return SpecSteering.begin(spec, BUDGET)
        .answer(
            new RunEvent.Command("c", "inject", null, Map.of("cell.bits", "3"), index, null),
            after(evaluated));
  }

  @Test
  void aDesignIsInjectedWhileOneIsLeftOfTheBudget() {
    assertTrue(inject(BUDGET - 1, null).isAccepted());
    assertFalse(inject(BUDGET, null).isAccepted());
    // Designs are numbered from 0.
    assertTrue(inject(100, 99L).isAccepted());
    assertFalse(inject(100, 100L).isAccepted());
    assertTrue(inject(100, 0L).isAccepted());
    int bits = spec.knobs().stream().map(knob -> knob.path()).toList().indexOf("cell.bits");
    int[] design = new SpecProblemSpace(spec).space().start();
    design[bits] = spec.knobs().get(bits).values().indexOf("3");
    assertArrayEquals(design, inject(100, 0L).injected().get(0));
  }
}
