package dev.kirchhoff.dse.engine.place;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/** Gives some units other sites at once: change, swap, split, gather and exchange alike. */
final class Relocation extends AbstractMove<PlacementPlan> {
  private final List<PlacedUnit> units;
  private final int[] sites;

  Relocation(List<PlacedUnit> units, int[] sites) {
    this.units = units;
    this.sites = sites;
  }

  @Override
  public boolean isMoveDoable(ScoreDirector<PlacementPlan> director) {
    return !units.isEmpty();
  }

  @Override
  protected Relocation createUndoMove(ScoreDirector<PlacementPlan> director) {
    return new Relocation(units, units.stream().mapToInt(PlacedUnit::site).toArray());
  }

  @Override
  protected void doMoveOnGenuineVariables(ScoreDirector<PlacementPlan> director) {
    for (int i = 0; i < sites.length; i++) {
      PlacedUnit unit = units.get(i);
      director.beforeVariableChanged(unit, "site");
      unit.place(sites[i]);
      director.afterVariableChanged(unit, "site");
    }
  }

  @Override
  public Relocation rebase(ScoreDirector<PlacementPlan> destination) {
    return new Relocation(rebaseList(units, destination), sites);
  }

  @Override
  public Collection<? extends Object> getPlanningEntities() {
    return units;
  }

  @Override
  public Collection<? extends Object> getPlanningValues() {
    return Arrays.stream(sites).boxed().toList();
  }

  @Override
  public String toString() {
    return units + " to " + Arrays.toString(sites);
  }
}
