package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Point;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.mapper.fidelity.SignalToNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Fits an accuracy model to simulated chips: what their layers' estimated noise costs.
 *
 * <p>Weights: κ_lk of the model before times a factor for each layer and cause, so that a logistic
 * curve over ln Σ κ NSR comes closest to the losses in mean absolute difference; a term of {@value
 * #RIDGE} times the mean square of the factors' logarithms holds those that the chips say nothing
 * about near 1. Coordinate search with steps that are halved: the same chips give the same model.
 * Curve: the losses over the ratio, made monotone (isotonic regression, as {@link
 * NoiseSensitivity}). Band: the means of the two lowest and of the two highest losses of the
 * {@value #NEIGHBOURS} chips that are estimated most alike, some three of four of them; its high
 * end never rises with the ratio. What it holds for is chips like those that it was fitted to.
 */
public final class ChipFit {
  private static final double RIDGE = 0.003;
  private static final double SMOOTH = 0.01;
  private static final int NEIGHBOURS = 11;
  private static final double FIRST_STEP = 0.5;
  private static final double LAST_STEP = 0.01;
  private static final int CAUSES = 5;

  /** Points of the curve are further apart than this. */
  private static final double CLOSE_DB = 0.2;

  private static final int CURVE = 3;

  /** Fewest chips that a model is fitted to. */
  public static final int FEWEST = 30;

  private final AccuracyModel before;
  private final List<Chip> chips;

  private ChipFit(AccuracyModel before, List<Chip> chips) {
    this.before = before;
    this.chips = chips;
  }

  /**
   * A design's simulated chips.
   *
   * @param noise estimated noise of the layers, in the order of the model's weights
   * @param loss simulated loss against the quantised network, mean of its chips
   */
  public record Chip(List<Noise> noise, double loss) {
    public Chip {
      noise = List.copyOf(noise);
    }
  }

  /**
   * A model that comes close to simulated chips.
   *
   * @param before the model that estimated them
   * @param chips at least {@link #FEWEST}
   * @throws IllegalArgumentException if there are too few chips
   */
  public static AccuracyModel fit(AccuracyModel before, List<Chip> chips) {
    if (chips.size() < FEWEST) {
      throw new IllegalArgumentException(
          "The chips (" + chips.size() + ") must be at least " + FEWEST + " for a fit.");
    }
    return new ChipFit(before, List.copyOf(chips)).model();
  }

  private AccuracyModel model() {
    double[][] noise = chips.stream().map(this::weighted).toArray(double[][]::new);
    double[] fitted = search(noise);
    List<Weight> weights = new ArrayList<>();
    for (int l = 0; l < before.weights().size(); l++) {
      Weight of = before.weights().get(l);
      double[] factor = new double[CAUSES];
      for (int k = 0; k < CAUSES; k++) {
        factor[k] = StrictMath.exp(fitted[CAUSES * l + k]);
      }
      weights.add(
          new Weight(
              of.layer(),
              factor[0] * of.ofQuantisation(),
              factor[1] * of.ofClipping(),
              factor[2] * of.ofFrontEnd(),
              factor[3] * of.ofCells(),
              factor[4] * of.ofWires(),
              of.structure()));
    }
    double[] snr_dB = new double[chips.size()];
    for (int i = 0; i < snr_dB.length; i++) {
      snr_dB[i] = -10 * StrictMath.log10(ratio(noise[i], fitted));
    }
    return new AccuracyModel(
        before.reference(), weights, curve(snr_dB), chips.size() + " simulated designs");
  }

  /** κ NSR by layer and cause, as the output feels it. */
  private double[] weighted(Chip chip) {
    double[] all = new double[CAUSES * before.weights().size()];
    for (int l = 0; l < before.weights().size(); l++) {
      Weight of = before.weights().get(l);
      Noise noise = chip.noise().get(l);
      int at = CAUSES * l;
      double perSaid = AccuracyModel.perSaid(noise.said());
      double steps = AccuracyModel.ofNoise(noise.quantisation(), noise.said());
      all[at] = of.ofQuantisation() * steps * perSaid;
      all[at + 1] = of.ofClipping() * noise.clipping() * perSaid;
      all[at + 2] = of.ofFrontEnd() * noise.frontEnd() * perSaid;
      all[at + 3] = of.ofCells() * noise.cells() * perSaid;
      all[at + 4] = of.ofWires() * noise.irDrop() * perSaid;
    }
    for (int i = 0; i < all.length; i++) {
      // Written so that a NaN (no signal and no noise) becomes the largest ratio.
      all[i] = all[i] <= SignalToNoise.LARGEST_NSR ? all[i] : SignalToNoise.LARGEST_NSR;
    }
    return all;
  }

  /** Logarithms of the factors, then middle, steepness and top of the logistic curve. */
  private double[] search(double[][] noise) {
    int factors = noise[0].length;
    double[] best = new double[factors + CURVE];
    best[factors] = StrictMath.log(0.3);
    best[factors + 2] = chips.stream().mapToDouble(Chip::loss).max().orElse(1);
    double least = distance(noise, best);
    for (double step = FIRST_STEP; step > LAST_STEP; step /= 2) {
      for (boolean better = true; better; ) {
        double before = least;
        for (int i = 0; i < best.length; i++) {
          for (double change : new double[] {step, -step}) {
            best[i] += change;
            double distance = distance(noise, best);
            if (distance < least) {
              least = distance;
              break;
            }
            best[i] -= change;
          }
        }
        better = least < before - 1e-9;
      }
    }
    return best;
  }

  private double distance(double[][] noise, double[] at) {
    int factors = at.length - CURVE;
    double sum = 0;
    for (int i = 0; i < noise.length; i++) {
      double ratio = StrictMath.log(ratio(noise[i], at));
      double slope = StrictMath.exp(at[factors + 1]);
      double loss = at[factors + 2] / (1 + StrictMath.exp(-slope * (ratio - at[factors])));
      double miss = loss - chips.get(i).loss();
      sum += Math.sqrt(miss * miss + SMOOTH * SMOOTH);
    }
    double square = 0;
    for (int f = 0; f < factors; f++) {
      square += at[f] * at[f];
    }
    return sum / noise.length + RIDGE * square / factors;
  }

  private static double ratio(double[] noise, double[] factors) {
    double sum = 1e-12;
    for (int f = 0; f < noise.length; f++) {
      sum += StrictMath.exp(factors[f]) * noise[f];
    }
    return sum;
  }

  private List<Point> curve(double[] snr_dB) {
    Integer[] order = new Integer[snr_dB.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> snr_dB[i]).thenComparing(i -> i));
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      double[] near = nearest(order, i);
      points.add(
          new Point(
              snr_dB[order[i]],
              Math.max(0, chips.get(order[i]).loss()),
              Math.max(0, (near[0] + near[1]) / 2),
              Math.max(0, (near[near.length - 2] + near[near.length - 1]) / 2)));
    }
    return banded(pooled(NoiseSensitivity.falling(points)));
  }

  /** Losses of the chips next in order, rising. */
  private double[] nearest(Integer[] order, int i) {
    int first = Math.max(0, Math.min(i - NEIGHBOURS / 2, order.length - NEIGHBOURS));
    double[] near = new double[NEIGHBOURS];
    for (int k = 0; k < NEIGHBOURS; k++) {
      near[k] = chips.get(order[first + k]).loss();
    }
    Arrays.sort(near);
    return near;
  }

  /** One point for each run of equal losses, runs that are close to each other together. */
  private static List<Point> pooled(List<Point> points) {
    List<Point> pooled = new ArrayList<>();
    for (int from = 0; from < points.size(); ) {
      int to = from;
      while (to < points.size()
          && (points.get(to).loss() == points.get(from).loss()
              || points.get(to).snr_dB() < points.get(from).snr_dB() + CLOSE_DB)) {
        to++;
      }
      pooled.add(mean(points.subList(from, to)));
      from = to;
    }
    return pooled;
  }

  private static Point mean(List<Point> points) {
    double[] sums = new double[4];
    for (Point point : points) {
      sums[0] += point.snr_dB() / points.size();
      sums[1] += point.loss() / points.size();
      sums[2] += point.low() / points.size();
      sums[3] += point.high() / points.size();
    }
    return new Point(sums[0], sums[1], sums[2], sums[3]);
  }

  /** Bands that hold their point and whose high end never rises with the ratio. */
  private static List<Point> banded(List<Point> points) {
    List<Point> banded = new ArrayList<>(points);
    double high = 0;
    for (int i = points.size() - 1; i >= 0; i--) {
      Point at = points.get(i);
      high = Math.max(high, Math.max(at.loss(), at.high()));
      banded.set(i, new Point(at.snr_dB(), at.loss(), Math.min(at.loss(), at.low()), high));
    }
    return banded;
  }
}
