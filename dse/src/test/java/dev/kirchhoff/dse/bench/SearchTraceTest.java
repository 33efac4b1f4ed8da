package dev.kirchhoff.dse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SearchTraceTest {
  private static final List<Objective> OBJECTIVES =
      List.of(new Objective(Metric.TOPS_PER_W, true), new Objective(Metric.AREA, false));

  private final AtomicLong clock_ns = new AtomicLong(5_000_000_000L);

  /** A round of four designs in two seconds, then one of eight in four. */
  private SearchTrace trace(Checkpoint... checkpoints) {
    SearchTrace trace =
        new SearchTrace(OBJECTIVES, List.of(checkpoints), clock_ns::get, clock_ns.get());
    for (int i = 0; i < 4; i++) {
      trace.evaluated(i == 2, 1.0 + i, 10.0 + i);
    }
    clock_ns.addAndGet(2_000_000_000L);
    trace.endRound();
    for (int i = 4; i < 12; i++) {
      trace.evaluated(true, 1.0 + i, 10.0 + i);
    }
    clock_ns.addAndGet(4_000_000_000L);
    trace.endRound();
    return trace;
  }

  @Test
  void frontsAreThoseOfExactlySoManyDesigns() {
    List<Snapshot> taken =
        trace(Checkpoint.ofDesigns(2), Checkpoint.ofDesigns(3), Checkpoint.ofDesigns(6))
            .snapshots();
    assertEquals(List.of(), taken.get(0).front());
    assertEquals(List.of(List.of(3.0, 12.0)), taken.get(1).front());
    assertEquals(3, taken.get(2).front().size());
    assertEquals(1.5, taken.get(1).processor_s(), 1e-12);
    assertEquals(3.0, taken.get(2).processor_s(), 1e-12);
  }

  @Test
  void designsAreSpreadEvenlyOverTheTimeOfTheirRound() {
    SearchTrace trace = trace(Checkpoint.ofSeconds(1), Checkpoint.ofSeconds(4));
    assertEquals(List.of(2L, 8L), trace.snapshots().stream().map(Snapshot::designs).toList());
    assertTrue(trace.isComplete());
  }

  @Test
  void aSearchThatEndedEarlyKeepsItsLastFront() {
    SearchTrace trace = trace(Checkpoint.ofDesigns(100), Checkpoint.ofSeconds(100));
    assertFalse(trace.isComplete());
    for (Snapshot last : trace.snapshots()) {
      assertEquals(12, last.designs());
      assertEquals(6, last.processor_s(), 1e-12);
    }
  }

  @Test
  void timesNeedAllDesignsThatASearchMayHave() {
    assertEquals(7, trace(Checkpoint.ofDesigns(7), Checkpoint.ofDesigns(2)).budget(50));
    assertEquals(50, trace(Checkpoint.ofDesigns(7), Checkpoint.ofSeconds(1)).budget(50));
  }
}
