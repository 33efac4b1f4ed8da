package dev.kirchhoff.mapper.simulate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * Accuracy of a network on a design's hardware: over time, by single effects, by layers.
 *
 * <p>Every figure is the mean over several draws of the chip; draws and items are the same for all
 * figures, so that differences are of the effects and not of chance. Effects alone start from ideal
 * hardware, effects left out from the whole. A loss is in accuracy against the quantised network.
 */
public final class AccuracyStudy {
  private final QuantisedNetwork network;
  private final CrossbarModel chip;
  private final List<float[]> items;
  private final IntUnaryOperator label;
  private final Settings settings;
  private final IntConsumer done;

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
   * @param right items that were right, over all draws
   * @param items items of all draws
   * @param least least accuracy of a draw
   * @param most largest accuracy of a draw
   */
  public record Score(long right, long items, double least, double most) {
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
   * @param layers errors of the layers, mean squares over all draws
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
   * @param label class of each
   */
  public AccuracyStudy(
      QuantisedNetwork network,
      CrossbarModel chip,
      List<float[]> items,
      IntUnaryOperator label,
      Settings settings) {
    this(network, chip, items, label, settings, done -> {});
  }

  /**
   * A study that tells how far it is.
   *
   * @param done receives numbers of items that are simulated, from any thread: those of all chips
   *     of {@link #all}, {@link #alone} and {@link #without}
   */
  public AccuracyStudy(
      QuantisedNetwork network,
      CrossbarModel chip,
      List<float[]> items,
      IntUnaryOperator label,
      Settings settings,
      IntConsumer done) {
    this.network = network;
    this.chip = chip;
    this.items = List.copyOf(items);
    this.label = label;
    this.settings = settings;
    this.done = done;
  }

  /** The trained network in single precision. */
  public Score trained() {
    return score(List.of(network.runFloat(items, settings.threads())));
  }

  /** The quantised network on ideal hardware. */
  public Score quantised() {
    return score(List.of(network.run(items, settings.threads())));
  }

  /** Everything, at an age. */
  public Measured all(double age_s) {
    return measured(SimulationOptions.of(settings.seed(), age_s));
  }

  /**
   * Everything, at an age, with every chip judged on items of its own: they are dealt out in equal
   * parts, so that neither chips nor items are the same twice.
   */
  public Measured dealt(double age_s) {
    SimulationOptions options = SimulationOptions.of(settings.seed(), age_s);
    List<Classification> classifications = new ArrayList<>();
    long right = 0;
    double least = 1;
    double most = 0;
    int chips = Math.min(settings.draws(), items.size());
    for (int draw = 0; draw < chips; draw++) {
      int first = (int) ((long) items.size() * draw / chips);
      int end = (int) ((long) items.size() * (draw + 1) / chips);
      Classification classification =
          FunctionalSimulation.of(network, chip, options.withDraw(draw), settings.threads())
              .measure(items.subList(first, end), settings.threads());
      IntUnaryOperator labels = item -> label.applyAsInt(first + item);
      right += classification.right(labels);
      least = Math.min(least, classification.accuracy(labels));
      most = Math.max(most, classification.accuracy(labels));
      classifications.add(classification);
    }
    return new Measured(new Score(right, items.size(), least, most), layers(classifications));
  }

  /** One effect alone. */
  public Measured alone(NonIdeality effect, double age_s) {
    return measured(SimulationOptions.of(settings.seed(), age_s).with(Set.of(effect)));
  }

  /** Everything but one effect. */
  public Measured without(NonIdeality effect, double age_s) {
    Set<NonIdeality> rest = EnumSet.allOf(NonIdeality.class);
    rest.remove(effect);
    return measured(SimulationOptions.of(settings.seed(), age_s).with(rest));
  }

  private Measured measured(SimulationOptions options) {
    List<Classification> classifications = new ArrayList<>();
    for (int draw = 0; draw < settings.draws(); draw++) {
      classifications.add(
          FunctionalSimulation.of(network, chip, options.withDraw(draw), settings.threads())
              .measure(items, settings.threads(), done));
    }
    return new Measured(score(classifications), layers(classifications));
  }

  private static List<LayerError> layers(List<Classification> classifications) {
    List<LayerError> layers = new ArrayList<>();
    for (int l = 0; l < classifications.get(0).layers().size(); l++) {
      LayerError first = classifications.get(0).layers().get(l);
      long values = 0;
      double signal = 0;
      double error = 0;
      for (Classification classification : classifications) {
        values += classification.layers().get(l).values();
        signal += classification.layers().get(l).signal() / classifications.size();
        error += classification.layers().get(l).error() / classifications.size();
      }
      layers.add(new LayerError(first.layer(), values, signal, error));
    }
    return layers;
  }

  private Score score(List<Classification> classifications) {
    long right = 0;
    double least = 1;
    double most = 0;
    for (Classification classification : classifications) {
      right += classification.right(label);
      least = Math.min(least, classification.accuracy(label));
      most = Math.max(most, classification.accuracy(label));
    }
    return new Score(right, (long) classifications.size() * items.size(), least, most);
  }
}
