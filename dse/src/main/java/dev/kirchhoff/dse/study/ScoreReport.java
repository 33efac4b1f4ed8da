package dev.kirchhoff.dse.study;

import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.Confidence;

/**
 * Accuracy on samples with its interval of 95 % confidence; shares are 0..1.
 *
 * @param accuracy mean over chips
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record ScoreReport(
    double accuracy, double low, double high, double worstChip, double bestChip) {

  /** The report of a score of several chips. */
  public static ScoreReport of(Score score, int draws) {
    Confidence interval = score.confidence(draws);
    return new ScoreReport(
        score.mean(), interval.low(), interval.high(), score.least(), score.most());
  }
}
