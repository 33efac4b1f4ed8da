package dev.kirchhoff.mapper.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kind of decision of a network about items: their class, the other item that is nearest, or their
 * values. Decisions are taken on features of the outputs, which also measure how far noise reaches.
 */
public enum Decisions {
  /** The class of the largest output; a shift of all outputs changes nothing. */
  CLASS("class", "top-1 class"),
  /**
   * The nearest other item by the cosine of embeddings, the mean over the vectors of an output.
   * Items decide about each other, so that all are run alike.
   */
  NEIGHBOUR("neighbour", "nearest neighbour"),
  /** The values themselves: kept if their error is at most a tenth of their magnitude, in rms. */
  VALUE("value", "values within 10 %");

  private static final double TENTH = 0.1;

  private final String word;
  private final String words;

  Decisions(String word, String words) {
    this.word = word;
    this.words = words;
  }

  /** Its name. */
  public String word() {
    return word;
  }

  /** Its name in a sentence. */
  public String words() {
    return words;
  }

  /** Names of all kinds. */
  public static List<String> all() {
    return Arrays.stream(values()).map(Decisions::word).toList();
  }

  /**
   * The kind that an output's dimensions suggest: of those above one, two are vectors, hence
   * embeddings, one is a row of classes; a single number and maps are values.
   *
   * @param dims dimensions of the output of one item, the batch's left out
   */
  public static Decisions of(List<Integer> dims) {
    long wide = dims.stream().filter(dim -> dim > 1).count();
    return wide == 1 ? CLASS : wide == 2 ? NEIGHBOUR : VALUE;
  }

  /** Length of the last dimension of an output. */
  static int width(List<Integer> dims) {
    return dims.isEmpty() ? 1 : dims.get(dims.size() - 1);
  }

  /**
   * Features of an output.
   *
   * @param width length of its last dimension
   */
  double[] features(float[] output, int width) {
    return switch (this) {
      case CLASS -> centred(output);
      case NEIGHBOUR -> embedding(output, width);
      case VALUE -> {
        double[] values = new double[output.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = output[i];
        }
        yield values;
      }
    };
  }

  private static double[] centred(float[] output) {
    double mean = 0;
    for (float value : output) {
      mean += value;
    }
    mean /= output.length;
    double[] features = new double[output.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = output[i] - mean;
    }
    return features;
  }

  private static double[] embedding(float[] output, int width) {
    double[] mean = new double[width];
    for (int i = 0; i < output.length; i++) {
      mean[i % width] += output[i];
    }
    return unit(mean);
  }

  private static double[] unit(double[] vector) {
    double square = 0;
    for (double value : vector) {
      square += value * value;
    }
    double length = Math.sqrt(square);
    double[] unit = new double[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = length > 0 ? vector[i] / length : 0;
    }
    return unit;
  }

  /**
   * Decisions of a run of items that are those of another run.
   *
   * @param width length of the last dimension of an output
   */
  boolean[] same(Classification exact, Classification other, int width) {
    return same(features(exact, width), features(other, width));
  }

  private List<double[]> features(Classification run, int width) {
    List<double[]> features = new ArrayList<>();
    for (List<Float> output : run.outputs()) {
      float[] values = new float[output.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = output.get(k);
      }
      features.add(features(values, width));
    }
    return features;
  }

  /** Decisions that are the same on other features of the same items. */
  boolean[] same(List<double[]> exact, List<double[]> other) {
    boolean[] same = new boolean[exact.size()];
    List<double[]> units = new ArrayList<>();
    List<double[]> otherUnits = new ArrayList<>();
    if (this == NEIGHBOUR) {
      exact.forEach(features -> units.add(unit(features)));
      other.forEach(features -> otherUnits.add(unit(features)));
    }
    for (int i = 0; i < same.length; i++) {
      same[i] =
          switch (this) {
            case CLASS -> largest(exact.get(i)) == largest(other.get(i));
            case NEIGHBOUR -> nearest(units, i) == nearest(otherUnits, i);
            case VALUE -> isNear(exact.get(i), other.get(i));
          };
    }
    return same;
  }

  /**
   * Share of decisions that stay by chance where features are replaced by others of no relation to
   * them: Σ p² over the shares p of classes, one of the other items, none of values.
   */
  double chance(List<double[]> exact) {
    return switch (this) {
      case CLASS -> {
        double[] items = new double[exact.get(0).length];
        exact.forEach(features -> items[largest(features)]++);
        double chance = 0;
        for (double of : items) {
          chance += of / exact.size() * (of / exact.size());
        }
        yield chance;
      }
      case NEIGHBOUR -> 1.0 / Math.max(1, exact.size() - 1);
      case VALUE -> 0;
    };
  }

  /** Place of the largest value. */
  static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static int nearest(List<double[]> units, int item) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < units.size(); j++) {
      double cosine = 0;
      for (int k = 0; k < units.get(j).length && j != item; k++) {
        cosine += units.get(item)[k] * units.get(j)[k];
      }
      if (j != item && cosine > most) {
        most = cosine;
        best = j;
      }
    }
    return best;
  }

  private static boolean isNear(double[] exact, double[] other) {
    double error = 0;
    double square = 0;
    for (int k = 0; k < exact.length; k++) {
      error += (other[k] - exact[k]) * (other[k] - exact[k]);
      square += exact[k] * exact[k];
    }
    return error <= TENTH * TENTH * square;
  }
}
