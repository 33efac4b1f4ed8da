package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.result.LayerResult.Noise;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import dev.kirchhoff.mapper.noise.NoiseRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Fit of an accuracy model to simulated chips: the cost of their layers' estimated noise.
 *
 * <p>Weights: κ_lk of the model before times a factor for each layer and cause, so that a logistic
 * curve over ln Σ κ NSR comes closest to the losses ({@link LogisticFit}); factors that the chips
 * say nothing about stay near 1. Curve: the losses over the ratio, made monotone (isotonic
 * regression, as {@link NoiseSensitivity}). Band: the means of the two lowest and of the two
 * highest losses of the {@value #NEIGHBOURS} chips that are estimated most alike by a fit to others
 * than them (each {@value #FOLDS}th is left out of one); its high end never rises with the ratio.
 * Valid for chips like those of the fit.
 */
public final class ChipFit {
  private static final int NEIGHBOURS = 11;
  private static final int CAUSES = 5;

  /** Fits that each leave out other chips. */
  private static final int FOLDS = 5;

  /** Points of the curve are further apart than this. */
  private static final double CLOSE_DB = 0.2;

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

  /**
   * Noise of a design at the output and its loss of accuracy.
   *
   * @param noise κ NSR by layer and cause
   * @param loss simulated loss
   */
  private record Sample(double[] noise, double loss) {}

  private AccuracyModel model() {
    List<Sample> samples =
        chips.stream().map(chip -> new Sample(weighted(chip), chip.loss())).toList();
    double[] fitted = search(samples);
    List<Weight> weights = new ArrayList<>();
    for (int l = 0; l < before.weights().size(); l++) {
      Weight weight = before.weights().get(l);
      double[] factor = new double[CAUSES];
      for (int k = 0; k < CAUSES; k++) {
        factor[k] = StrictMath.exp(fitted[CAUSES * l + k]);
      }
      weights.add(
          new Weight(
              weight.layer(),
              factor[0] * weight.ofQuantisation(),
              factor[1] * weight.ofClipping(),
              factor[2] * weight.ofReadout(),
              factor[3] * weight.ofCells(),
              factor[4] * weight.ofWires(),
              weight.structure()));
    }
    List<Observation> fittedToAll = new ArrayList<>();
    for (Sample sample : samples) {
      fittedToAll.add(
          new Observation(decibel(LogisticFit.ratio(sample.noise(), fitted)), sample.loss()));
    }
    List<Point> curve = curve(fittedToAll, leaveOneOut(samples, fitted));
    return new AccuracyModel(
        before.reference(),
        weights,
        new LossCurve(curve),
        LossCurve.NONE,
        chips.size() + " simulated designs");
  }

  /**
   * Predicted and simulated result of one design.
   *
   * @param snr_dB signal-to-noise ratio at the output
   * @param loss simulated loss
   */
  private record Observation(double snr_dB, double loss) {}

  private static double decibel(double logarithm) {
    return -10 / StrictMath.log(10) * logarithm;
  }

  /**
   * Predictions by cross-validation: each design by a fit to the other folds, on that fit's curve,
   * carried to the curve of the fit to all designs at equal loss.
   */
  private static List<Observation> leaveOneOut(List<Sample> samples, double[] fitted) {
    int curve = samples.get(0).noise().length;
    List<Observation> crossValidated = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Sample> others = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        if (i % FOLDS != fold) {
          others.add(samples.get(i));
        }
      }
      double[] without = search(others);
      double slopes = StrictMath.exp(without[curve + 1] - fitted[curve + 1]);
      for (int i = fold; i < samples.size(); i += FOLDS) {
        double ratio = LogisticFit.ratio(samples.get(i).noise(), without) - without[curve];
        crossValidated.add(
            new Observation(decibel(fitted[curve] + slopes * ratio), samples.get(i).loss()));
      }
    }
    return sorted(crossValidated);
  }

  private static List<Observation> sorted(List<Observation> chips) {
    return chips.stream()
        .sorted(
            Comparator.comparingDouble(Observation::snr_dB).thenComparingDouble(Observation::loss))
        .toList();
  }

  /** κ NSR by layer and cause, as the output feels it. */
  private double[] weighted(Chip chip) {
    double[] all = new double[CAUSES * before.weights().size()];
    for (int l = 0; l < before.weights().size(); l++) {
      Weight weight = before.weights().get(l);
      Noise noise = chip.noise().get(l);
      int position = CAUSES * l;
      double noiseFactor = AccuracyModel.noiseFactor(noise.retainedSignal());
      double steps =
          AccuracyModel.ofNoise(noise.quantisation() - noise.rounding(), noise.retainedSignal());
      all[position] = weight.ofQuantisation() * steps * noiseFactor;
      all[position + 1] = weight.ofClipping() * noise.clipping() * noiseFactor;
      all[position + 2] = weight.ofReadout() * (noise.readout() + noise.input()) * noiseFactor;
      all[position + 3] = weight.ofCells() * (noise.cells() + noise.rounding()) * noiseFactor;
      all[position + 4] = weight.ofWires() * noise.irDrop() * noiseFactor;
    }
    for (int i = 0; i < all.length; i++) {
      // Written so that a NaN (no signal and no noise) becomes the largest ratio.
      all[i] = all[i] <= NoiseRatio.LARGEST ? all[i] : NoiseRatio.LARGEST;
    }
    return all;
  }

  /** Logarithms of the factors, then middle, steepness and top of the logistic curve. */
  private static double[] search(List<Sample> samples) {
    return LogisticFit.of(
        samples.stream().map(Sample::noise).toList(),
        samples.stream().mapToDouble(Sample::loss).toArray());
  }

  /**
   * The curve with its band.
   *
   * @param fittedToAll predictions of the fit to all designs
   * @param crossValidated predictions of fits to the other folds, rising
   */
  private static List<Point> curve(
      List<Observation> fittedToAll, List<Observation> crossValidated) {
    List<Point> points = new ArrayList<>();
    for (Observation chip : sorted(fittedToAll)) {
      double[] near = nearest(crossValidated, chip.snr_dB());
      points.add(
          new Point(
              chip.snr_dB(),
              Math.max(0, chip.loss()),
              Math.max(0, (near[0] + near[1]) / 2),
              Math.max(0, (near[near.length - 2] + near[near.length - 1]) / 2)));
    }
    return banded(pooled(NoiseSensitivity.falling(points)));
  }

  /** Losses of the chips about a ratio, rising: as many on either side, fewer at the ends. */
  private static double[] nearest(List<Observation> chips, double snr_dB) {
    int below = 0;
    while (below < chips.size() && chips.get(below).snr_dB() < snr_dB) {
      below++;
    }
    int first = Math.max(0, Math.min(below - NEIGHBOURS / 2, chips.size() - NEIGHBOURS));
    double[] near = new double[NEIGHBOURS];
    for (int k = 0; k < NEIGHBOURS; k++) {
      near[k] = chips.get(first + k).loss();
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
      Point point = points.get(i);
      high = Math.max(high, Math.max(point.loss(), point.high()));
      banded.set(
          i, new Point(point.snr_dB(), point.loss(), Math.min(point.loss(), point.low()), high));
    }
    return banded;
  }
}
