package dev.kirchhoff.dashboards.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticExplainer;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FeedListener;
import dev.kirchhoff.dashboards.feed.FileFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Designs that views hold: sample, front, bound of bytes, reading on demand. */
class HeldDesignsTest {
  private static final int DESIGNS = 30_000;
  private static final int STEP = 500;
  private static final long SEED = 20261128;

  private static List<EventEnvelope> events(SyntheticRun run, int designs) {
    List<EventEnvelope> events = new ArrayList<>();
    events.add(run.header("running", ""));
    while (run.evaluated() < designs) {
      events.addAll(run.step(STEP, true));
    }
    events.add(run.header("finished", ""));
    return events;
  }

  private static RunView view(List<EventEnvelope> events, int thinnings)
      throws EventFormatException {
    RunView view = new RunView("R");
    for (EventEnvelope event : events) {
      view.apply(event);
    }
    for (int i = 0; i < thinnings; i++) {
      assertTrue(view.thin());
    }
    return view;
  }

  @Test
  void aThinnedViewKeepsOneOfEachBlockAndTheFrontAndCountsAll() throws EventFormatException {
    List<EventEnvelope> events = events(new SyntheticRun("R", SEED, DESIGNS), DESIGNS);
    RunView whole = view(events, 0);
    RunView thinned = view(events, 3);
    assertEquals(8, thinned.stride());
    long blocks = (DESIGNS + 7) / 8;
    long front = whole.front().size();
    assertTrue(thinned.kept() >= blocks && thinned.kept() <= blocks + front, "" + thinned.kept());
    assertTrue(thinned.bytes() < whole.bytes() / 6);
    for (FrontMember member : whole.front()) {
      assertArrayEquals(whole.knobs(member.index()), thinned.knobs(member.index()));
      assertArrayEquals(whole.values(member.index()), thinned.values(member.index()));
      assertEquals(whole.figures(member.index()), thinned.figures(member.index()));
    }
    for (long block = 0; block < DESIGNS / 8; block++) {
      long[] kept = LongStream.range(8 * block, 8 * block + 8).filter(thinned::has).toArray();
      assertTrue(kept.length >= 1, "block " + block);
      for (long index : kept) {
        assertArrayEquals(whole.violations(index), thinned.violations(index));
      }
    }
    assertEquals(whole.known(), thinned.known());
    assertEquals(whole.feasible(), thinned.feasible());
    assertArrayEquals(whole.missed(), thinned.missed());
    assertTrue(thinned.isComplete());
    DesignColumns.Column column =
        thinned.columns(Optional.empty(), List.of("index", "objectives")).get(0);
    int[] index = new int[column.bytes().capacity() / Integer.BYTES];
    column.bytes().asIntBuffer().get(index);
    assertEquals(thinned.kept(), index.length);
    assertArrayEquals(Arrays.stream(index).sorted().toArray(), index);
    assertTrue(Arrays.stream(index).allMatch(thinned::has));
    assertEquals(List.of(), newMembers(whole, thinned));
  }

  private static List<FrontMember> newMembers(RunView whole, RunView thinned) {
    List<FrontMember> members = new ArrayList<>(thinned.front());
    members.removeAll(whole.front());
    return members;
  }

  /** A limit refused the second design before its evaluation: it has a slack and no objective. */
  @Test
  void costsOfRefusedDesignsAreNotComputed() throws EventFormatException {
    EvaluationTable table = new EvaluationTable();
    table.add(
        new RunEvent.Evaluations(
            0,
            2,
            0,
            0,
            new int[][] {{0, 1}},
            new double[][] {{1, Double.NaN}, {Double.NaN, Double.NaN}},
            new double[][] {{0, 3}},
            new float[][] {{0, 0.1f}},
            new RunEvent.Figures(new float[][] {{12, 9}}, new float[][] {{0, -3}})));
    assertEquals(List.of(0L), table.unpriced(List.of(new Range(0, 2)), 0, 10));
  }

  @Test
  void costsAreThinnedWithTheirDesignsAndAreNoPartOfTheFold() throws EventFormatException {
    SyntheticRun run = new SyntheticRun("R", SEED, 20_000);
    Runs runs = new Runs(Clock.systemUTC());
    List<EventEnvelope> events = events(run, 20_000);
    events.forEach(e -> runs.event(e, FeedListener.Origin.FILE, System.currentTimeMillis()));
    RunView view = runs.read("R", Runs.Entry::view).orElseThrow();
    String fold = view.fingerprint();
    List<Range> all = List.of(new Range(0, 20_000));
    RunEvent.Run header = (RunEvent.Run) events.get(0).event();
    List<RunEvent.Column> columns = new SyntheticExplainer().costs(header).columns();
    Runs.UnpricedDesigns some = runs.unpriced("R", all, 0, 6_000);
    assertTrue(some.index().size() >= 6_000 && some.index().size() < 7_500, "whole blocks");
    Runs.UnpricedDesigns next = runs.unpriced("R", all, some.end(), 1);
    assertTrue(next.index().get(0) >= some.end(), "blocks that were found are not looked at again");
    runs.price("R", header, columns, some, costs(some));
    assertEquals(20_000 - some.index().size(), view.unpriced(all));
    long bytes = view.bytes();
    assertTrue(view.thin());
    assertTrue(view.bytes() < 0.6 * bytes, view.bytes() + " of " + bytes);
    Runs.UnpricedDesigns rest = runs.unpriced("R", all, 0, Integer.MAX_VALUE);
    assertTrue(rest.index().stream().noneMatch(some.index()::contains), "priced ones stay so");
    runs.price("R", header, columns, rest, costs(rest));
    DesignColumns found = runs.columns("R", 0, List.of("parts")).orElseThrow();
    assertEquals(view.kept(), found.rows());
    for (int row = 0; row < found.rows(); row++) {
      float[] expected =
          SyntheticExplainer.costs(
              run.knobs(found.columns().get(0).bytes().asIntBuffer().get(row)));
      for (int k = 0; k < expected.length; k++) {
        float figure = found.columns().get(k + 1).bytes().asFloatBuffer().get(row);
        assertEquals(expected[k], figure);
      }
    }
    RunView again = view(events, 1);
    assertEquals(again.fingerprint(), view.fingerprint());
    assertEquals(fold, view(events, 0).fingerprint());
  }

  private static float[][] costs(Runs.UnpricedDesigns designs) {
    return designs.ordinals().stream().map(SyntheticExplainer::costs).toArray(float[][]::new);
  }

  @Test
  void theSampleDependsOnTheSetOfDesignsAlone() throws EventFormatException {
    List<EventEnvelope> events = events(new SyntheticRun("R", SEED, DESIGNS), DESIGNS);
    String expected = view(events, 2).fingerprint();
    for (int i = 0; i < 3; i++) {
      List<EventEnvelope> shuffled = new ArrayList<>(events.subList(0, events.size() - 1));
      shuffled.addAll(events.subList(0, 20));
      Collections.shuffle(shuffled, new Random(SEED + i));
      RunView view = new RunView("R");
      int thinned = 0;
      for (EventEnvelope event : shuffled) {
        view.apply(event);
        if (thinned < 2 && view.kept() > 9_000) {
          assertTrue(view.thin());
          thinned++;
        }
      }
      view.apply(events.get(events.size() - 1));
      for (EventEnvelope event : events) {
        view.apply(event); // a second reading brings members that were let go too early
      }
      assertEquals(2, thinned);
      assertFalse(view.lacksMembers());
      assertEquals(expected, view.fingerprint());
    }
  }

  private static SyntheticRun write(Path data, String id, int designs) throws IOException {
    SyntheticRun run = new SyntheticRun(id, id.hashCode(), designs);
    try (DataDirectory log = new DataDirectory(data, id)) {
      log.write(events(run, designs));
    }
    return run;
  }

  private static void read(FileFeed feed) {
    while (!feed.turn()) {
      continue;
    }
  }

  @Test
  void aRunIsListedWithoutItsDesignsAndOpenedWithThem(@TempDir Path data) throws Exception {
    SyntheticRun run = write(data, "A", 4000);
    write(data, "B", 3000);
    Runs runs = Runs.onDemand(Clock.systemUTC(), Runs.heapShare());
    FileFeed feed = new FileFeed(data, runs);
    read(feed);
    RunView view = runs.read("A", Runs.Entry::view).orElseThrow();
    assertEquals(0, view.known());
    assertEquals(4000, view.evaluated());
    assertEquals(run.front(), view.front().stream().map(FrontMember::index).sorted().toList());
    assertTrue(runs.bytes() < 100_000, "bytes " + runs.bytes());

    runs.look("A");
    read(feed);
    assertTrue(runs.open("A", 0));
    assertEquals(4000, view.known());
    assertTrue(view.isComplete());
    Runs whole = new Runs(Clock.systemUTC());
    FileFeed.readOnce(data, "A", whole);
    assertEquals(
        whole.read("A", entry -> entry.view().fingerprint()),
        runs.read("A", entry -> entry.view().fingerprint()));
    assertEquals(0, runs.read("B", entry -> entry.view().known()).orElseThrow());
  }

  @Test
  void aboveTheBoundTheLargestIsThinnedAndItsFrontStaysExact(@TempDir Path data) throws Exception {
    SyntheticRun run = write(data, "A", DESIGNS);
    write(data, "B", 2000);
    long bound = 1 << 20;
    Runs runs = Runs.onDemand(Clock.systemUTC(), bound);
    FileFeed feed = new FileFeed(data, runs);
    read(feed);
    runs.look("A");
    runs.look("B");
    read(feed);
    assertTrue(runs.bytes() <= bound, "bytes " + runs.bytes());
    RunView view = runs.read("A", Runs.Entry::view).orElseThrow();
    assertEquals(DESIGNS, view.known());
    assertTrue(view.kept() < DESIGNS / 3, "kept " + view.kept());
    run.front().forEach(index -> assertTrue(view.has(index), "front " + index));
    assertEquals(2000, runs.read("B", entry -> entry.view().kept()).orElseThrow());
  }
}
