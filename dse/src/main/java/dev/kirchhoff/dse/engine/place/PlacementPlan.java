package dev.kirchhoff.dse.engine.place;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.solution.ProblemFactProperty;
import org.optaplanner.core.api.domain.solution.cloner.SolutionCloner;
import org.optaplanner.core.api.domain.valuerange.CountableValueRange;
import org.optaplanner.core.api.domain.valuerange.ValueRangeFactory;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/** Planning solution of a placement. Mutable because the solver needs it so. */
@PlanningSolution(solutionCloner = PlacementPlan.Cloner.class)
public class PlacementPlan {
  @ProblemFactProperty private PlacementProblem problem;
  @PlanningEntityCollectionProperty private List<PlacedUnit> units = new ArrayList<>();
  @PlanningScore private HardSoftLongScore score;

  /** For the solver. */
  public PlacementPlan() {}

  PlacementPlan(PlacementProblem problem, int[] sites) {
    this.problem = problem;
    for (int u = 0; u < sites.length; u++) {
      units.add(new PlacedUnit(u, sites[u]));
    }
  }

  PlacementProblem problem() {
    return problem;
  }

  List<PlacedUnit> units() {
    return units;
  }

  int[] sites() {
    return units.stream().mapToInt(PlacedUnit::site).toArray();
  }

  /** Sites of the fabric. */
  @ValueRangeProvider(id = "sites")
  public CountableValueRange<Integer> siteRange() {
    return ValueRangeFactory.createIntValueRange(0, problem.fabric().sites());
  }

  /** Copies the units; the problem is shared. */
  public static class Cloner implements SolutionCloner<PlacementPlan> {
    @Override
    public PlacementPlan cloneSolution(PlacementPlan original) {
      PlacementPlan clone = new PlacementPlan();
      clone.problem = original.problem;
      clone.score = original.score;
      for (PlacedUnit unit : original.units) {
        clone.units.add(unit.copy());
      }
      return clone;
    }
  }
}
