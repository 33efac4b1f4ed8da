package dev.kirchhoff.dse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceSetTest {
  private static final List<Objective> OBJECTIVES =
      List.of(new Objective(Metric.TOPS_PER_W, true), new Objective(Metric.AREA, false));

  /**
   * Two members a decade apart in both objectives lie at (0, 1) and (1, 0). Below 1.1 each
   * dominates 1.1 × 0.1 = 0.11, both together 0.11 + 0.11 − 0.01 = 0.21.
   */
  @Test
  void oneOfTwoMembersHasItsShareOfTheVolumeOfBoth() {
    List<Double> efficient = List.of(10.0, 200.0);
    List<Double> small = List.of(1.0, 20.0);
    ReferenceSet reference =
        ReferenceSet.of(OBJECTIVES, List.of(List.of(efficient), List.of(small)));
    assertEquals(2, reference.size());
    assertEquals(0.11 / 0.21, reference.share(List.of(small)), 1e-12);
    assertEquals(1, reference.share(List.of(efficient, small)), 1e-12);
    // Beyond a tenth of the span nothing counts: 10^1.2 of the least area.
    assertEquals(0, reference.share(List.of(List.of(10.0, 320.0))));
    assertEquals(0, reference.share(List.of()));
  }

  @Test
  void dominatedMembersOfTheUnionAreNoReference() {
    ReferenceSet reference =
        ReferenceSet.of(
            OBJECTIVES, List.of(List.of(List.of(5.0, 50.0)), List.of(List.of(4.0, 60.0))));
    assertEquals(1, reference.size());
    // A single member spans a wide difference, a decade, in each: the share of one a tenth of a
    // decade worse in one objective is 1.0 / 1.1.
    assertEquals(
        1.0 / 1.1, reference.share(List.of(List.of(5.0, 50.0 * StrictMath.pow(10, 0.1)))), 1e-12);
  }

  @Test
  void withoutAMemberEveryShareIsZero() {
    ReferenceSet reference = ReferenceSet.of(OBJECTIVES, List.of(List.of()));
    assertEquals(0, reference.size());
    assertEquals(0, reference.share(List.of()));
  }
}
