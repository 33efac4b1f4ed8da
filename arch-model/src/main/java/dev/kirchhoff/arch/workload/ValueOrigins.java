package dev.kirchhoff.arch.workload;

/**
 * Origins of a layer's value statistics. Signs stand apart from magnitudes: the operators in front
 * of a layer decide whether its inputs can be negative, and so whether a bit-serial input takes a
 * second pass; magnitudes and zero shares depend on data.
 *
 * @param signs origin of the statement that its inputs are, or are not, negative
 * @param inputs origin of zero share and magnitudes of its inputs
 * @param weights origin of the statistics of its weights; of a dynamic matrix, of its second
 *     operand
 */
public record ValueOrigins(
    StatisticsOrigin signs, StatisticsOrigin inputs, StatisticsOrigin weights) {
  /** Statistics that are stated without an origin. */
  public static final ValueOrigins GIVEN =
      new ValueOrigins(StatisticsOrigin.GIVEN, StatisticsOrigin.GIVEN, StatisticsOrigin.GIVEN);
}
