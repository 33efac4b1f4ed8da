package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Producers of a tensor's values, with kind and statistics of the values.
 *
 * @param from layers whose outputs it holds, in order: several of a concatenation; {@link
 *     Links#INPUT} for the network's input
 * @param kind kind of the values
 * @param affine cost of constant scalings and offsets
 * @param measured statistics measured on activations; null if there are none
 */
record Flow(List<Integer> from, ValueKind kind, Affine affine, ValueStatistics measured) {
  private static final int MOST_LAYERS = 1000;

  /** Cost of a constant scale or offset of a channel. */
  enum Affine {
    /** A multiplication or addition an element. */
    COSTS,
    /** One addition an element, once a layer: it is folded into the weights in front. */
    FOLDS,
    /** Nothing: it is merged with the scaling before it. */
    MERGES
  }

  Flow {
    from = List.copyOf(from);
  }

  static Flow input(ValueKind kind) {
    return new Flow(List.of(Links.INPUT), kind, Affine.COSTS, null);
  }

  static Flow of(int layer, ValueKind kind) {
    return new Flow(List.of(layer), kind, Affine.COSTS, null);
  }

  /** The layer that completed it, which bears further work on it. */
  int latest() {
    int latest = Links.INPUT;
    for (int each : from) {
      latest = Math.max(latest, each);
    }
    return latest;
  }

  Flow as(ValueKind other) {
    return new Flow(from, other, Affine.COSTS, null);
  }

  /** Other values at the same price of a further constant. */
  Flow of(ValueKind other) {
    return new Flow(from, other, affine, other == kind ? measured : null);
  }

  Flow with(Affine other) {
    return new Flow(from, kind, other, measured);
  }

  Flow measured(ValueStatistics statistics) {
    return new Flow(from, kind, affine, statistics);
  }

  /** Side by side with others. */
  static Flow union(List<Flow> flows) {
    Set<Integer> from = new LinkedHashSet<>();
    ValueKind kind = flows.get(0).kind();
    ValueStatistics measured = flows.get(0).measured();
    for (Flow flow : flows) {
      from.addAll(flow.from());
      kind = kind.with(flow.kind());
      measured = flows.size() == 1 ? measured : null;
    }
    if (from.size() > MOST_LAYERS) {
      throw new ModelException("joins the outputs of more than " + MOST_LAYERS + " layers");
    }
    return new Flow(new ArrayList<>(from), kind, Affine.COSTS, measured);
  }
}
