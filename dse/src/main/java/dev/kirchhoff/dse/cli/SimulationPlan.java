package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.accuracy.FrontSimulator;
import dev.kirchhoff.dse.accuracy.Simulation;
import dev.kirchhoff.dse.accuracy.SpecSimulation;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.study.SimulatedNetwork;
import dev.kirchhoff.dse.work.CarriedNetwork;
import dev.kirchhoff.dse.work.SharedSimulation;
import dev.kirchhoff.dse.work.SharedWork;
import dev.kirchhoff.dse.work.SimulationJob;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.List;
import java.util.Optional;

/**
 * Simulation of a run's front as the command line asks for it, checked before the run begins: the
 * user's samples are read here, those that come with a network when there is something to simulate.
 */
final class SimulationPlan {
  private static final int DRAWS = 1;

  /** With the searchers' processors taken, a quarter of one's time. */
  private static final int REST = 3;

  private final Optional<Subject> subject;
  private final String hint;

  /**
   * Subject of the simulations.
   *
   * @param network name of the network
   * @param users the network with samples of the user's; empty if it comes with samples
   */
  private record Subject(
      DesignSpec spec,
      SimulateArguments arguments,
      long seed,
      int rest,
      String network,
      Optional<SimulatedNetwork> users) {

    SimulatedNetwork found() {
      if (users.isPresent()) {
        return users.get();
      }
      try {
        return SimulatedNetwork.shipped(start(spec));
      } catch (SpecException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    SpecSimulation here() {
      return new SpecSimulation(
          spec, network, () -> found().accuracy(arguments.samples, seed, DRAWS), seed);
    }

    SimulationJob job(String run) {
      return new SimulationJob(
          run,
          ModelVersion.text(),
          SpecText.json(spec),
          network,
          arguments.samples,
          seed,
          DRAWS,
          users.map(
              own ->
                  new CarriedNetwork(
                      own.model(), own.test().first(arguments.samples), own.calibration())));
    }
  }

  private SimulationPlan(Optional<Subject> subject, String hint) {
    this.subject = subject;
    this.hint = hint;
  }

  /** A front that is not simulated, and why if the user could change that. */
  static SimulationPlan none(String hint) {
    return new SimulationPlan(Optional.empty(), hint);
  }

  /**
   * The plan of a run.
   *
   * @param sources files that the spec was read from
   * @param searchers threads of the search
   * @throws SpecException if the user's samples are bad
   */
  static SimulationPlan of(
      DesignSpec spec, FileSources sources, SimulateArguments arguments, long seed, int searchers)
      throws SpecException {
    if (arguments.samples == 0) {
      return none("");
    }
    Design design = start(spec);
    Optional<SimulatedNetwork> users = Optional.empty();
    List<String> names = SimulatedNetwork.names(design, sources);
    // A network that the spec names samples for goes before one that comes with some.
    Optional<String> sampled =
        arguments.file != null
            ? names.stream().findFirst()
            : names.stream().filter(name -> spec.samples(name).isPresent()).findFirst();
    Optional<String> samples =
        Optional.ofNullable(arguments.file).or(() -> sampled.flatMap(spec::samples));
    Optional<String> labels = Optional.ofNullable(arguments.labels);
    if (sampled.isPresent()) {
      users =
          Optional.of(
              SimulatedNetwork.of(design, sources, sampled.get(), samples.orElseThrow(), labels));
    } else if (samples.isPresent()) {
      users = Optional.of(SimulatedNetwork.of(design, sources, samples, labels));
    }
    Optional<String> network =
        users
            .map(own -> own.job().network().name())
            .or(
                () ->
                    design.jobs().stream()
                        .findFirst()
                        .map(job -> job.network().name())
                        .filter(TrainedNetworks.names()::contains));
    if (network.isEmpty()) {
      return none(
          !names.isEmpty()
              ? "Members of the front are not simulated: --samples names samples"
              : "");
    }
    int rest = Runtime.getRuntime().availableProcessors() > searchers ? 0 : REST;
    return new SimulationPlan(
        Optional.of(new Subject(spec, arguments, seed, rest, network.get(), users)), "");
  }

  private static Design start(DesignSpec spec) {
    return spec.newBinder().bind(spec.tree().start());
  }

  /** True if members are simulated. */
  boolean isOn() {
    return subject.isPresent();
  }

  /** Option that lets members be simulated; empty if there is none. */
  String hint() {
    return hint;
  }

  /**
   * Refuses files that are too large to travel with each work unit.
   *
   * @throws UsageException if they are
   */
  void requireSmall() {
    int size_B = subject.map(of -> of.job("size").toJson().length).orElse(0);
    if (size_B > SharedWork.MOST_JOB_BYTES) {
      throw new UsageException(
          "--distribute: network and samples travel with each member, "
              + size_B / (1 << 20)
              + " MB here, at most "
              + SharedWork.MOST_JOB_BYTES / (1 << 20)
              + " MB; simulate fewer samples, or leave --distribute out");
    }
  }

  /**
   * Begins to simulate for a run.
   *
   * @param run id of the run
   * @param work hands members to workers; empty if they are simulated here
   */
  FrontAccuracy begin(String run, Optional<SharedWork> work) {
    if (subject.isEmpty()) {
      return FrontAccuracy.none();
    }
    Subject of = subject.get();
    Simulation simulation =
        work.map(there -> (Simulation) new SharedSimulation(there, of.job(run), of.here()))
            .orElseGet(of::here);
    return new FrontAccuracy(
        Optional.of(FrontSimulator.start(() -> simulation, work.isPresent() ? 0 : of.rest())),
        of.arguments().most);
  }
}
