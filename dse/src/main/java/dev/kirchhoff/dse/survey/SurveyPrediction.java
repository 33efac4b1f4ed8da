package dev.kirchhoff.dse.survey;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Predicted and published figures of a row of the survey.
 *
 * @param spec generated spec
 * @param figures figures by quantity; a quantity that is not published is missing
 * @param gallery ln(ours / paper) of the energy of the gallery's spec of the same chip at the same
 *     TOPS/W, with its factors; empty where there is none
 */
public record SurveyPrediction(
    SurveySpec spec, Map<SurveyQuantity, Figure> figures, OptionalDouble gallery) {
  public SurveyPrediction {
    figures = Map.copyOf(figures);
  }

  /**
   * A figure of which less is better, so that energy, not TOPS/W.
   *
   * @param published published value
   * @param ours predicted value
   * @param scale size of what it is of, by which figures of chips can be compared: bits of an
   *     operation, invocations of a pass, cells of an area
   */
  public record Figure(double published, double ours, double scale) {
    public Figure {
      if (!(published > 0 && ours > 0 && scale > 0)) {
        throw new IllegalArgumentException(
            "The figure (" + ours + " for " + published + ") of a macro must be positive.");
      }
    }

    /** ln(ours / published). */
    public double logRatio() {
      return StrictMath.log(ours / published);
    }

    /** ln(published / scale). */
    double logPublished() {
      return StrictMath.log(published / scale);
    }
  }

  /** The figure of a quantity. */
  public Optional<Figure> figure(SurveyQuantity quantity) {
    return Optional.ofNullable(figures.get(quantity));
  }

  /** The family of the row. */
  public SurveyFamily family() {
    return spec.family();
  }

  /** Number of the chip. */
  public int chip() {
    return spec.row().chip();
  }
}
