package dev.kirchhoff.mapper.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Error of a layer's products against exact integer products, both of the inputs that the network
 * has as trained, in single precision, and quantised.
 *
 * <p>SNR = var(y) / mean((ŷ − y)²) over all outputs and vectors: the error that this layer's
 * hardware adds, without what it inherits, as the closed form predicts it.
 *
 * @param layer name of the layer
 * @param values products that were compared
 * @param signal variance of the exact products
 * @param error mean square of the differences
 */
public record LayerError(String layer, long values, double signal, double error) {
  /** Ratio reported where nothing differs. */
  public static final double MOST_DB = 150;

  /** Signal-to-noise ratio in dB, within ±{@link #MOST_DB}. */
  public double snr_dB() {
    double ratio = signal / error;
    double dB = error == 0 ? MOST_DB : 10 * StrictMath.log10(ratio);
    return Math.max(-MOST_DB, Math.min(MOST_DB, dB));
  }

  /** Errors of the same layers on several chips: mean squares over all. */
  static List<LayerError> mean(List<List<LayerError>> chips) {
    List<LayerError> layers = new ArrayList<>();
    for (int l = 0; l < chips.get(0).size(); l++) {
      long values = 0;
      double signal = 0;
      double error = 0;
      for (List<LayerError> chip : chips) {
        values += chip.get(l).values();
        signal += chip.get(l).signal() / chips.size();
        error += chip.get(l).error() / chips.size();
      }
      layers.add(new LayerError(chips.get(0).get(l).layer(), values, signal, error));
    }
    return layers;
  }

  /** Sums over the products of a matrix. */
  static final class Sums {
    private long count;
    private double sum;
    private double squares;
    private double errors;

    /** Compares products. */
    void add(double[] exact, double[] actual, int vectors) {
      double s = 0;
      double q = 0;
      double e = 0;
      for (int v = 0; v < vectors; v++) {
        double difference = actual[v] - exact[v];
        s += exact[v];
        q += exact[v] * exact[v];
        e += difference * difference;
      }
      count += vectors;
      sum += s;
      squares += q;
      errors += e;
    }

    void add(Sums other) {
      count += other.count;
      sum += other.sum;
      squares += other.squares;
      errors += other.errors;
    }

    LayerError of(String layer) {
      double mean = count == 0 ? 0 : sum / count;
      double signal = count == 0 ? 0 : Math.max(0, squares / count - mean * mean);
      return new LayerError(layer, count, signal, count == 0 ? 0 : errors / count);
    }
  }
}
