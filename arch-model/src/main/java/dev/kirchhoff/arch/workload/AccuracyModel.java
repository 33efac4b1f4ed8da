package dev.kirchhoff.arch.workload;

import java.util.List;
import java.util.Optional;

/**
 * Decisions that a network loses by the noise of its layers: measured on the network itself, or
 * transferred from other networks by kind of layer.
 *
 * <p>Relative errors of layers reach the output in proportion to weights, NSR = Σ κ_lk NSR_lk over
 * layers l and causes k. With that ratio rises the share of decisions that differ from those of the
 * exact network, which takes no labels, and accuracy falls, which takes some. Of the share u of a
 * layer's signal that converters' codes leave out, u² of its quantisation is no noise but a smaller
 * signal: what is left counts against (1 − u)² ({@link #noiseFactor}). Neglected: errors that go
 * along with each other, as those of shared converters; how much that matters is in the band.
 *
 * @param reference accuracy of the trained network in single precision, 0..1; 0 without labels
 * @param weights κ of each layer, by name, in the network's order
 * @param accuracy accuracy lost against the reference by the output's ratio; empty without labels
 * @param decisions share of decisions that differ, by the output's ratio; empty if not measured
 * @param origin how it was measured
 * @param basis network that it was measured on
 */
public record AccuracyModel(
    double reference,
    List<Weight> weights,
    LossCurve accuracy,
    LossCurve decisions,
    String origin,
    Basis basis) {

  /** Network that a model was measured on. */
  public enum Basis {
    /** The network itself. */
    OWN,
    /** Other networks, by kind of layer ({@link SensitivitiesByKind}). */
    KIND
  }

  /** Least share of a signal that is told apart from none (chosen on 200 simulated designs). */
  private static final double LEAST_RETAINED = 0.05;

  /** A model of the network that it was measured on. */
  public AccuracyModel(
      double reference,
      List<Weight> weights,
      LossCurve accuracy,
      LossCurve decisions,
      String origin) {
    this(reference, weights, accuracy, decisions, origin, Basis.OWN);
  }

  public AccuracyModel {
    weights = List.copyOf(weights);
    if (!accuracy.isKnown() && !decisions.isKnown()) {
      throw new IllegalArgumentException("An accuracy model must have a curve.");
    }
  }

  /**
   * A layer: what reaches the output of its noise-to-signal ratios, by cause.
   *
   * @param layer its name
   * @param ofQuantisation of converter steps
   * @param ofClipping of values beyond the converters' ranges
   * @param ofReadout of the noise of readouts, drawn anew for each read
   * @param ofCells of what is the same in every read: cells' errors, rounded values
   * @param ofWires of position-dependent wire loss
   * @param structure what its products are like
   * @param inputs statistics of its inputs, where they were measured with the weights
   */
  public record Weight(
      String layer,
      double ofQuantisation,
      double ofClipping,
      double ofReadout,
      double ofCells,
      double ofWires,
      Structure structure,
      Optional<ValueStatistics> inputs) {
    /** Weight of a layer that the model does not know. */
    public static final Weight NONE = of("", 0, 0, Structure.NONE);

    public Weight {
      for (double kappa : new double[] {ofQuantisation, ofClipping, ofReadout, ofCells, ofWires}) {
        requireFinite("weight", kappa, layer);
      }
    }

    /** A layer whose inputs' statistics are known otherwise. */
    public Weight(
        String layer,
        double ofQuantisation,
        double ofClipping,
        double ofReadout,
        double ofCells,
        double ofWires,
        Structure structure) {
      this(
          layer,
          ofQuantisation,
          ofClipping,
          ofReadout,
          ofCells,
          ofWires,
          structure,
          Optional.empty());
    }

    /** Copy with what its products are like. */
    Weight with(Structure products) {
      return scaled(1, 1, products, inputs);
    }

    /** Copy with the statistics of its inputs. */
    Weight with(ValueStatistics measured) {
      return scaled(1, 1, structure, Optional.of(measured));
    }

    /** Copy with other weights: of what is drawn anew for each read, and of all else. */
    public Weight times(double reads, double others) {
      return scaled(reads, others, structure, inputs);
    }

    private Weight scaled(
        double reads, double others, Structure products, Optional<ValueStatistics> measured) {
      return new Weight(
          layer,
          others * ofQuantisation,
          others * ofClipping,
          reads * ofReadout,
          others * ofCells,
          others * ofWires,
          products,
          measured);
    }

    /** A layer of which errors of reads are told apart from those that stay the same. */
    public static Weight of(String layer, double ofReads, double others, Structure structure) {
      return new Weight(layer, others, others, ofReads, others, others, structure);
    }
  }

  /**
   * Factor by which noise counts more where codes retain only a share of the signal, 1/(1 − u)²; a
   * share of zero is taken as a twentieth.
   */
  public static double noiseFactor(double retainedSignal) {
    double least = retainedSignal > LEAST_RETAINED ? retainedSignal : LEAST_RETAINED;
    return 1 / (least * least);
  }

  /** The quantisation of a ratio that is noise: without what is a smaller signal, at least 0. */
  public static double ofNoise(double quantisation, double retainedSignal) {
    double noise = quantisation - (1 - retainedSignal) * (1 - retainedSignal);
    return noise > 0 ? noise : 0;
  }

  private static void requireFinite(String what, double value, String layer) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "The %s (%s) of layer (%s) must be finite and not negative."
              .formatted(what, value, layer));
    }
  }

  /**
   * Statistics of a trained layer beyond those of independent values.
   *
   * @param products variance of sums of its products over that of independent inputs and weights
   * @param inputs variance of sums of its inputs alone over that of independent ones: bright places
   *     and bright samples
   * @param tails fourth central moment of sums of its products over three squared variances, 1 of a
   *     normal one: dark places and samples have small sums, bright ones large
   * @param drives mean square of the inputs that weights meet over that of all inputs, of weights
   *     from the largest to a half of it, from there to a quarter and so on, the last of all that
   *     are smaller; empty where that is not known
   * @param inputRange full scale of quantised inputs over the largest, above 0, at most 1
   * @param weightRange the same of weights
   */
  public record Structure(
      Blocks products,
      Blocks inputs,
      Blocks tails,
      List<Double> drives,
      double inputRange,
      double weightRange) {
    /** Independent values up to the full scale. */
    public static final Structure NONE =
        new Structure(Blocks.NONE, Blocks.NONE, Blocks.NONE, List.of(), 1, 1);

    public Structure {
      drives = List.copyOf(drives);
      drives.forEach(drive -> requireFinite("drive", drive, "any"));
      if (!(inputRange > 0 && inputRange <= 1 && weightRange > 0 && weightRange <= 1)) {
        throw new IllegalArgumentException(
            "The ranges (" + inputRange + ", " + weightRange + ") must be above 0, at most 1.");
      }
    }

    /**
     * Structure of two layers' values side by side, the mean by their shares. Neglected: sums of
     * products of one with those of the other.
     */
    private Structure mixedWith(Structure other, double share) {
      return new Structure(
          products.mixedWith(other.products, share),
          inputs.mixedWith(other.inputs, share),
          tails.mixedWith(other.tails, share),
          mixed(drives, other.drives, share),
          mixed(inputRange, other.inputRange, share),
          mixed(weightRange, other.weightRange, share));
    }

    private static double mixed(double a, double b, double share) {
      return a + (b - a) * share;
    }

    /** Means of numbers that both have, then those of the longer list. */
    private static List<Double> mixed(List<Double> a, List<Double> b, double share) {
      List<Double> longer = a.size() > b.size() ? a : b;
      List<Double> mixed = new java.util.ArrayList<>(longer);
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        mixed.set(i, mixed(a.get(i), b.get(i), share));
      }
      return mixed;
    }

    /**
     * Mean square of the inputs that a weight meets over that of all inputs.
     *
     * @param size of the weight over the largest, 0..1
     */
    public double drive(double size) {
      if (drives.isEmpty()) {
        return 1;
      }
      int octave = 0;
      for (double edge = 0.5; octave < drives.size() - 1 && size <= edge; edge /= 2) {
        octave++;
      }
      return drives.get(octave);
    }
  }

  /**
   * A moment of sums over some neighbouring inputs over that of independent ones.
   *
   * @param whole of sums over all inputs
   * @param blocks of sums over 4, 8, 16 .. inputs; empty where that is not known
   */
  public record Blocks(double whole, List<Double> blocks) {
    /** Independent values. */
    public static final Blocks NONE = new Blocks(1, List.of());

    public Blocks {
      blocks = List.copyOf(blocks);
      requireFinite("structure", whole, "any");
      blocks.forEach(block -> requireFinite("structure of a block", block, "any"));
    }

    private Blocks mixedWith(Blocks other, double share) {
      return new Blocks(
          Structure.mixed(whole, other.whole, share), Structure.mixed(blocks, other.blocks, share));
    }

    /** Structure factor of a subset of the inputs. */
    public double of(double inputs, double all) {
      if (inputs >= all) {
        return whole;
      }
      if (blocks.isEmpty()) {
        return 1 + (whole - 1) * (inputs - 1) / (all - 1);
      }
      double below = 1;
      double low = 1;
      double high = 4;
      int block = 0;
      while (block < blocks.size() && inputs > high) {
        below = blocks.get(block++);
        low = high;
        high *= 2;
      }
      double above = block < blocks.size() ? blocks.get(block) : whole;
      double end = block < blocks.size() ? high : all;
      return end > low ? below + (above - below) * (inputs - low) / (end - low) : above;
    }
  }

  /** True if it was measured on the network itself. */
  public boolean isOwn() {
    return basis == Basis.OWN;
  }

  /** Weight of a layer; none if it is not known. */
  public Weight weight(String layer) {
    return weights.stream()
        .filter(weight -> weight.layer().equals(layer))
        .findFirst()
        .orElse(Weight.NONE);
  }

  /**
   * The model of a network that adds the products of two layers on common bitlines: an error of the
   * sum reaches the output as one of either layer does, so that κ of the sum is that of both
   * together, κ / S being one for both signals S.
   *
   * @param first name of the layer whose inputs come first
   * @param second name of the other layer
   * @param joint name of the layer that takes their place
   * @param share share of the second layer's inputs in all
   */
  AccuracyModel joined(String first, String second, String joint, double share) {
    Weight a = weight(first);
    Weight b = weight(second);
    Weight sum =
        new Weight(
            joint,
            a.ofQuantisation() + b.ofQuantisation(),
            a.ofClipping() + b.ofClipping(),
            a.ofReadout() + b.ofReadout(),
            a.ofCells() + b.ofCells(),
            a.ofWires() + b.ofWires(),
            a.structure().mixedWith(b.structure(), share));
    List<Weight> joined =
        weights.stream()
            .filter(weight -> !weight.layer().equals(first))
            .map(weight -> weight.layer().equals(second) ? sum : weight)
            .toList();
    return new AccuracyModel(reference, joined, accuracy, decisions, origin, basis);
  }
}
