package dev.kirchhoff.mapper.train;

import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.util.List;
import java.util.Map;

/** Scores of a model of classes, as ONNX Runtime computes them from its file. */
final class OnnxScores {
  private static final int BATCH = 100;

  private final SplitNetwork network;

  /**
   * Scores of a model.
   *
   * @throws FormatException if it cannot be run
   */
  OnnxScores(byte[] model) throws FormatException {
    network = SplitNetwork.of(model, Map.of());
  }

  /** Scores of each class for some samples. */
  List<float[]> of(DataSet data, int from, int count) {
    float[][] items = new float[count][data.valuesPerSample()];
    for (int i = 0; i < count; i++) {
      data.copy(from + i, items[i], 0);
    }
    return network.runExactly(items);
  }

  /** Number of samples whose best class is their own; the first of equal ones counts. */
  int right(DataSet data) {
    int right = 0;
    for (int from = 0; from < data.size(); from += BATCH) {
      List<float[]> scores = of(data, from, Math.min(BATCH, data.size() - from));
      for (int i = 0; i < scores.size(); i++) {
        right += best(scores.get(i)) == data.label(from + i) ? 1 : 0;
      }
    }
    return right;
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }
}
