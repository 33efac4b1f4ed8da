package dev.kirchhoff.dse.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members of a large front that are drawn. */
class DrawnFrontTest {
  @Test
  void theBestOfEachObjectiveIsDrawnAndOfEqualOnesThatOfTheLeastIndex() {
    List<Objective> objectives =
        List.of(new Objective(Metric.TOPS_PER_W, true), new Objective(Metric.AREA, false));
    List<FrontMember> members =
        List.of(
            new FrontMember(7, List.of(), List.of(5.0, 40.0)),
            new FrontMember(3, List.of(), List.of(9.0, 90.0)),
            new FrontMember(2, List.of(), List.of(5.0, 40.0)));
    assertEquals(
        List.of(3L, 2L),
        DrawnFront.bests(objectives, members).stream().map(FrontMember::index).toList());
  }
}
