package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Point;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.mapper.onnx.GraphExecutor;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Sensitivity of a network's accuracy to noise in its products, measured on the network itself
 * without any chip.
 *
 * <p>κ_l = relative mean square change of the network's outputs over the noise-to-signal ratio of
 * layer l that causes it, each layer by itself at {@value #PROBE}: noise drawn anew for every
 * product, and errors of weights, which are the same for all (several chips). The two differ where
 * products are compared, as pooling does: noise makes the largest larger. The structure of a layer:
 * {@link LayerSpreads}. The curve: all layers with one ratio, so large that Σ κ_l NSR_l takes
 * values from −15 to 36 dB, by turns of errors and of noise; the loss at each, made monotone by
 * pooling neighbours that violate it (isotonic regression by the pool-adjacent- violators
 * algorithm; Ayer et al., Ann. Math. Stat. 26 (1955), doi 10.1214/aoms/1177728423). Its band is
 * Wilson's interval of the items that were right, where the ratio is {@value #UNSURE_DB} dB higher
 * and lower than estimated: so far are chips from noise that was measured alone
 * (docs/simulation.md).
 */
public final class NoiseSensitivity {
  private static final double PROBE = 0.05;
  private static final int CHIPS = 4;
  private static final double FIRST_DB = -15;
  private static final double STEP_DB = 3;
  private static final int LEVELS = 18;
  private static final double CONFIDENCE = 0.95;
  private static final double UNSURE_DB = 4;

  private final GraphExecutor network;
  private final MatrixEngine exact;
  private final List<float[]> items;
  private final IntUnaryOperator label;
  private final int threads;
  private final RandomKey key;
  private final Classification clean;
  private final List<Double> deviations = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private final LayerSpreads spreads;

  private NoiseSensitivity(
      GraphExecutor network, List<float[]> items, IntUnaryOperator label, long seed, int threads) {
    this.network = network;
    this.items = List.copyOf(items);
    this.label = label;
    this.threads = threads;
    key = RandomKey.of(seed);
    exact = new FloatEngine(network);
    clean = run(exact);
    spreads = new LayerSpreads(network, items);
    for (int l = 0; l < network.layers().size(); l++) {
      deviations.add(spreads.deviation(l));
      errors.add(spreads.error(l));
    }
  }

  /**
   * The accuracy model of a network.
   *
   * @param items items that it is measured on, none that designs are judged on
   * @param label class of each
   * @param draws draws of the noise at each ratio, at least 1
   * @param seed seed of all draws
   */
  public static AccuracyModel measure(
      GraphExecutor network,
      List<float[]> items,
      IntUnaryOperator label,
      int draws,
      long seed,
      int threads) {
    return new NoiseSensitivity(network, items, label, seed, threads).model(draws);
  }

  private AccuracyModel model(int draws) {
    List<Weight> weights = new ArrayList<>();
    double reads = 0;
    double all = 0;
    for (int l = 0; l < deviations.size(); l++) {
      double ofReads = reaching(noisy(only(l, deviations, PROBE), key.child(l)));
      double ofCells = 0;
      for (int draw = 0; draw < CHIPS; draw++) {
        RandomKey noise = key.child(deviations.size() + l).child(draw);
        ofCells += reaching(off(only(l, errors, PROBE), noise)) / CHIPS;
      }
      String name = network.layers().get(l).name();
      weights.add(Weight.of(name, ofReads, ofCells, spreads.structure(l)));
      reads += ofReads;
      all += ofCells;
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < LEVELS && all > 0; i++) {
      double snr_dB = FIRST_DB + STEP_DB * i;
      double noise = StrictMath.pow(10, -snr_dB / 10);
      points.add(point(snr_dB, noise / reads, noise / all, draws, i));
    }
    if (points.isEmpty()) {
      points.add(new Point(0, 0, 0, 0));
    }
    return new AccuracyModel(
        clean.accuracy(label),
        weights,
        unsure(falling(points)),
        "noise in "
            + deviations.size()
            + " layers, "
            + items.size()
            + " items, "
            + draws
            + " draws");
  }

  /** Points whose bands include the losses at ratios near theirs. */
  private static List<Point> unsure(List<Point> points) {
    AccuracyModel sure = new AccuracyModel(0, List.of(), points, "");
    return points.stream()
        .map(
            at ->
                new Point(
                    at.snr_dB(),
                    at.loss(),
                    sure.at(at.snr_dB() + UNSURE_DB).low(),
                    sure.at(at.snr_dB() - UNSURE_DB).high()))
        .toList();
  }

  private Classification run(MatrixEngine engine) {
    return NetworkRun.run(network, engine, items, List.of(), threads);
  }

  private static List<Double> only(int layer, List<Double> deviation, double ratio) {
    List<Double> sigma = new ArrayList<>(Collections.nCopies(deviation.size(), 0.0));
    sigma.set(layer, deviation.get(layer) * Math.sqrt(ratio));
    return sigma;
  }

  private static List<Double> every(List<Double> deviation, double ratio) {
    return deviation.stream().map(d -> d * Math.sqrt(ratio)).toList();
  }

  private Classification noisy(List<Double> sigma, RandomKey draws) {
    return run(new NoisyEngine(exact, sigma, draws));
  }

  private Classification off(List<Double> sigma, RandomKey draws) {
    return run(new PerturbedWeights(exact, network, sigma, draws));
  }

  private double reaching(Classification noisy) {
    double change = 0;
    double sum = 0;
    double square = 0;
    int count = 0;
    for (int i = 0; i < items.size(); i++) {
      for (int k = 0; k < clean.outputs().get(i).size(); k++) {
        double value = clean.outputs().get(i).get(k);
        double difference = noisy.outputs().get(i).get(k) - value;
        change += difference * difference;
        sum += value;
        square += value * value;
        count++;
      }
    }
    double variance = square / count - sum / count * (sum / count);
    return variance > 0 ? change / count / variance / PROBE : 0;
  }

  private Point point(double snr_dB, double ofReads, double ofCells, int draws, int level) {
    long right = 0;
    for (int draw = 0; draw < draws; draw++) {
      RandomKey noise = key.child(2 * deviations.size() + level).child(draw);
      Classification classification =
          draw % 2 == 0
              ? off(every(errors, ofCells), noise)
              : noisy(every(deviations, ofReads), noise);
      right += classification.right(label);
    }
    double reference = clean.accuracy(label);
    Confidence range = Confidence.of(Math.round((double) right / draws), items.size(), CONFIDENCE);
    double accuracy = (double) right / draws / items.size();
    return new Point(
        snr_dB,
        Math.max(0, reference - accuracy),
        Math.max(0, reference - range.high()),
        Math.max(0, reference - range.low()));
  }

  /** Isotonic regression of the points: neighbours whose loss would rise take their mean. */
  static List<Point> falling(List<Point> points) {
    int[] size = new int[points.size()];
    double[] loss = new double[points.size()];
    double[] low = new double[points.size()];
    double[] high = new double[points.size()];
    int pools = 0;
    for (Point point : points) {
      size[pools] = 1;
      loss[pools] = point.loss();
      low[pools] = point.low();
      high[pools] = point.high();
      while (pools > 0 && loss[pools - 1] < loss[pools]) {
        int together = size[pools - 1] + size[pools];
        loss[pools - 1] = mean(loss, size, pools);
        low[pools - 1] = mean(low, size, pools);
        high[pools - 1] = mean(high, size, pools);
        size[pools - 1] = together;
        pools--;
      }
      pools++;
    }
    List<Point> falling = new ArrayList<>();
    for (int pool = 0; pool < pools; pool++) {
      for (int i = 0; i < size[pool]; i++) {
        double snr_dB = points.get(falling.size()).snr_dB();
        falling.add(new Point(snr_dB, loss[pool], low[pool], high[pool]));
      }
    }
    return falling;
  }

  private static double mean(double[] values, int[] size, int pool) {
    return (size[pool - 1] * values[pool - 1] + size[pool] * values[pool])
        / (size[pool - 1] + size[pool]);
  }
}
