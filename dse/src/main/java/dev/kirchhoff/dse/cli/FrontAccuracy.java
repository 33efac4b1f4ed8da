package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.accuracy.FrontSimulator;
import dev.kirchhoff.dse.accuracy.Member;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.report.SimulatedFront;
import dev.kirchhoff.dse.run.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The simulated accuracy of a run's front: simulator beside the search, what it found, and what of
 * that is printed. Without samples, or switched off, it does nothing.
 */
final class FrontAccuracy implements AutoCloseable {
  private final Optional<FrontSimulator> simulator;
  private final int most;
  private final Map<Long, RunEvent.Accuracy> known = new TreeMap<>();
  private final Map<Long, String> problems = new TreeMap<>();
  private final Clock clock = SteadyClock.start();
  private long finishAt_ms;
  private Pace pace = new Pace(0, 0);

  /**
   * The accuracy of a front.
   *
   * @param simulator simulates members; closed with this
   * @param most different members of the last front at most
   */
  FrontAccuracy(Optional<FrontSimulator> simulator, int most) {
    this.simulator = simulator;
    this.most = most;
  }

  /** A front that is not simulated. */
  static FrontAccuracy none() {
    return new FrontAccuracy(Optional.empty(), 0);
  }

  /** True if members are simulated. */
  boolean isOn() {
    return simulator.isPresent();
  }

  void entered(long index, int[] ordinals) {
    simulator.ifPresent(s -> s.entered(index, ordinals));
  }

  void left(long index) {
    simulator.ifPresent(s -> s.left(index));
  }

  /** Hands on what has been found since the last call. */
  void drain(BiConsumer<Long, RunEvent.Accuracy> taker) {
    simulator.ifPresent(
        s ->
            s.drain()
                .forEach(
                    done -> {
                      if (done.accuracy().isEmpty()) {
                        problems.put(done.index(), done.problem());
                      } else if (!done.accuracy().get().equals(known.get(done.index()))) {
                        known.put(done.index(), done.accuracy().get());
                        taker.accept(done.index(), done.accuracy().get());
                      }
                    }));
  }

  /** Begins with the last front, those members first that matter most. */
  void finish(List<FrontMember> members, int threads) {
    finishAt_ms = clock.millis();
    pace = new Pace(0, 0);
    simulator.ifPresent(
        s ->
            s.finish(
                members.stream().map(m -> new Member(m.index(), m.ordinals())).toList(),
                most,
                threads));
  }

  /** Ends {@link #finish}, because the search goes on. */
  void goOn() {
    simulator.ifPresent(FrontSimulator::goOn);
  }

  /** True if there is nothing more to wait for. */
  boolean await(Duration patience) {
    return simulator.map(s -> s.await(patience)).orElse(true);
  }

  /** Progress of the simulation of the last front, since {@link #finish}. */
  String progress() {
    return simulator
        .map(
            s -> {
              FrontSimulator.Progress now = s.progress();
              long time_ms = clock.millis() - finishAt_ms;
              return WorkLine.text(
                      "front simulations",
                      now.simulated(),
                      now.all(),
                      time_ms,
                      pace.reach(time_ms, now.simulated()))
                  + "  (Ctrl-C skips the rest)";
            })
        .orElse("");
  }

  /** Simulated results of the last front that depend on the run alone, not on the clock. */
  SimulatedFront printed() {
    Map<Long, RunEvent.Accuracy> chosen = new TreeMap<>();
    Map<Long, String> refused = new TreeMap<>();
    simulator.ifPresent(
        s -> {
          for (long index : s.chosen()) {
            if (known.containsKey(index)) {
              chosen.put(index, known.get(index));
            } else if (problems.containsKey(index)) {
              refused.put(index, problems.get(index));
            }
          }
        });
    return new SimulatedFront(chosen, refused);
  }

  @Override
  public void close() {
    simulator.ifPresent(FrontSimulator::close);
  }
}
