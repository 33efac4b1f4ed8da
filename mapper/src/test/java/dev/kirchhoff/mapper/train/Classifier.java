package dev.kirchhoff.mapper.train;

import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.onnx.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stages whose last one scores the classes, with the cross entropy of their softmax as loss. */
final class Classifier {
  private static final int BATCH = 100;

  private final List<Stage> stages;

  Classifier(List<Stage> stages) {
    this.stages = List.copyOf(stages);
  }

  List<Parameter> parameters() {
    return stages.stream().flatMap(stage -> stage.parameters().stream()).toList();
  }

  int classes() {
    return stages.get(stages.size() - 1).outputs();
  }

  /** Adds the nodes of all stages to a graph; see {@link OnnxGraph.Body}. */
  String export(OnnxGraph graph, String input) {
    String value = input;
    for (Stage stage : stages) {
      value = stage.export(graph, value);
    }
    return value;
  }

  /** Scores of each sample and class. */
  float[] forward(float[] x, int batch) {
    float[] values = x;
    for (Stage stage : stages) {
      values = stage.forward(values, batch);
    }
    return values;
  }

  /** Adds the gradients of the mean loss of a batch and returns the loss. */
  double learn(float[] x, int[] labels, int batch) {
    float[] scores = forward(x, batch);
    int classes = classes();
    float[] gradient = new float[batch * classes];
    double loss = 0;
    for (int i = 0; i < batch; i++) {
      loss += softmax(scores, i * classes, labels[i], gradient);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= batch;
    }
    for (int s = stages.size() - 1; s >= 0; s--) {
      gradient = stages.get(s).backward(gradient, batch, s == 0);
    }
    return loss / batch;
  }

  private double softmax(float[] scores, int at, int label, float[] gradient) {
    int classes = classes();
    float largest = scores[at];
    for (int c = 1; c < classes; c++) {
      largest = Math.max(largest, scores[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double power = StrictMath.exp(scores[at + c] - largest);
      gradient[at + c] = (float) power;
      sum += power;
    }
    for (int c = 0; c < classes; c++) {
      gradient[at + c] = (float) (gradient[at + c] / sum) - (c == label ? 1 : 0);
    }
    return StrictMath.log(sum) - (scores[at + label] - largest);
  }

  /** Number of samples whose best class is their own; the first of equal ones counts. */
  int right(DataSet data) {
    int each = data.valuesPerSample();
    float[] x = new float[BATCH * each];
    int right = 0;
    for (int from = 0; from < data.size(); from += BATCH) {
      int batch = Math.min(BATCH, data.size() - from);
      for (int i = 0; i < batch; i++) {
        data.copy(from + i, x, i * each);
      }
      float[] scores = forward(x, batch);
      for (int i = 0; i < batch; i++) {
        right += best(scores, i * classes()) == data.label(from + i) ? 1 : 0;
      }
    }
    return right;
  }

  /** Statistics of the input and of each inner value, by name, where there are any. */
  Map<String, ValueStatistics> statistics(DataSet data) {
    int each = data.valuesPerSample();
    float[] values = new float[data.size() * each];
    for (int i = 0; i < data.size(); i++) {
      data.copy(i, values, i * each);
    }
    Map<String, ValueStatistics> statistics = new LinkedHashMap<>();
    moments(values, data.size() * each).ifPresent(found -> statistics.put("input", found));
    for (Stage stage : stages.subList(0, stages.size() - 1)) {
      values = stage.forward(values, data.size());
      moments(values, data.size() * stage.outputs())
          .ifPresent(found -> statistics.put(stage.name(), found));
    }
    return statistics;
  }

  private static Optional<ValueStatistics> moments(float[] values, int count) {
    Moments moments = new Moments();
    for (int i = 0; i < count; i++) {
      moments.add(values[i]);
    }
    return moments.statistics();
  }

  private int best(float[] scores, int at) {
    int best = 0;
    for (int c = 1; c < classes(); c++) {
      best = scores[at + c] > scores[at + best] ? c : best;
    }
    return best;
  }
}
