package dev.kirchhoff.dse.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.stream.WorkMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkBoardTest {
  private static final String JOB = "0123456789abcdef";
  private static final WorkUnit FIRST = new WorkUnit("r", JOB, new Chunk(0, 100));
  private static final WorkUnit SECOND = new WorkUnit("r", JOB, new Chunk(100, 50));
  private static final WorkUnit DESIGN =
      new WorkUnit("r", JOB, new OneDesign(List.of(3, 0, -1), 12));

  private final WorkBoard board = new WorkBoard("r");

  private boolean done(WorkUnit unit, String worker, long now_ms) {
    return board.take(new Report.Done(unit, worker, new byte[0]), now_ms);
  }

  @Test
  void aResultCountsOnceHoweverOftenItComes() {
    board.handOut(FIRST);
    board.handOut(SECOND);
    assertEquals(2, board.waiting());
    assertTrue(done(FIRST, "a", 1));
    assertFalse(done(FIRST, "b", 2));
    assertFalse(done(FIRST, "a", 3));
    assertEquals(1, board.waiting());
    assertEquals(2, board.duplicates());
    assertEquals(1, board.done());
    assertTrue(done(SECOND, "b", 4));
    assertEquals(0, board.waiting());
  }

  @Test
  void aResultThatNobodyWaitsForHasNoEffect() {
    board.handOut(FIRST);
    assertFalse(done(new WorkUnit("another", JOB, new Chunk(0, 100)), "a", 1));
    assertFalse(done(new WorkUnit("r", JOB, new Chunk(0, 99)), "a", 1));
    assertFalse(done(new WorkUnit("r", "fedcba9876543210", new Chunk(0, 100)), "a", 1));
    assertEquals(1, board.waiting());
    assertEquals(0, board.done());
  }

  @Test
  void aWorkerIsSilentAfterItsTimeWithAChunkAndNotWithout() {
    board.handOut(FIRST);
    board.handOut(SECOND);
    board.take(new Report.Taken(FIRST, "a", 1), 0);
    board.take(new Report.Taken(SECOND, "b", 1), 0);
    done(SECOND, "b", 10);
    assertEquals(List.of("worker a takes part", "worker b takes part"), board.news());
    board.look(WorkBoard.SILENT_MS);
    assertEquals(List.of(), board.news());
    assertEquals(2, board.working());
    board.look(WorkBoard.SILENT_MS + 1);
    board.look(WorkBoard.SILENT_MS + 2);
    assertEquals(
        List.of("worker a is silent; its designs 0 to 99 go to another when its lease ends"),
        board.news());
    assertEquals(1, board.working());
    board.take(new Report.Taken(FIRST, "b", 2), 20_000);
    assertEquals(
        List.of("designs 0 to 99 go to worker b, as worker a gave no result"), board.news());
    assertTrue(done(FIRST, "b", 21_000));
    assertFalse(done(FIRST, "a", 22_000));
    assertEquals(List.of("worker a is back"), board.news());
    assertEquals(2, board.working());
    assertEquals(1, board.duplicates());
  }

  @Test
  void aChunkIsSetAsideWithItsCauseByTheLastFailureAlone() {
    board.handOut(FIRST);
    board.take(new Report.Failed(FIRST, "a", 1, false, "IllegalStateException: no"), 1);
    assertEquals(1, board.waiting());
    assertEquals(Set.of(), board.setAside());
    board.take(new Report.Failed(FIRST, "b", 3, true, "IllegalStateException: no"), 2);
    board.take(new Report.Failed(FIRST, "c", 4, true, "later"), 3);
    assertEquals(0, board.waiting());
    assertEquals(Set.of(FIRST.id()), board.setAside());
    assertEquals(
        "designs 0 to 99 are set aside after 3 times; the last, on worker b:"
            + " IllegalStateException: no",
        board.failures());
    assertFalse(done(FIRST, "a", 4));
  }

  @Test
  void aFailureAfterTheResultIsNone() {
    board.handOut(FIRST);
    assertTrue(done(FIRST, "a", 1));
    board.take(new Report.Failed(FIRST, "b", 3, true, "late"), 2);
    assertEquals(Set.of(), board.setAside());
  }

  @Test
  void aWorkerOfAnotherVersionIsToldOfOnceAndDoesNotTakePart() {
    board.handOut(FIRST);
    board.take(new Report.Refused(FIRST, "old", "0.0.1+a"), 1);
    board.take(new Report.Refused(FIRST, "old", "0.0.1+a"), 2);
    assertEquals(
        List.of("worker old is of model version 0.0.1+a and leaves this run to workers of its own"),
        board.news());
    assertEquals(0, board.working());
    assertEquals("", board.summary());
  }

  @Test
  void ratesAreDesignsOverTheTimeOfAWorker() {
    board.handOut(FIRST);
    board.take(new Report.Taken(FIRST, "a", 1), 1_000);
    done(FIRST, "a", 3_000);
    assertEquals("a 1 chunks at 50 designs/s", board.summary());
  }

  @Test
  void aDesignIsNamedByKnobsAndIndex() {
    assertEquals("r/" + JOB + "/3.0.-1#12", DESIGN.id());
    assertEquals(Optional.of(DESIGN), WorkUnit.of(DESIGN.id()));
    board.handOut(DESIGN);
    board.take(new Report.Taken(DESIGN, "a", 1), 0);
    board.take(new Report.GivenBack(DESIGN, "a"), 1);
    assertEquals(
        List.of("worker a takes part", "worker a gives chips of design #12 back"), board.news());
    assertTrue(done(DESIGN, "a", 90_000));
    assertEquals("a 1 designs at 0.667 designs/min", board.summary());
  }

  @Test
  void everyReportComesThroughItsRecord() {
    List<Report> reports =
        List.of(
            new Report.Taken(DESIGN, "a", 1),
            new Report.Taken(FIRST, "a", 7),
            new Report.Failed(FIRST, "a", 2, false, "über"),
            new Report.Failed(FIRST, "a", 3, true, ""),
            new Report.Refused(FIRST, "a", "1+x"),
            new Report.GivenBack(FIRST, "a"));
    for (Report report : reports) {
      assertEquals(Optional.of(report), Report.of(report.message()));
    }
    byte[] rows = {1, 2};
    Report.Done done =
        (Report.Done) Report.of(new Report.Done(SECOND, "b", rows).message()).orElseThrow();
    assertEquals(SECOND, done.unit());
    assertEquals(rows, done.result());
  }

  @Test
  void recordsOfOthersAreNoReports() {
    byte[] none = {};
    assertEquals(
        Optional.empty(),
        Report.of(new WorkMessage("r/" + JOB + "/0+100", Map.of("kind", "else"), none)));
    List<String> parts =
        List.of("", "0+0", "-1+5", "0+99999", "3.0", "x+5", "1.", ".1", "1#", "1.2#x");
    List<String> ids =
        new ArrayList<>(List.of("", "r", "r/0+5", "r/0123/0+5", "r s/" + JOB + "/0+5"));
    parts.forEach(part -> ids.add("r/" + JOB + "/" + part));
    for (String id : ids) {
      assertEquals(
          Optional.empty(), Report.of(new WorkMessage(id, Map.of("kind", "done"), none)), id);
    }
  }
}
