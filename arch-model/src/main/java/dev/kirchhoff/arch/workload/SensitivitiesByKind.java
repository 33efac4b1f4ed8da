package dev.kirchhoff.arch.workload;

import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sensitivities of a network without weights, by kind of layer, from networks that were measured.
 *
 * <p>A layer is of the <em>trunk</em> if the products of every path from the network's input to an
 * output pass through it, else of a <em>branch</em>. An error of a trunk layer is one of the whole
 * signal, so that κ is near one at any depth; branches share one sum, since one of n adds an n-th
 * of the signal:
 *
 * <pre>
 *   κ = κ_t of the trunk     κ = κ_b / n of a branch, n layers in branches     (docs/models.md, eq. 42)
 * </pre>
 *
 * <p>κ_t and κ_b of reads and of cells, the curve of decisions and its band are files among the
 * resources, one of classifiers and one of transformers of language, which state their sources. A
 * transformer is one of language if its first or its last layer is of a branch: tokens are looked
 * up, images are multiplied with a matrix. Neglected: fan-in, depth and what comes first or last,
 * which predict a network that was left out no better; the number of classes. Matrices that are
 * written during an inference were not measured; they count as a layer of a branch.
 *
 * @param classifier κ_t and κ_b, named trunk and branches, and the curve of classifiers
 * @param language the same of transformers of language
 */
public record SensitivitiesByKind(AccuracyModel classifier, AccuracyModel language) {
  private static final String FOLDER = "/dev/kirchhoff/arch/catalogue/sensitivities/";

  /** Sensitivities as the resources state them. */
  public static SensitivitiesByKind measured() {
    return new SensitivitiesByKind(resource("classifier.accuracy"), resource("language.accuracy"));
  }

  private static AccuracyModel resource(String name) {
    try (InputStream stream = SensitivitiesByKind.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new IllegalStateException(
            "The resource (" + FOLDER + name + ") must be on the class path.");
      }
      return AccuracyText.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model of a network by the kinds of its layers. */
  public AccuracyModel of(Network network) {
    List<Layer> layers = network.layers();
    List<Boolean> trunk = trunk(layers);
    AccuracyModel kinds = isOfLanguage(layers, trunk) ? language : classifier;
    long branches = 0;
    for (int l = 0; l < layers.size(); l++) {
      branches += !trunk.get(l) && !layers.get(l).dynamic() ? 1 : 0;
    }
    double share = 1.0 / Math.max(1, branches);
    Weight ofTrunk = kinds.weight("trunk");
    Weight ofBranch = kinds.weight("branches").times(share, share);
    List<Weight> weights = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      Weight kind = trunk.get(l) && !layers.get(l).dynamic() ? ofTrunk : ofBranch;
      weights.add(
          Weight.of(layers.get(l).name(), kind.ofReadout(), kind.ofCells(), Structure.NONE));
    }
    return new AccuracyModel(
        0, weights, LossCurve.NONE, kinds.decisions(), kinds.origin(), AccuracyModel.Basis.KIND);
  }

  private static boolean isOfLanguage(List<Layer> layers, List<Boolean> trunk) {
    boolean isTransformer = layers.stream().anyMatch(Layer::dynamic);
    return isTransformer && !(trunk.get(0) && trunk.get(trunk.size() - 1));
  }

  /**
   * True for each layer whose products every path from the input to an output passes through: none
   * are added to them, no later layer takes values from before it, no earlier one is an output.
   */
  public static List<Boolean> trunk(List<Layer> layers) {
    boolean[] isTaken = new boolean[layers.size()];
    int[] earliest = new int[layers.size()];
    for (int l = 0; l < layers.size(); l++) {
      earliest[l] = l;
      for (int from : sources(layers.get(l))) {
        earliest[l] = Math.min(earliest[l], from);
        if (from >= 0) {
          isTaken[from] = true;
        }
      }
    }
    Boolean[] trunk = new Boolean[layers.size()];
    int taken = layers.size();
    for (int l = layers.size() - 1; l >= 0; l--) {
      trunk[l] = taken >= l && layers.get(l).links().joins().isEmpty();
      taken = Math.min(taken, earliest[l]);
    }
    boolean isPast = false;
    for (int l = 0; l < layers.size(); l++) {
      trunk[l] = trunk[l] && !isPast;
      isPast = isPast || !isTaken[l];
    }
    return List.of(trunk);
  }

  /** Layers that a layer takes values from; of a recurrent matrix its cell's input matrix too. */
  private static List<Integer> sources(Layer layer) {
    List<Integer> sources = new ArrayList<>(layer.links().reads());
    sources.addAll(layer.links().joins());
    layer.matrix().inputLayer().ifPresent(sources::add);
    return sources;
  }
}
