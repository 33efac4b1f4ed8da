package dev.kirchhoff.mapper.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.arch.design.NetworkFormat.Reading;
import dev.kirchhoff.arch.design.NetworkFormat.Settings;
import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reader of a model's file: parses it, walks its graph, and reports all problems together. */
final class ModelReader {
  private static final String ENDING = "(?i)\\.onnx$";

  /** Ending of the files of models of accuracy. */
  private static final String ACCURACY = ".accuracy";

  /** Largest size of a file of a model of accuracy. */
  private static final long LARGEST_MODEL_B = 1 << 20;

  private static final long LARGEST_B = 600L << 20;
  private static final long LARGEST_SAMPLES_B = 256L << 20;
  private static final int FIRST_VERSION = 1;

  /** The newest operator set with an operator that is read, Swish. */
  private static final int NEWEST_VERSION = 24;

  /** Prefix of the keys of metadata that state the statistics of a value. */
  private static final String VALUES = "values/";

  private static final String SHARE = "0(\\.[0-9]{1,17})?|1(\\.0{1,17})?";
  private static final double ROUNDING = 1.01;

  private ModelReader() {}

  /** See {@link OnnxFormat#read}. */
  static Reading read(
      String file, Settings settings, Sources sources, SensitivitySource sensitivities)
      throws FormatException, Sources.SourceException {
    try {
      ModelFront.check(file, sources);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e);
    }
    byte[] bytes = sources.read(file, LARGEST_B);
    ModelProto model = parse(bytes);
    try {
      Reading reading = read(file, model, settings, sources);
      String beside = file.replaceAll(ENDING, ACCURACY);
      Optional<String> stored = stored(beside, sources);
      if (stored.filter(text -> AccuracyText.isOf(text, bytes)).isPresent()) {
        return withAccuracy(beside, stored.get(), reading);
      }
      Optional<AccuracyModel> measured = sensitivities.of(file, bytes, settings.samples());
      if (measured.isPresent()) {
        return with(measured.get(), beside, reading);
      }
      return stored.isPresent() ? ofAnother(beside, reading) : reading;
    } catch (ModelException e) {
      throw new FormatException(List.of(e.getMessage()));
    }
  }

  /** A network that comes with the program, without its model of accuracy. */
  static Network shipped(String name, byte[] bytes) {
    try {
      ModelProto model = parse(bytes);
      Map<String, ValueStatistics> values = stated(model, new ArrayList<>());
      Measurements measurements = new Measurements(name, new NoSources(), 0, 0);
      LayerCollector book = new LayerCollector(measurements);
      GraphReader reader = new GraphReader(model, new OpenDimensions(Map.of()), book, values);
      reader.read(model.getGraph(), Optional.empty());
      if (!reader.problems().isEmpty()) {
        throw new IllegalStateException(name + ": " + reader.problems());
      }
      return new Network(
          name, book.layers(), about(name, bytes).source() + "; " + measurements.source());
    } catch (FormatException e) {
      throw new IllegalStateException("The shipped network " + name + " must be readable.", e);
    }
  }

  /** Description of a network that comes with the program, from the metadata of its file. */
  static TrainedNetwork about(String name, byte[] bytes) {
    try {
      return TrainedNetwork.of(name, metadata(parse(bytes)));
    } catch (FormatException e) {
      throw new IllegalStateException("The shipped network " + name + " must be readable.", e);
    }
  }

  private static Map<String, String> metadata(ModelProto model) {
    Map<String, String> metadata = new TreeMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }

  /**
   * Statistics of values that a model's metadata state, by the name of the value: {@code
   * values/relu1 = 0.3769 0.0676 0.1547 0}, the share of zeros, mean magnitude, root mean square
   * and share below zero of values normalised to the largest. A trainer writes them, as it has the
   * samples.
   *
   * @param warnings takes what is no such statement
   */
  private static Map<String, ValueStatistics> stated(ModelProto model, List<String> warnings) {
    Map<String, ValueStatistics> values = new TreeMap<>();
    metadata(model)
        .forEach(
            (key, text) -> {
              if (!key.startsWith(VALUES)) {
                return;
              }
              Optional<ValueStatistics> statistics = statistics(text);
              if (statistics.isEmpty()) {
                warnings.add(
                    "metadata '"
                        + ModelText.shown(key)
                        + "' must be the zero share, mean magnitude, rms and negative share of"
                        + " values within -1..1; left out");
              }
              statistics.ifPresent(found -> values.put(key.substring(VALUES.length()), found));
            });
    return values;
  }

  /** Decimals are rounded: bounds hold to a hundredth, as those of a list of layers. */
  private static Optional<ValueStatistics> statistics(String text) {
    String[] words = text.strip().split(" +");
    if (words.length != 4 || !List.of(words).stream().allMatch(word -> word.matches(SHARE))) {
      return Optional.empty();
    }
    double zero = Double.parseDouble(words[0]);
    double meanAbs = Double.parseDouble(words[1]);
    double rms = Double.parseDouble(words[2]);
    double negative = Double.parseDouble(words[3]);
    boolean canBe =
        meanAbs <= rms * ROUNDING
            && rms * rms <= meanAbs * ROUNDING * ROUNDING
            && Math.max(meanAbs, negative) <= (1 - zero) * ROUNDING;
    return canBe
        ? Optional.of(new ValueStatistics(zero, meanAbs, rms, negative))
        : Optional.empty();
  }

  private static ModelProto parse(byte[] bytes) throws FormatException {
    ModelProto model;
    try {
      CodedInputStream stream = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      stream.enableAliasing(true);
      stream.setSizeLimit(Integer.MAX_VALUE);
      model = ModelProto.parseFrom(stream);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e);
    } catch (IOException e) {
      throw new FormatException(List.of("cannot be parsed: " + e.getMessage()));
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new FormatException(List.of("is not an ONNX model: it holds no graph with nodes"));
    }
    return model;
  }

  private static FormatException damaged(InvalidProtocolBufferException e) {
    return new FormatException(
        List.of("is not an ONNX model or is damaged: " + firstSentence(e.getMessage())));
  }

  private static String firstSentence(String message) {
    int end = message.indexOf(". ");
    return end < 0 ? message : message.substring(0, end + 1);
  }

  private static Reading read(String file, ModelProto model, Settings settings, Sources sources)
      throws FormatException {
    Measurements measurements = measurements(file, model, sources);
    LayerCollector book = new LayerCollector(measurements);
    OpenDimensions dimensions = new OpenDimensions(settings.dimensions());
    List<String> warnings = new ArrayList<>();
    Map<String, ValueStatistics> activations = stated(model, warnings);
    settings.activations().ifPresent(name -> activations.putAll(NpyFile.npz(given(name, sources))));
    Optional<ValueStatistics> samples =
        settings
            .samples()
            .filter(name -> !sources.isFolder(name) && !name.endsWith(".csv"))
            .flatMap(name -> samples(name, given(name, sources)));
    GraphReader reader = new GraphReader(model, dimensions, book, activations);
    long version = reader.version().orElse(0);
    if (version < FIRST_VERSION) {
      throw new ModelException(
          "is of operator set " + version + ", must be of " + FIRST_VERSION + " or later");
    }
    reader.read(model.getGraph(), samples);
    String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    List<String> problems = new ArrayList<>(dimensions.problems(base));
    problems.addAll(reader.problems());
    if (!problems.isEmpty()) {
      throw new FormatException(problems);
    }
    List<Layer> layers = book.layers();
    if (layers.isEmpty()) {
      throw new ModelException(
          "multiplies with no matrix (Conv, Gemm, MatMul, LSTM, ...), so that there is nothing to"
              + " put on a crossbar"
              + (reader.dead().isEmpty()
                  ? ""
                  : "; no output of the graph depends on " + reader.dead()));
    }
    warnings.addAll(reader.warnings());
    if (version > NEWEST_VERSION) {
      warnings.add(
          "is of operator set %d, newer than any that is known: its operators are read as those of %d"
              .formatted(version, NEWEST_VERSION));
    }
    measurements.warnings(warnings);
    String source = base + ", ONNX, operator set " + version + "; " + measurements.source();
    Network network = new Network(base.replaceAll(ENDING, ""), layers, source);
    return new Reading(network, warnings);
  }

  private static Optional<String> stored(String beside, Sources sources) {
    try {
      return Optional.of(new String(sources.read(beside, LARGEST_MODEL_B), StandardCharsets.UTF_8));
    } catch (Sources.SourceException e) {
      return Optional.empty();
    }
  }

  private static Reading ofAnother(String beside, Reading reading) {
    List<String> warnings = new ArrayList<>(reading.warnings());
    warnings.add(beside + " was measured on another model and is not used; measure it again");
    return new Reading(reading.network(), warnings);
  }

  /** A network with the model of accuracy that lies beside its file. */
  private static Reading withAccuracy(String beside, String text, Reading reading)
      throws FormatException {
    try {
      return with(AccuracyText.read(text), beside, reading);
    } catch (IllegalArgumentException e) {
      throw new FormatException(List.of(beside + ": " + e.getMessage()));
    }
  }

  private static Reading with(AccuracyModel model, String beside, Reading reading)
      throws FormatException {
    for (Layer layer : reading.network().layers()) {
      if (!layer.dynamic() && model.weight(layer.name()) == AccuracyModel.Weight.NONE) {
        throw new FormatException(
            List.of(beside + ": says nothing of the layer " + layer.name() + "; measure it again"));
      }
    }
    return new Reading(reading.network().with(model), reading.warnings());
  }

  private static Measurements measurements(String file, ModelProto model, Sources sources) {
    double external_B = 0;
    int externals = 0;
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (TensorValues.isExternal(tensor)) {
        externals++;
        external_B += Measurements.number(Measurements.location(tensor), "length", 1L << 30);
      }
    }
    return new Measurements(file, sources, (long) external_B, externals);
  }

  private static byte[] given(String name, Sources sources) {
    try {
      return sources.read(name, LARGEST_SAMPLES_B);
    } catch (Sources.SourceException e) {
      throw new ModelException("cannot be measured: " + name + " " + e.getMessage());
    }
  }

  private static Optional<ValueStatistics> samples(String name, byte[] bytes) {
    try {
      return NpyFile.npy(bytes);
    } catch (ModelException e) {
      throw new ModelException("cannot be measured: " + name + " " + e.getMessage());
    }
  }

  /** For a model that has everything in itself. */
  private static final class NoSources implements Sources {
    @Override
    public String resolve(String from, String name) {
      return name;
    }

    @Override
    public byte[] read(String file) throws SourceException {
      throw SourceException.absent("does not exist");
    }
  }
}
