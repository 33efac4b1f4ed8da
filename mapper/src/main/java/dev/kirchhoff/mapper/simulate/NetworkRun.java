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

  /** Runs items and tells nobody how many are done. */
  static Classification run(
      SplitNetwork network, MatrixEngine engine, List<float[]> items, int threads) {
    return run(network, engine, items, threads, done -> {});
  }

  /**
   * Runs items.
   *
   * @param threads threads to run on, at least 1
   * @param done receives numbers of items that are done, from any thread
   */
  static Classification run(
      SplitNetwork network,
      MatrixEngine engine,
      List<float[]> items,
      int threads,
      IntConsumer done) {
    List<Callable<List<float[]>>> tasks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += ITEMS) {
      int first = from;
      float[][] part =
          items.subList(from, Math.min(items.size(), from + ITEMS)).toArray(float[][]::new);
      tasks.add(
          () -> {
            List<float[]> outputs = network.run(part, first, engine.newSession());
            done.accept(part.length);
            return outputs;
          });
    }
    List<Integer> classes = new ArrayList<>();
    List<List<Float>> outputs = new ArrayList<>();
    for (List<float[]> batch : Pool.run(tasks, threads)) {
      for (float[] output : batch) {
        classes.add(largest(output));
        List<Float> values = new ArrayList<>();
        for (float value : output) {
          values.add(value);
        }
        outputs.add(values);
      }
    }
    return new Classification(classes, outputs);
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
