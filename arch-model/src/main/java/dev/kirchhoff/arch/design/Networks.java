package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.spec.FileEndings;
import dev.kirchhoff.arch.spec.Node;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.spec.SpecReader;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.SensitivitiesByKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks by name: built-in ones, and files of shapes or of a known format, each read once. */
final class Networks {
  private static final String YAML = ".yaml";

  /** Ending of the files of models of accuracy. */
  private static final String ACCURACY = ".accuracy";

  private static final int LARGEST_MODEL_B = 1 << 22;

  private final NetworkCatalogue catalogue;
  private final Sources sources;
  private final List<NetworkFormat> formats;
  private final String specFile;
  private final Map<String, Settings> settings;
  private final NetworkSizes sizes;
  private final Map<String, String> carried;
  private final SensitivitiesByKind kinds = SensitivitiesByKind.measured();
  private final Map<String, Network> read = new TreeMap<>();
  private final Map<String, Node> layers = new TreeMap<>();
  private final Map<String, Optional<AccuracyModel>> models = new ConcurrentSkipListMap<>();
  private final Map<String, String> damaged = new TreeMap<>();
  private final Map<String, Function<Place, List<SpecProblem>>> failures = new TreeMap<>();
  private final List<SpecProblem> warnings = new ArrayList<>();

  /**
   * Networks that a spec can name.
   *
   * @param catalogue built-in networks
   * @param sources hands over files
   * @param formats formats of networks beside {@code .yaml}
   * @param specFile the spec; names of files are relative to it
   * @param settings what the spec says about the files that it names
   * @param sizes files of networks that are called by their sizes
   * @param carried contents of files that the spec carries, by name
   */
  Networks(
      NetworkCatalogue catalogue,
      Sources sources,
      List<NetworkFormat> formats,
      String specFile,
      Map<String, Settings> settings,
      NetworkSizes sizes,
      Map<String, String> carried) {
    this.carried = Map.copyOf(carried);
    this.catalogue = catalogue;
    this.sources = sources;
    this.formats = formats;
    this.specFile = specFile;
    this.settings = settings;
    this.sizes = sizes;
  }

  List<String> names() {
    return Stream.concat(
            catalogue.names().stream(), formats.stream().flatMap(each -> each.shipped().stream()))
        .toList();
  }

  Optional<Network> find(String name) {
    Network known = read.get(name);
    if (known != null || failures.containsKey(name)) {
      return Optional.ofNullable(known);
    }
    Optional<Network> found =
        FileEndings.matches(name, YAML) || FileEndings.matches(name, ".onnx")
            ? fromFile(name)
            : builtIn(name);
    Optional<Network> weighted = found.map(network -> weighted(name, network));
    weighted.ifPresent(network -> read.put(name, network));
    return weighted;
  }

  /**
   * A network with its own model of accuracy, else one by kind of layer, unless the spec weighs its
   * layers alike.
   *
   * @param name its name in the spec
   */
  Network weighted(String name, Network network) {
    Optional<AccuracyModel> own = carriedAccuracy(name);
    if (own.isPresent()) {
      return network.with(own.get());
    }
    return network.accuracy().isPresent() || isEqual(name)
        ? network
        : network.with(kinds.of(network));
  }

  private boolean isEqual(String name) {
    return settings.getOrDefault(name, Settings.NONE).isEqual();
  }

  /**
   * The model of accuracy of a network; of one whose layers are in the spec, unless the spec
   * carries its own, one without weights.
   */
  Optional<AccuracyModel> accuracy(String name) {
    return carriedAccuracy(name)
        .or(() -> find(name).or(() -> Optional.of(inSpec(name))).flatMap(Network::accuracy));
  }

  private Network inSpec(String name) {
    return weighted(name, new Network(name, List.of(), ""));
  }

  /** The model of accuracy that the spec carries for a network; empty if there is none or a bad. */
  Optional<AccuracyModel> carriedAccuracy(String name) {
    return models.computeIfAbsent(name, this::carriedModel);
  }

  private Optional<AccuracyModel> carriedModel(String name) {
    String content = carried.get(name + ACCURACY);
    if (content == null) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = CarriedFile.content(content, LARGEST_MODEL_B);
    try {
      if (bytes.isPresent()) {
        return Optional.of(AccuracyText.read(new String(bytes.get(), StandardCharsets.UTF_8)));
      }
      damaged.put(name, "is damaged");
    } catch (IllegalArgumentException e) {
      damaged.put(name, "is no model of accuracy: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** Problem of the model of accuracy that the spec carries for a network, if it has one. */
  Optional<String> damage(String name) {
    carriedAccuracy(name);
    return Optional.ofNullable(damaged.get(name));
  }

  /** File or folder of samples that the spec names for a network; empty if it names none. */
  Optional<String> samples(String network) {
    return settings.entrySet().stream()
        .filter(entry -> find(entry.getKey()).filter(n -> n.name().equals(network)).isPresent())
        .flatMap(entry -> entry.getValue().samples().stream())
        .map(samples -> sources.resolve(specFile, samples))
        .findFirst();
  }

  /** Models of accuracy of the networks that were read from files, as a spec carries them. */
  Map<String, String> toCarry() {
    Map<String, String> files = new TreeMap<>();
    for (String name : layers.keySet()) {
      Network network = read.get(name);
      if (network != null && network.accuracy().filter(AccuracyModel::isOwn).isPresent()) {
        String text = AccuracyText.print(network.accuracy().get());
        files.put(network.name() + ACCURACY, CarriedFile.of(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return files;
  }

  private Optional<Network> builtIn(String name) {
    return catalogue
        .find(name)
        .or(() -> formats.stream().flatMap(each -> each.shipped(name).stream()).findFirst());
  }

  /** The layers of a file, as written there or as the spec's language writes them. */
  Optional<Node> layers(String file) {
    return Optional.ofNullable(layers.get(file));
  }

  /** A spec as YAML with files in place of the names that have sizes in them. */
  String withFiles(String yaml) {
    return sizes.withFiles(yaml);
  }

  /** Warnings of the readers of files. */
  List<SpecProblem> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Problems of a file; empty if there are none.
   *
   * @param file the file
   * @param place where it is named
   */
  List<SpecProblem> problems(String file, Place place) {
    find(file);
    return failures.containsKey(file) ? failures.get(file).apply(place) : List.of();
  }

  private void fail(String name, String message) {
    failures.put(name, place -> List.of(new SpecProblem(place, "workload", message)));
  }

  private Optional<Network> fromFile(String name) {
    Optional<NetworkFormat> format =
        formats.stream().filter(each -> FileEndings.matches(name, each.ending())).findFirst();
    String file = sources.resolve(specFile, sizes.file(name));
    Settings stated = settings.getOrDefault(name, Settings.NONE);
    try {
      if (format.isPresent()) {
        return Optional.of(foreign(name, file, format.get(), stated));
      }
      if (!FileEndings.matches(name, YAML)) {
        fail(name, name + " cannot be read: networks here are .yaml; see docs/workloads.md");
        return Optional.empty();
      }
      NetworkReader.NetworkFile found =
          NetworkReader.read(file, sources.read(file, SpecReader.SIZE_LIMIT_B));
      layers.put(name, found.layers());
      warnings.addAll(found.warnings());
      return Optional.of(found.network());
    } catch (Sources.SourceException e) {
      fail(name, file + " " + e.getMessage());
    } catch (NetworkFormat.FormatException e) {
      failures.put(
          name,
          place ->
              e.problems().stream()
                  .map(problem -> new SpecProblem(Place.ofFile(file), "", problem))
                  .toList());
    } catch (SpecException e) {
      fail(
          name,
          "is not a network: "
              + e.problems().stream().map(Object::toString).collect(Collectors.joining("; ")));
    }
    return Optional.empty();
  }

  private Network foreign(String name, String file, NetworkFormat format, Settings stated)
      throws NetworkFormat.FormatException, Sources.SourceException {
    Settings resolved =
        new Settings(
            stated.dimensions(),
            stated.samples().map(samples -> sources.resolve(specFile, samples)),
            stated.activations().map(values -> sources.resolve(specFile, values)),
            stated.isEqual());
    NetworkFormat.Reading reading = format.read(file, resolved, sources);
    layers.put(name, NetworkText.layers(reading.network()));
    for (String warning : reading.warnings()) {
      SpecProblem problem = new SpecProblem(Place.ofFile(file), "", warning);
      if (!warnings.contains(problem)) {
        warnings.add(problem);
      }
    }
    return sizes.file(name).equals(name) ? reading.network() : called(name, reading.network());
  }

  private static Network called(String name, Network network) {
    String prefix = DesignBinder.layerPrefix(name);
    return new Network(
        prefix.substring(0, prefix.length() - 1),
        network.layers(),
        network.source(),
        network.accuracy());
  }
}
