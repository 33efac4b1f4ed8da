package dev.kirchhoff.arch.workload;

import static dev.kirchhoff.arch.workload.StatisticsOrigin.ASSUMED;
import static dev.kirchhoff.arch.workload.StatisticsOrigin.INFERRED;

import java.util.Optional;

/**
 * Values that a layer hands on, inferred from its digital work word by word ({@link DigitalRule}).
 *
 * <p>A product with stored weights has both signs. A rectifier leaves no negative value; pools,
 * up-sampling and sums of values that are not negative keep that; biases, normalisations, affine
 * maps and rotations do not. A {@code lookup} may be any function: its outputs are assumed to be
 * signed, which costs a second pass rather than none. A {@code mac} is taken to be a gate between 0
 * and 1.
 *
 * @param values the typical values that stand for them
 * @param signs origin of their sign
 */
record OutputValues(TypicalValues values, StatisticsOrigin signs) {
  /** The network's input: an image of unknown normalisation. */
  static final OutputValues INPUT = new OutputValues(TypicalValues.IMAGE, ASSUMED);

  /** Sums of products. */
  static final OutputValues PRODUCTS = new OutputValues(TypicalValues.LINEAR_BOTTLENECK, INFERRED);

  /** Products of two matrices of activations. */
  static OutputValues dynamic(OutputValues a, OutputValues b) {
    boolean negative = a.isSigned() || b.isSigned();
    return new OutputValues(
        negative ? TypicalValues.SIGNED : TypicalValues.RELU, a.signs().and(b.signs()));
  }

  boolean isSigned() {
    return values.statistics().signed();
  }

  /** These values with unknown ones beside or added. */
  OutputValues with(OutputValues other) {
    return new OutputValues(values.with(other.values), signs.and(other.signs));
  }

  /**
   * The values behind digital work.
   *
   * @param work its description
   * @param joined the values that its additions take, if they are known
   */
  OutputValues after(String work, Optional<OutputValues> joined) {
    OutputValues now = this;
    for (String word : work.strip().split(" +")) {
      now = now.afterWord(word.replaceAll("[0-9=@].*", ""), joined);
    }
    return now;
  }

  private OutputValues afterWord(String word, Optional<OutputValues> joined) {
    return switch (word) {
      case "relu", "renorm" -> new OutputValues(TypicalValues.RELU, INFERRED);
      case "softmax" -> new OutputValues(TypicalValues.PROBABILITY, INFERRED);
      case "norm", "rotary" -> new OutputValues(TypicalValues.SIGNED, INFERRED);
      case "bias", "scale" -> isSigned() ? this : new OutputValues(TypicalValues.SIGNED, INFERRED);
      case "lookup" -> new OutputValues(TypicalValues.SIGNED, ASSUMED);
      case "add" -> joined.map(this::with).orElse(new OutputValues(TypicalValues.SIGNED, ASSUMED));
      case "mac" -> isSigned() ? this : new OutputValues(values, ASSUMED);
      default -> this;
    };
  }
}
