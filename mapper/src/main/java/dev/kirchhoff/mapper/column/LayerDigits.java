package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.workload.Precision;
import java.util.function.Function;

/**
 * Digits of a layer's values on crossbars.
 *
 * @param inputs digits of its inputs as they are converted
 * @param pulses pulses of its inputs, of which a digit may combine several
 * @param weights digits of its weights as they are converted
 * @param cells digits of its weights cell by cell
 */
public record LayerDigits(
    DigitStatistics inputs,
    DigitStatistics pulses,
    DigitStatistics weights,
    DigitStatistics cells) {

  /**
   * The digits of a layer.
   *
   * @param inputs distribution of the inputs
   * @param weights distribution of the weights
   * @param bits bits of both
   * @param format number representation of the chip
   * @param digits statistics of one tensor's digits: {@link DigitStatistics#of}, or a memo of it
   */
  static LayerDigits of(
      ValueDistribution inputs,
      ValueDistribution weights,
      Precision bits,
      DigitFormat format,
      Function<DigitKey, DigitStatistics> digits) {
    return new LayerDigits(
        digits.apply(format.inputs(inputs, bits.inputs())),
        digits.apply(format.pulses(inputs, bits.inputs())),
        digits.apply(format.weights(weights, bits.weights())),
        digits.apply(format.cells(weights, bits.weights())));
  }
}
