package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.mapper.onnx.proto.TensorShapeProto;
import dev.kirchhoff.mapper.onnx.proto.TypeProto;
import dev.kirchhoff.mapper.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sizes of the dimensions that a model leaves open. The spec sets them by name; a dimension without
 * one is called by its input and position, {@code input/2}. A batch is 1 unless set: a dimension
 * that is called so, or the first one of an input if its name does not say otherwise.
 */
final class OpenDimensions {
  private static final String BATCH = "(?i).*batch.*|n|b|bs|none|\\?|-1|unk.*";
  private static final String NOT_BATCH =
      "(?i).*(seq|len|time|token|step|frame|height|width|size).*";

  private static final long OPEN = -1;

  private final Map<String, Long> stated;
  private final Map<String, Long> known = new TreeMap<>();
  private final Map<String, String> missing = new TreeMap<>();
  private final Map<String, String> batches = new TreeMap<>();
  private boolean hasWrong;

  OpenDimensions(Map<String, Long> stated) {
    this.stated = new TreeMap<>(stated);
  }

  /** Errors of the dimensions that an input states. */
  List<String> wrong(ValueInfoProto input) {
    List<String> wrong = new ArrayList<>();
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    for (int i = 0; i < shape.getDimCount(); i++) {
      TensorShapeProto.Dimension dim = shape.getDim(i);
      if (isStated(dim) && dim.getDimValue() <= 0) {
        wrong.add(
            "dimension "
                + i
                + " of input '"
                + ModelText.shown(input.getName())
                + "' is "
                + dim.getDimValue()
                + ", must be positive");
      }
    }
    hasWrong |= !wrong.isEmpty();
    return wrong;
  }

  /** Some exporters write -1 where a dimension is open. */
  private static boolean isStated(TensorShapeProto.Dimension dim) {
    return dim.hasDimValue() && dim.getDimValue() != OPEN;
  }

  /** Dimensions of an input; open ones that are not set are recorded and taken as 1. */
  long[] ofInput(ValueInfoProto input) {
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    long[] dims = new long[shape.getDimCount()];
    for (int i = 0; i < dims.length; i++) {
      TensorShapeProto.Dimension dim = shape.getDim(i);
      if (isStated(dim)) {
        dims[i] = Math.max(1, dim.getDimValue());
      } else {
        String key = dim.getDimParam().isEmpty() ? input.getName() + "/" + i : dim.getDimParam();
        dims[i] = size(key, input.getName(), i, dims.length);
        known.put(key, dims[i]);
      }
    }
    return dims;
  }

  private long size(String key, String input, int axis, int rank) {
    if (stated.containsKey(key)) {
      known.put(key, stated.get(key));
      return stated.get(key);
    }
    boolean isFirst = axis == 0 && rank >= 2 && !key.matches(NOT_BATCH);
    if (key.matches(BATCH) || isFirst || batches.containsKey(key)) {
      batches.put(key, input);
      return stated.getOrDefault("batch", 1L);
    }
    missing.put(key, input);
    return 1;
  }

  /** Dimensions that the model states for a tensor, or null if some are not known. */
  long[] declared(TypeProto type) {
    if (!type.hasTensorType() || !type.getTensorType().hasShape()) {
      return null;
    }
    TensorShapeProto shape = type.getTensorType().getShape();
    long[] dims = new long[shape.getDimCount()];
    for (int i = 0; i < dims.length; i++) {
      TensorShapeProto.Dimension dim = shape.getDim(i);
      Long size =
          dim.hasDimValue() ? Long.valueOf(dim.getDimValue()) : known.get(dim.getDimParam());
      if (size == null || size < 0) {
        return null;
      }
      dims[i] = size;
    }
    return dims;
  }

  /** Open dimensions that are not set, and set ones that are not open. */
  List<String> problems(String file) {
    List<String> problems = new ArrayList<>();
    missing.forEach(
        (key, input) ->
            problems.add(
                "input '"
                    + ModelText.shown(input)
                    + "' leaves the dimension '"
                    + ModelText.shown(key)
                    + "' open; set it: {network: "
                    + file
                    + ", dimensions: {"
                    + ModelText.shown(key)
                    + ": 128}}"));
    // A dimension that is stated wrongly may be the one that is set.
    for (String key : hasWrong ? List.<String>of() : stated.keySet()) {
      boolean isBatch = key.equals("batch") && !batches.isEmpty();
      if (!known.containsKey(key) && !isBatch) {
        List<String> open = new ArrayList<>(new TreeSet<>(known.keySet()));
        problems.add(
            "leaves no dimension '"
                + ModelText.shown(key)
                + "' open"
                + (open.isEmpty()
                    ? "; all sizes are fixed"
                    : NearNames.nearest(key, open)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; open are " + String.join(", ", open))));
      }
    }
    return problems;
  }

  /** Assumptions on open dimensions. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (String key : batches.keySet()) {
      if (!stated.containsKey("batch")) {
        warnings.add(
            "the batch is 1: dimension '"
                + ModelText.shown(key)
                + "' of input '"
                + ModelText.shown(batches.get(key))
                + "' is open; set it with dimensions: {batch: 8}");
        break;
      }
    }
    return warnings;
  }
}
