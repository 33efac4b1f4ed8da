package dev.kirchhoff.dse.engine;

import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import org.optaplanner.core.api.score.calculator.EasyScoreCalculator;

/** Score of a planned design, computed by its solve. */
public class DesignScore implements EasyScoreCalculator<PlannedDesign, HardSoftLongScore> {

  @Override
  public HardSoftLongScore calculateScore(PlannedDesign design) {
    return design.solve().score(design.choices());
  }
}
