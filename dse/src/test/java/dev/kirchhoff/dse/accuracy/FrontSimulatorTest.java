package dev.kirchhoff.dse.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.accuracy.FrontSimulator.SimulatedDesign;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontSimulatorTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int REFUSED = 9;
  private static final int BROKEN = 8;

  private final Toy toy = new Toy();
  private final FrontSimulator simulator = FrontSimulator.start(() -> toy, 0);

  @AfterEach
  void close() {
    toy.permits.release(1000);
    simulator.close();
  }

  /** Knob 0 decides the result; kind 9 is refused, kind 8 fails. */
  private static final class Toy implements Simulation {
    final List<Integer> counted = Collections.synchronizedList(new ArrayList<>());
    final Semaphore permits = new Semaphore(0);
    final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public Object kindOf(int[] ordinals) {
      return ordinals[0];
    }

    @Override
    public PairedCount count(Member design, int threads) {
      int[] ordinals = design.knobs();
      begun.countDown();
      permits.acquireUninterruptibly();
      counted.add(ordinals[0]);
      if (ordinals[0] == REFUSED) {
        throw new IllegalArgumentException("Such crossbars are not simulated.");
      }
      if (ordinals[0] == BROKEN) {
        throw new ArithmeticException("by zero");
      }
      return new PairedCount(100, 1, 100 - ordinals[0], 90, ordinals[0], 0);
    }

    @Override
    public RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count) {
      RunEvent.Sampled loss = new RunEvent.Sampled(count.judged().orElseThrow().loss(), 0, 1);
      return new RunEvent.Accuracy(
          "toy", loss, loss, ordinals[1] / 100.0, loss, null, null, 100, 1, 1, 0);
    }
  }

  private static Member member(long index, int kind) {
    return new Member(index, List.of(kind, (int) index));
  }

  private void enter(long index, int kind) {
    simulator.entered(index, new int[] {kind, (int) index});
  }

  private Map<Long, SimulatedDesign> finish(int most, Member... members) {
    simulator.finish(List.of(members), most, 1);
    toy.permits.release(1000);
    assertTrue(simulator.await(LONG));
    Map<Long, SimulatedDesign> done = new TreeMap<>();
    simulator.drain().forEach(d -> done.put(d.index(), d));
    return done;
  }

  private void waitUntil(int counted) throws InterruptedException {
    while (toy.counted.size() < counted) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void theNewestIsSimulatedFirstAndFormerMembersAreNot() throws InterruptedException {
    enter(1, 1);
    toy.begun.await();
    enter(2, 2);
    enter(3, 3);
    enter(4, 4);
    simulator.left(3);
    toy.permits.release(3);
    waitUntil(3);
    assertEquals(List.of(1, 4, 2), List.copyOf(toy.counted));
  }

  @Test
  void noMoreThanSixtyFourWait() throws InterruptedException {
    enter(1000, 0);
    toy.begun.await();
    for (int i = 0; i < 200; i++) {
      enter(i, 10 + i);
    }
    toy.permits.release(1000);
    waitUntil(65);
    finish(1);
    assertEquals(65, toy.counted.size());
    assertEquals(10 + 199, toy.counted.get(1));
    assertEquals(10 + 136, toy.counted.get(64));
  }

  @Test
  void designsOfOneKindAreSimulatedOnceAndKeepTheirOwnEstimates() {
    Map<Long, SimulatedDesign> done = finish(8, member(5, 3), member(6, 3), member(7, 2));
    assertEquals(List.of(3, 2), toy.counted);
    assertEquals(0.03, done.get(5L).accuracy().orElseThrow().loss().value(), 1e-12);
    assertEquals(0.03, done.get(6L).accuracy().orElseThrow().loss().value(), 1e-12);
    assertEquals(0.05, done.get(5L).accuracy().orElseThrow().estimatedLoss());
    assertEquals(0.06, done.get(6L).accuracy().orElseThrow().estimatedLoss());
  }

  /** Two different kinds at most, in the order that was given; a third of a kind is free. */
  @Test
  void theEndSimulatesAFixedNumberOfKindsInTheGivenOrder() throws InterruptedException {
    Member[] members = {member(5, 3), member(6, 2), member(7, 1), member(8, 3)};
    Map<Long, SimulatedDesign> fresh = finish(2, members);
    assertEquals(Set.of(5L, 6L, 8L), simulator.chosen());
    assertEquals(2, simulator.kinds());
    try (FrontSimulator other = FrontSimulator.start(() -> toy, 0)) {
      other.entered(7, new int[] {1, 7});
      other.entered(99, new int[] {7, 99});
      Map<Long, SimulatedDesign> all = new TreeMap<>();
      while (all.size() < 2) {
        other.drain().forEach(d -> all.put(d.index(), d));
        TimeUnit.MILLISECONDS.sleep(1);
      }
      other.finish(List.of(members), 2, 2);
      assertTrue(other.await(LONG));
      assertEquals(Set.of(5L, 6L, 8L), other.chosen());
      other.drain().forEach(d -> all.put(d.index(), d));
      assertEquals(Set.of(5L, 6L, 7L, 8L, 99L), all.keySet());
      fresh.forEach((index, d) -> assertEquals(d, all.get(index)));
    }
  }

  @Test
  void designsThatCannotBeSimulatedAreReportedAndTheOthersContinue() {
    Map<Long, SimulatedDesign> done =
        finish(8, member(1, REFUSED), member(2, BROKEN), member(3, 1));
    assertEquals("Such crossbars are not simulated.", done.get(1L).problem());
    assertTrue(done.get(1L).accuracy().isEmpty());
    assertEquals("by zero", done.get(2L).problem());
    assertTrue(done.get(3L).accuracy().isPresent());
  }

  @Test
  void aSimulationThatCannotBeMadeIsTriedOnce() {
    int[] tries = new int[1];
    try (FrontSimulator failing =
        FrontSimulator.start(
            () -> {
              tries[0]++;
              throw new IllegalStateException("samples are damaged");
            },
            0)) {
      failing.finish(List.of(member(1, 1), member(2, 2)), 8, 1);
      assertTrue(failing.await(LONG));
      assertEquals(
          List.of("samples are damaged", "samples are damaged"),
          failing.drain().stream().map(SimulatedDesign::problem).toList());
      assertEquals(1, tries[0]);
    }
  }

  @Test
  void closingDoesNotWaitForRunningSimulations() throws InterruptedException {
    enter(1, 1);
    toy.begun.await();
    simulator.close();
    toy.permits.release(1000);
    assertTrue(simulator.await(LONG));
    assertTrue(simulator.drain().isEmpty());
    assertFalse(simulator.chosen().contains(1L));
  }

  /** A simulation elsewhere, of two designs at a time, whose counts come when the test says so. */
  private static final class Remote implements Simulation {
    final Toy toy = new Toy();
    final Set<Integer> announced = Collections.synchronizedSet(new TreeSet<>());
    volatile boolean ready;

    @Override
    public Object kindOf(int[] ordinals) {
      return toy.kindOf(ordinals);
    }

    @Override
    public PairedCount count(Member design, int threads) {
      return toy.count(design, threads);
    }

    @Override
    public RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count) {
      return toy.accuracy(ordinals, count);
    }

    @Override
    public void expect(List<Member> designs) {
      designs.forEach(design -> announced.add(design.knobs()[0]));
    }

    @Override
    public boolean isReady(Member design) {
      return ready;
    }

    @Override
    public int free() {
      return Math.max(0, 2 - announced.size());
    }
  }

  @Test
  void aSimulationElsewhereIsTakenAheadAndDoesNotHoldUpTheLastFront() throws Exception {
    Remote remote = new Remote();
    remote.toy.permits.release(1000);
    try (FrontSimulator other = FrontSimulator.start(() -> remote, 0)) {
      for (int kind = 1; kind <= 4; kind++) {
        other.entered(kind, new int[] {kind, 0});
      }
      while (remote.announced.size() < 2) {
        Thread.sleep(5);
      }
      Thread.sleep(300);
      assertEquals(2, remote.announced.size(), () -> "announced: " + remote.announced);
      assertEquals(List.of(), other.drain());
      List<Member> members = List.of(new Member(6, List.of(6, 0)), new Member(7, List.of(7, 0)));
      other.finish(members, 2, 1);
      assertTrue(other.await(LONG));
      assertEquals(4, remote.announced.size(), () -> "announced: " + remote.announced);
      assertTrue(remote.announced.containsAll(Set.of(6, 7)));
      assertEquals(Set.of(6L, 7L), other.chosen());
    }
  }
}
