package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;

/**
 * Run of items through a network in batches of a fixed size, so that results do not depend on the
 * number of threads.
 */
final class NetworkRun {
  private static final int ITEMS = 64;

  private NetworkRun() {}

  private record Batch(List<float[]> outputs, MatrixEngine.Session session) {}

  /** Runs items and tells nobody how many are done. */
  static Classification run(
      SplitNetwork network,
      MatrixEngine engine,
      List<float[]> items,
      List<String> layers,
      int threads) {
    return run(network, engine, items, layers, threads, done -> {});
  }

  /**
   * Runs items.
   *
   * @param layers names of the layers whose errors are wanted; empty = none
   * @param threads threads to run on, at least 1
   * @param done receives numbers of items that are done, from any thread
   */
  static Classification run(
      SplitNetwork network,
      MatrixEngine engine,
      List<float[]> items,
      List<String> layers,
      int threads,
      IntConsumer done) {
    List<Batch> batches = batches(network, engine, items, threads, done);
    List<Integer> classes = new ArrayList<>();
    List<List<Float>> outputs = new ArrayList<>();
    LayerError.Sums[] sums = new LayerError.Sums[layers.size()];
    java.util.Arrays.setAll(sums, l -> new LayerError.Sums());
    for (Batch batch : batches) {
      for (float[] output : batch.outputs()) {
        classes.add(largest(output));
        List<Float> values = new ArrayList<>();
        for (float value : output) {
          values.add(value);
        }
        outputs.add(values);
      }
      if (batch.session() instanceof QuantisedEngine.QuantisedSession session) {
        for (int l = 0; l < sums.length; l++) {
          sums[l].add(session.error(l));
        }
      }
    }
    List<LayerError> errors = new ArrayList<>();
    for (int l = 0; l < sums.length; l++) {
      errors.add(sums[l].of(layers.get(l)));
    }
    return new Classification(classes, outputs, errors);
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static List<Batch> batches(
      SplitNetwork network,
      MatrixEngine engine,
      List<float[]> items,
      int threads,
      IntConsumer done) {
    List<Callable<Batch>> tasks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += ITEMS) {
      int first = from;
      float[][] part =
          items.subList(from, Math.min(items.size(), from + ITEMS)).toArray(float[][]::new);
      tasks.add(
          () -> {
            MatrixEngine.Session session = engine.newSession();
            Batch batch = new Batch(network.run(part, first, session), session);
            done.accept(part.length);
            return batch;
          });
    }
    return Pool.run(tasks, threads);
  }
}
