package dev.kirchhoff.dse.proof;

import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Knobs that change the bits of the weights of one layer each, and nothing else.
 *
 * @param knobs by layer the index of its knob; −1 of a layer without one
 * @param precisions by layer the precision that each of its knob's values gives it; of a layer
 *     without a knob its only one
 */
record LayerKnobs(int[] knobs, List<List<Precision>> precisions) {

  /**
   * The knobs of a spec's layers, found by binding each of their values.
   *
   * @throws Unprovable if a layer has a knob of another kind
   */
  static LayerKnobs of(List<Knob> all, int[] start, DesignBinder binder) throws Unprovable {
    List<Precision> first = binder.bind(start).jobs().get(0).precision();
    int[] knobs = new int[first.size()];
    Arrays.fill(knobs, -1);
    List<List<Precision>> precisions = new ArrayList<>();
    first.forEach(precision -> precisions.add(List.of(precision)));
    for (int k = 0; k < all.size(); k++) {
      if (!all.get(k).path().contains("[")) {
        continue;
      }
      List<List<Precision>> bound = new ArrayList<>();
      for (int v = 0; v < all.get(k).cardinality(); v++) {
        int[] design = start.clone();
        design[k] = v;
        bound.add(binder.bind(design).jobs().get(0).precision());
      }
      int[] layers =
          IntStream.range(0, knobs.length)
              .filter(l -> bound.stream().anyMatch(of -> !of.get(l).equals(first.get(l))))
              .toArray();
      boolean isOfWeights =
          layers.length == 1
              && knobs[layers[0]] < 0
              && bound.stream().allMatch(of -> hasWeightsOfItsOwn(of, first, layers[0]));
      if (!isOfWeights) {
        throw new Unprovable(all.get(k).path() + ": bits other than those of one layer's weights");
      }
      knobs[layers[0]] = k;
      precisions.set(layers[0], bound.stream().map(of -> of.get(layers[0])).toList());
    }
    return new LayerKnobs(knobs, precisions);
  }

  private static boolean hasWeightsOfItsOwn(List<Precision> of, List<Precision> first, int layer) {
    Precision own = of.get(layer);
    Precision before = first.get(layer);
    return own.inputs() == before.inputs() && own.outputs() == before.outputs();
  }

  /** Number of layers. */
  int layers() {
    return knobs.length;
  }

  /** True if a knob is that of a layer. */
  boolean has(int knob) {
    return Arrays.stream(knobs).anyMatch(own -> own == knob);
  }

  /**
   * Options of the layers, by the widest weights of any: option o has of each layer the most bits
   * that are not above the o-th width, or its fewest.
   */
  List<List<Precision>> options() {
    TreeSet<Integer> widths = new TreeSet<>();
    precisions.forEach(of -> of.forEach(precision -> widths.add(precision.weights())));
    List<List<Precision>> options = new ArrayList<>();
    for (int width : widths) {
      options.add(precisions.stream().map(of -> within(of, width)).toList());
    }
    return options;
  }

  /** The precision of most bits up to a width; that of fewest where all have more. */
  private static Precision within(List<Precision> of, int width) {
    Comparator<Precision> byBits = Comparator.comparingInt(Precision::weights);
    return of.stream()
        .filter(precision -> precision.weights() <= width)
        .max(byBits)
        .orElseGet(() -> Collections.min(of, byBits));
  }

  /** True if an option is the widest that a chip is built for: no layer has more bits. */
  static boolean isWidth(List<List<Precision>> options, int option) {
    int widest = widest(options.get(option));
    return IntStream.range(0, option).allMatch(before -> widest(options.get(before)) < widest);
  }

  private static int widest(List<Precision> of) {
    return of.stream().mapToInt(Precision::weights).max().orElse(0);
  }

  /** Sets the layers of a design to options. */
  void set(int[] design, List<List<Precision>> options, int[] chosen) {
    for (int l = 0; l < knobs.length; l++) {
      if (knobs[l] >= 0) {
        design[knobs[l]] = precisions.get(l).indexOf(options.get(chosen[l]).get(l));
      }
    }
  }
}
