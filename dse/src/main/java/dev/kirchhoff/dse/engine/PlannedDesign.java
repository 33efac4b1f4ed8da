package dev.kirchhoff.dse.engine;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactProperty;
import org.optaplanner.core.api.domain.solution.cloner.SolutionCloner;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/**
 * Planning solution of a design, with the solve that scores it. Mutable because the solver needs it
 * so.
 */
@PlanningSolution(solutionCloner = PlannedDesign.Cloner.class)
public class PlannedDesign {
  @ProblemFactProperty private Solve solve;
  @PlanningEntityCollectionProperty private List<KnobChoice> choices = new ArrayList<>();
  @PlanningScore private HardSoftLongScore score;

  /** For the solver. */
  public PlannedDesign() {}

  PlannedDesign(Solve solve, int[] ordinals, int[] cardinality) {
    this.solve = solve;
    for (int k = 0; k < ordinals.length; k++) {
      choices.add(new KnobChoice(k, ordinals[k], cardinality[k]));
    }
  }

  Solve solve() {
    return solve;
  }

  List<KnobChoice> choices() {
    return choices;
  }

  /** Copies the choices; the solve is shared. */
  public static class Cloner implements SolutionCloner<PlannedDesign> {
    @Override
    public PlannedDesign cloneSolution(PlannedDesign original) {
      PlannedDesign clone = new PlannedDesign();
      clone.solve = original.solve;
      clone.score = original.score;
      for (KnobChoice choice : original.choices) {
        clone.choices.add(choice.copy());
      }
      return clone;
    }
  }
}
