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

/** A placement as the solver plans it. Mutable because the solver needs it so. */
@PlanningSolution(solutionCloner = PlacementPlan.Cloner.class)
public class PlacementPlan {
  @ProblemFactProperty private PlacementTask task;
  @PlanningEntityCollectionProperty private List<PlacedUnit> units = new ArrayList<>();
  @PlanningScore private HardSoftLongScore score;

  /** For the solver. */
  public PlacementPlan() {}

  PlacementPlan(PlacementTask task, int[] sites) {
    this.task = task;
    for (int u = 0; u < sites.length; u++) {
      units.add(new PlacedUnit(u, sites[u]));
    }
  }

  PlacementTask task() {
    return task;
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
    return ValueRangeFactory.createIntValueRange(0, task.fabric().sites());
  }

  /** Copies the units; the task is shared. */
  public static class Cloner implements SolutionCloner<PlacementPlan> {
    @Override
    public PlacementPlan cloneSolution(PlacementPlan original) {
      PlacementPlan clone = new PlacementPlan();
      clone.task = original.task;
      clone.score = original.score;
      for (PlacedUnit unit : original.units) {
        clone.units.add(unit.copy());
      }
      return clone;
    }
  }
}
