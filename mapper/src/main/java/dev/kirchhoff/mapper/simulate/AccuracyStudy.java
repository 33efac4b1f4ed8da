package dev.kirchhoff.mapper.simulate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * Accuracy of a network on a design's hardware: over time, by single effects, by layers. Where
 * items have no labels, a decision is right if it is that of the exact network, and accuracy is
 * agreement.
 *
 * <p>Every figure is the mean over several draws of the chip; draws and items are the same for all
 * figures, so that differences are of the effects and not of chance. Effects alone start from ideal
 * hardware, effects left out from the whole. A loss is in accuracy against the quantised network.
 */
public final class AccuracyStudy {
  private final QuantisedNetwork network;
  private final CrossbarModel chip;
  private final List<float[]> items;
  private final Optional<IntUnaryOperator> label;
  private final Settings settings;
  private final IntConsumer done;
  private final Classification exact;
  private final Decisions decisions;
  private final int width;

  /**
   * Extent of the simulation.
   *
   * @param seed seed of all draws
   * @param draws chips, at least 1
   * @param threads threads to run on
   */
  public record Settings(long seed, int draws, int threads) {
    public Settings {
      if (draws < 1 || threads < 1) {
        throw new IllegalArgumentException(
            "The draws (" + draws + ") and threads (" + threads + ") must be positive.");
      }
    }
  }

  /**
   * Accuracy of one kind of hardware.
   *
   * @param right items that were right, over all draws; without labels those that were kept
   * @param kept items whose decision was that of the exact network, over all draws
   * @param items items of all draws
   * @param least least accuracy of a draw
   * @param most largest accuracy of a draw
   */
  public record Score(long right, long kept, long items, double least, double most) {
    /** Mean agreement with the exact network. */
    public double agreement() {
      return (double) kept / items;
    }

    /** Mean accuracy. */
    public double mean() {
      return (double) right / items;
    }

    /**
     * Interval that holds the mean accuracy of such chips with 95 %: Wilson's, of the items of one
     * draw, for draws share their items.
     */
    public Confidence confidence(int draws) {
      return Confidence.of((double) right / draws, items / draws, 0.95);
    }
  }

  /**
   * A score with the errors of the layers.
   *
   * @param score accuracy
   * @param layers errors that the layers add to products, mean squares over all draws
   */
  public record Measured(Score score, List<LayerError> layers) {
    public Measured {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A study of a network on a chip.
   *
   * @param network the network in the integers of the chip
   * @param chip its crossbars
   * @param items items that accuracy is judged on
   * @param label class of each; empty where it is not known
   */
  public AccuracyStudy(
      QuantisedNetwork network,
      CrossbarModel chip,
      List<float[]> items,
      Optional<IntUnaryOperator> label,
      Settings settings) {
    this(network, chip, items, label, settings, done -> {});
  }

  /**
   * A study that tells how far it is.
   *
   * @param done receives numbers of items that are simulated, from any thread: those of all chips
   *     of {@link #all}, {@link #at}, {@link #alone} and {@link #without}
   */
  public AccuracyStudy(
      QuantisedNetwork network,
      CrossbarModel chip,
      List<float[]> items,
      Optional<IntUnaryOperator> label,
      Settings settings,
      IntConsumer done) {
    this.network = network;
    this.chip = chip;
    this.items = List.copyOf(items);
    this.label = label;
    this.settings = settings;
    this.done = done;
    exact = network.runFloat(this.items, settings.threads());
    List<Integer> shape = network.network().outputShape();
    decisions = Decisions.of(shape);
    width = Decisions.width(shape);
  }

  /** The trained network in single precision. */
  public Score trained() {
    return score(List.of(exact));
  }

  /** The quantised network on ideal hardware. */
  public Score quantised() {
    return score(List.of(network.run(items, settings.threads())));
  }

  /** Everything, at an age, with the errors of the layers. */
  public Measured all(double age_s) {
    CalibrationInputs inputs = CalibrationInputs.ofMeasured(network.network(), items);
    List<List<LayerError>> layers = new ArrayList<>();
    Score score =
        score(
            SimulationOptions.of(settings.seed(), age_s),
            simulation -> layers.add(simulation.layers(inputs, settings.threads())));
    return new Measured(score, LayerError.mean(layers));
  }

  /** Everything, at an age. */
  public Score at(double age_s) {
    return score(SimulationOptions.of(settings.seed(), age_s), simulation -> {});
  }

  /** One effect alone. */
  public Score alone(NonIdeality effect, double age_s) {
    return score(
        SimulationOptions.of(settings.seed(), age_s).with(Set.of(effect)), simulation -> {});
  }

  /** Everything but one effect. */
  public Score without(NonIdeality effect, double age_s) {
    Set<NonIdeality> rest = EnumSet.allOf(NonIdeality.class);
    rest.remove(effect);
    return score(SimulationOptions.of(settings.seed(), age_s).with(rest), simulation -> {});
  }

  private Score score(SimulationOptions options, Consumer<FunctionalSimulation> chips) {
    List<Classification> classifications = new ArrayList<>();
    for (int draw = 0; draw < settings.draws(); draw++) {
      FunctionalSimulation simulation =
          FunctionalSimulation.of(network, chip, options.withDraw(draw), settings.threads());
      classifications.add(simulation.run(items, settings.threads(), done));
      chips.accept(simulation);
    }
    return score(classifications);
  }

  private Score score(List<Classification> classifications) {
    long right = 0;
    long kept = 0;
    double least = 1;
    double most = 0;
    for (Classification classification : classifications) {
      int keptOnChip = kept(classification);
      int ofChip = label.map(classification::right).orElse(keptOnChip);
      kept += keptOnChip;
      right += ofChip;
      least = Math.min(least, (double) ofChip / items.size());
      most = Math.max(most, (double) ofChip / items.size());
    }
    return new Score(right, kept, (long) classifications.size() * items.size(), least, most);
  }

  private int kept(Classification found) {
    int kept = 0;
    for (boolean stays : decisions.same(exact, found, width)) {
      kept += stays ? 1 : 0;
    }
    return kept;
  }
}
