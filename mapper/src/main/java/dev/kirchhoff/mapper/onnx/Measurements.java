package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.StatisticsOrigin;
import dev.kirchhoff.arch.workload.TypicalValues;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.onnx.proto.StringStringEntryProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Statistics of weights, measured on the stored values, and of inputs, measured where activations
 * are given and typical elsewhere. Weights outside the model's file are read piece by piece: all of
 * them if they are at most {@value #EXTERNAL_BUDGET_B} bytes together, else evenly spaced pieces of
 * each tensor.
 */
final class Measurements {
  private static final long EXTERNAL_BUDGET_B = 256L << 20;
  private static final int PIECE_B = 1 << 16;

  /** Numbers of bytes that fit, also when two of them are added. */
  private static final String WHOLE = "[0-9]{1,18}";

  private final String file;
  private final Sources sources;
  private final long externalShare_B;
  private final Map<TensorProto, Optional<Moments>> known = new IdentityHashMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private final Map<String, List<String>> misplaced = new TreeMap<>();
  private int measuredWeights;
  private int filledWeights;
  private int otherWeights;
  private int sampledWeights;
  private int measuredInputs;
  private int typicalInputs;

  /**
   * Measurements of a model.
   *
   * @param file its file
   * @param sources hands over external data
   * @param external_B size of all external data
   * @param externals number of tensors with external data
   */
  Measurements(String file, Sources sources, long external_B, int externals) {
    this.file = file;
    this.sources = sources;
    this.externalShare_B =
        external_B <= EXTERNAL_BUDGET_B
            ? Long.MAX_VALUE
            : Math.max(PIECE_B, EXTERNAL_BUDGET_B / Math.max(1, externals));
  }

  /**
   * Statistics of values that a layer multiplies.
   *
   * @param statistics the statistics
   * @param signs origin of their sign
   * @param origin origin of everything else
   */
  record Figures(ValueStatistics statistics, StatisticsOrigin signs, StatisticsOrigin origin) {
    static Figures measured(ValueStatistics statistics) {
      return new Figures(statistics, StatisticsOrigin.MEASURED, StatisticsOrigin.MEASURED);
    }
  }

  /** Statistics of a layer's inputs. */
  Figures inputs(Flow flow) {
    if (flow.measured() == null) {
      typicalInputs++;
    } else {
      measuredInputs++;
    }
    return operand(flow);
  }

  /** Statistics of an operand, measured on activations or typical of its kind. */
  Figures operand(Flow flow) {
    return flow.measured() != null
        ? Figures.measured(flow.measured())
        : new Figures(
            flow.kind().typical().statistics(), flow.kind().signs(), StatisticsOrigin.ASSUMED);
  }

  /** Statistics of a layer's weights. */
  Figures weights(LayerMatrix matrix) {
    Constant constant = matrix.matrix().constant();
    Optional<ValueStatistics> measured = Optional.empty();
    if (constant.isFilled()) {
      filledWeights++;
    } else {
      measured = measured(constant);
      measuredWeights += measured.isPresent() ? 1 : 0;
      otherWeights += measured.isPresent() ? 0 : 1;
    }
    return measured
        .map(Figures::measured)
        .orElseGet(
            () ->
                new Figures(
                    typical(matrix).statistics(),
                    StatisticsOrigin.ASSUMED,
                    StatisticsOrigin.ASSUMED));
  }

  private static TypicalValues typical(LayerMatrix matrix) {
    MatrixShape shape = matrix.shape();
    if (shape.groups() > 1 && shape.inputsPerGroup() == 1) {
      return TypicalValues.DEPTHWISE_WEIGHTS;
    }
    return matrix.isTransformer() ? TypicalValues.TRANSFORMER_WEIGHTS : TypicalValues.CNN_WEIGHTS;
  }

  private Optional<ValueStatistics> measured(Constant constant) {
    return moments(constant).flatMap(Moments::statistics);
  }

  /** Largest magnitude of a stored matrix, where it is known. */
  OptionalDouble scale(LayerMatrix matrix) {
    return moments(matrix.matrix().constant()).stream().mapToDouble(Moments::largest).findFirst();
  }

  private Optional<Moments> moments(Constant constant) {
    if (constant.stored() != null) {
      return known.computeIfAbsent(constant.stored(), tensor -> moments(tensor, constant.offset()));
    }
    if (constant.numbers() == null) {
      return Optional.empty();
    }
    Moments moments = new Moments();
    for (int i = 0; i < constant.numbers().size(); i++) {
      moments.add(constant.numbers().real(i));
    }
    return Optional.of(moments);
  }

  private Optional<Moments> moments(TensorProto tensor, double offset) {
    TensorValues.Encoding encoding = TensorValues.Encoding.of(tensor.getDataType());
    if (encoding == null) {
      return Optional.empty();
    }
    Moments moments = new Moments();
    if (!TensorValues.isExternal(tensor)) {
      TensorValues.addTo(moments, tensor, offset);
      return Optional.of(moments);
    }
    String name = location(tensor).getOrDefault("location", "");
    if (unreadable.containsKey(name)) {
      return Optional.empty();
    }
    try {
      String external = sources.resolveBeside(file, name);
      External values = external(tensor, encoding, external, sources.size(external));
      readExternal(moments, encoding, values, offset);
    } catch (ModelException e) {
      misplaced.computeIfAbsent(name, n -> new ArrayList<>()).add(e.getMessage());
      return Optional.empty();
    } catch (Sources.SourceException e) {
      unreadable.put(name, e.getMessage());
      return Optional.empty();
    }
    return Optional.of(moments);
  }

  /**
   * Position of a tensor's values in a file.
   *
   * @throws ModelException if they cannot lie there
   */
  private static External external(
      TensorProto tensor, TensorValues.Encoding encoding, String file, long file_B) {
    Map<String, String> location = location(tensor);
    String shown = "'" + ModelText.shown(tensor.getName()) + "'";
    for (String key : List.of("offset", "length")) {
      String text = location.getOrDefault(key, "0");
      if (!text.matches(WHOLE)) {
        throw new ModelException(
            "is said to hold tensor "
                + shown
                + " with the "
                + key
                + " "
                + ModelText.shown(text)
                + ", which must be a whole number of bytes, 0 or more");
      }
    }
    long elements = tensor.getDimsList().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
    long needed_B = elements * encoding.size_B();
    long size_B = number(location, "length", needed_B);
    long offset_B = number(location, "offset", 0);
    if (size_B < needed_B) {
      throw new ModelException(
          "is said to hold tensor %s in %s bytes, but its values take %s"
              .formatted(shown, counted(size_B), counted(needed_B)));
    }
    if (offset_B > file_B - size_B) {
      throw new ModelException(
          "has %s bytes, but tensor %s is said to end at %s"
              .formatted(counted(file_B), shown, counted(offset_B + size_B)));
    }
    return new External(file, offset_B, needed_B);
  }

  private static String counted(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private record External(String file, long offset_B, long size_B) {}

  /** Reads all of it, or as many evenly spaced pieces as its share allows. */
  private void readExternal(
      Moments moments, TensorValues.Encoding encoding, External external, double offset)
      throws Sources.SourceException {
    long pieces = (external.size_B() + PIECE_B - 1) / PIECE_B;
    long taken = Math.min(pieces, Math.max(1, externalShare_B / PIECE_B));
    sampledWeights += taken < pieces ? 1 : 0;
    for (long i = 0; i < taken; i++) {
      long offset_B = i * pieces / taken * PIECE_B;
      int length = (int) Math.min(PIECE_B, external.size_B() - offset_B);
      byte[] bytes = sources.read(external.file(), external.offset_B() + offset_B, length);
      TensorValues.add(
          moments, encoding, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), offset);
    }
  }

  static Map<String, String> location(TensorProto tensor) {
    Map<String, String> location = new TreeMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      location.put(entry.getKey(), entry.getValue());
    }
    return location;
  }

  static long number(Map<String, String> location, String key, long otherwise) {
    String text = location.get(key);
    return text == null || !text.matches(WHOLE) ? otherwise : Long.parseLong(text);
  }

  /** Counts of measured and of typical statistics, for a network's source. */
  String source() {
    StringBuilder text = new StringBuilder("weights: ");
    text.append(measuredWeights).append(" measured");
    if (sampledWeights > 0) {
      text.append(" (").append(sampledWeights).append(" on evenly spaced pieces)");
    }
    if (filledWeights + otherWeights > 0) {
      text.append(", ").append(filledWeights + otherWeights).append(" typical values");
    }
    text.append("; inputs: ");
    if (measuredInputs > 0) {
      text.append(measuredInputs).append(" measured, ");
    }
    return text.append(typicalInputs).append(" typical values by what precedes").toString();
  }

  private static String layers(int count) {
    return count == 1 ? "1 layer" : count + " layers";
  }

  /** Adds the warnings for the user. */
  void warnings(List<String> warnings) {
    if (filledWeights > 0) {
      warnings.add(
          "the weights of "
              + layers(filledWeights)
              + " are one constant, a placeholder; typical statistics are assumed for them");
    }
    if (otherWeights > 0 && unreadable.isEmpty() && misplaced.isEmpty()) {
      warnings.add(
          "the weights of "
              + layers(otherWeights)
              + " are computed, all zero, not finite or of a type that is not read; typical statistics"
              + " are assumed for them");
    }
    unreadable.forEach(
        (name, why) ->
            warnings.add(
                "external data '"
                    + ModelText.shown(name)
                    + "' "
                    + why
                    + "; typical statistics are assumed for the weights in it"));
    misplaced.forEach(
        (name, why) ->
            warnings.add(
                "external data '"
                    + ModelText.shown(name)
                    + "' "
                    + why.get(0)
                    + "; typical statistics are assumed for it"
                    + (why.size() == 1
                        ? ""
                        : " and for "
                            + (why.size() - 1)
                            + " more in this file that are as wrong")));
  }
}
