package dev.kirchhoff.dse.study;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.data.SampleFiles;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.onnx.MissingRuntimeException;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network of a design that can be executed, with samples.
 *
 * @param job the network as the design has it
 * @param network its graph with weights
 * @param test samples that decisions are judged on
 * @param calibration samples that ranges are taken from
 * @param origin where the samples come from
 */
public record SimulatedNetwork(
    Job job, SplitNetwork network, DataSet test, DataSet calibration, String origin) {
  private static final int CALIBRATION = 200;

  /**
   * The first network of a design that has weights.
   *
   * @param sources files that the spec was read from
   * @param samples a file of samples; empty = those that come with the network
   * @param labels a file of their labels, where they need one
   */
  public static SimulatedNetwork of(
      Design design, FileSources sources, Optional<String> samples, Optional<String> labels)
      throws SpecException {
    return of(design, sources, samples, labels, new SampleFiles());
  }

  /**
   * The first network of a design that comes with weights, with the samples that every machine has,
   * so that what is decided by them does not depend on what is installed.
   */
  public static SimulatedNetwork shipped(Design design) throws SpecException {
    return of(design, new FileSources(), Optional.empty(), Optional.empty(), SampleFiles.shipped());
  }

  private static SimulatedNetwork of(
      Design design,
      FileSources sources,
      Optional<String> samples,
      Optional<String> labels,
      SampleFiles files)
      throws SpecException {
    for (Job job : design.jobs()) {
      String name = job.network().name();
      boolean isShipped = TrainedNetworks.names().contains(name);
      if (isShipped && samples.isEmpty()) {
        byte[] bytes = TrainedNetworks.bytes(name);
        return shipped(job, read(name, bytes), TrainedNetworks.about(name).data(), files);
      }
      if (isShipped || file(name, sources).isPresent()) {
        if (samples.isEmpty()) {
          throw new StudyException("--samples is missing: name a file of samples for " + name);
        }
        return of(design, sources, name, samples.get(), labels);
      }
    }
    throw new StudyException(
        "the workload has no network with weights; add --network "
            + String.join(" or ", TrainedNetworks.names())
            + ", or an .onnx file of yours");
  }

  /**
   * A network of a design with a user's samples.
   *
   * @param name name of a network with weights ({@link #names})
   * @param sources files that the spec was read from
   * @param samples a file of samples
   * @param labels a file of their labels, where they have some
   */
  public static SimulatedNetwork of(
      Design design, FileSources sources, String name, String samples, Optional<String> labels)
      throws SpecException {
    Job job =
        design.jobs().stream()
            .filter(each -> each.network().name().equals(name))
            .findFirst()
            .orElseThrow();
    if (TrainedNetworks.names().contains(name)) {
      return users(
          job, SampledNetwork.of(name, TrainedNetworks.bytes(name), samples, labels), samples);
    }
    String file = file(name, sources).orElseThrow();
    return users(job, SampledNetwork.of(file, bytes(file, sources), samples, labels), samples);
  }

  /**
   * A network that was carried here with its samples.
   *
   * @param job the network as the design has it
   * @param model its ONNX model; empty for a network of the catalogue
   * @throws SpecException if the model cannot be executed
   */
  public static SimulatedNetwork carried(
      Job job, Optional<byte[]> model, DataSet test, DataSet calibration) throws SpecException {
    String name = job.network().name();
    SplitNetwork network =
        model.isPresent() ? read(name, model.get()) : read(name, TrainedNetworks.bytes(name));
    return new SimulatedNetwork(job, network, test, calibration, "samples of the run");
  }

  /** ONNX model of the network; empty for a network of the catalogue. */
  public Optional<byte[]> model() {
    return TrainedNetworks.names().contains(job.network().name())
        ? Optional.empty()
        : Optional.of(network.bytes());
  }

  /**
   * The decisions of the network on chips of designs.
   *
   * @param samples samples that it is judged on, at most
   * @param seed seed of all draws
   * @param draws chips of each design
   */
  public NetworkAccuracy accuracy(int samples, long seed, int draws) {
    return new NetworkAccuracy(
        network,
        items(calibration, calibration.size()),
        items(test, samples),
        test.labels(),
        seed,
        draws);
  }

  /** The network as a design of the same workload stores it: recurrent cells as it has them. */
  public SimulatedNetwork storedOn(Design design) {
    for (Job stored : RecurrentStorage.stored(design).jobs()) {
      if (stored.network().name().equals(job.network().name())) {
        return new SimulatedNetwork(stored, network, test, calibration, origin);
      }
    }
    throw new IllegalArgumentException("It does not run " + job.network().name() + ".");
  }

  /** Names of the networks of a design that have weights, in order. */
  public static List<String> names(Design design, FileSources sources) {
    return design.jobs().stream()
        .map(job -> job.network().name())
        .filter(name -> TrainedNetworks.names().contains(name) || file(name, sources).isPresent())
        .toList();
  }

  private static Optional<String> file(String name, FileSources sources) {
    return sources.digests().stream()
        .map(RunEvent.FileDigest::name)
        .filter(file -> file.replace('\\', '/').matches("(.*/)?\\Q" + name + "\\E\\.(?i:onnx)"))
        .findFirst();
  }

  private static byte[] bytes(String file, FileSources sources) throws SpecException {
    try {
      return sources.read(file, Integer.MAX_VALUE);
    } catch (Sources.SourceException e) {
      throw problems(file, List.of(e.getMessage()));
    }
  }

  private static SplitNetwork read(String file, byte[] bytes) throws SpecException {
    try {
      SplitNetwork network = SplitNetwork.of(bytes, Map.of());
      SampledNetwork.requireNumbers(file, network);
      return network;
    } catch (FormatException e) {
      throw problems(file, e.problems());
    } catch (MissingRuntimeException e) {
      throw problems(file, List.of("cannot be run: " + e.getMessage().replace('\n', ' ')));
    }
  }

  private static SpecException problems(String file, List<String> messages) {
    Place place = Place.ofFile(file);
    return new SpecException(
        messages.stream().map(message -> new SpecProblem(place, "", message)).toList());
  }

  private static SimulatedNetwork shipped(
      Job job, SplitNetwork network, String data, SampleFiles files) throws SpecException {
    SampleFiles.Samples found =
        files
            .of(data)
            .orElseThrow(() -> new IllegalStateException("There must be samples of " + data + "."));
    return new SimulatedNetwork(job, network, found.test(), found.calibration(), found.origin());
  }

  /** Ranges are taken from the first samples, decisions are judged on the others. */
  private static SimulatedNetwork users(Job job, SampledNetwork sampled, String samples) {
    DataSet all = sampled.data();
    int first = Math.min(CALIBRATION, all.size() / 2);
    return new SimulatedNetwork(
        job, sampled.network(), all.without(first), all.first(first), samples);
  }

  /** The first samples of a set as arrays. */
  public static List<float[]> items(DataSet data, int count) {
    return IntStream.range(0, Math.min(count, data.size())).mapToObj(data::item).toList();
  }
}
