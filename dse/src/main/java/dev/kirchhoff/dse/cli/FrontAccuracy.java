package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.accuracy.FrontSimulator;
import dev.kirchhoff.dse.accuracy.Simulation;
import dev.kirchhoff.dse.accuracy.SpecSimulation;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.report.SimulatedFront;
import dev.kirchhoff.dse.run.SteadyClock;
import dev.kirchhoff.dse.study.SimulatedNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
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
  private static final int DRAWS = 1;

  /** With the searchers' processors taken, a quarter of one's time. */
  private static final int REST = 3;

  private final Optional<FrontSimulator> simulator;
  private final int most;
  private final Map<Long, RunEvent.Accuracy> known = new TreeMap<>();
  private final Map<Long, String> problems = new TreeMap<>();
  private final Clock clock = SteadyClock.start();
  private String hint = "";
  private long finishAt_ms;

  private FrontAccuracy(Optional<FrontSimulator> simulator, int most) {
    this.simulator = simulator;
    this.most = most;
  }

  /** A front that is not simulated, and why if the user could change that. */
  static FrontAccuracy none(String hint) {
    FrontAccuracy none = new FrontAccuracy(Optional.empty(), 0);
    none.hint = hint;
    return none;
  }

  /**
   * Starts to simulate for a run.
   *
   * @param sources files that the spec was read from
   * @param searchers threads of the search
   * @throws SpecException if the user's samples are bad
   */
  static FrontAccuracy start(
      DesignSpec spec, FileSources sources, SimulateArguments arguments, long seed, int searchers)
      throws SpecException {
    if (arguments.samples == 0) {
      return none("");
    }
    Design design = spec.newBinder().bind(spec.tree().start());
    int rest = Runtime.getRuntime().availableProcessors() > searchers ? 0 : REST;
    if (arguments.file != null) {
      Simulation users = simulation(spec, design, sources, arguments, seed);
      return new FrontAccuracy(
          Optional.of(FrontSimulator.start(() -> users, rest)), arguments.most);
    }
    boolean isTrained =
        design.jobs().stream()
            .findFirst()
            .map(job -> TrainedNetworks.names().contains(job.network().name()))
            .orElse(false);
    if (!isTrained) {
      return none(
          SimulatedNetwork.hasWeights(design, sources)
              ? "Members of the front are not simulated: --samples names samples"
              : "");
    }
    return new FrontAccuracy(
        Optional.of(
            FrontSimulator.start(
                () -> {
                  try {
                    return simulation(spec, design, sources, arguments, seed);
                  } catch (SpecException e) {
                    throw new IllegalStateException(e.getMessage(), e);
                  }
                },
                rest)),
        arguments.most);
  }

  private static Simulation simulation(
      DesignSpec spec, Design design, FileSources sources, SimulateArguments arguments, long seed)
      throws SpecException {
    SimulatedNetwork found =
        SimulatedNetwork.of(
            design,
            sources,
            Optional.ofNullable(arguments.file),
            Optional.ofNullable(arguments.labels));
    int[] labels = new int[Math.min(arguments.samples, found.test().size())];
    Arrays.setAll(labels, found.test()::label);
    NetworkAccuracy accuracy =
        new NetworkAccuracy(
            found.network(),
            SimulatedNetwork.items(found.calibration(), found.calibration().size()),
            SimulatedNetwork.items(found.test(), arguments.samples),
            item -> labels[item],
            seed,
            DRAWS);
    return new SpecSimulation(spec, found.job().network().name(), accuracy, seed);
  }

  /** Option that lets members be simulated; empty if there is none. */
  String hint() {
    return hint;
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
    simulator.ifPresent(
        s ->
            s.finish(
                members.stream()
                    .map(m -> new FrontSimulator.Member(m.index(), m.ordinals()))
                    .toList(),
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
              return WorkLine.text(
                      "front simulations", now.simulated(), now.all(), clock.millis() - finishAt_ms)
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
