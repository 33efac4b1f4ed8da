package dev.kirchhoff.dse.engine.place;

import dev.kirchhoff.mapper.place.PlacementCost;
import org.optaplanner.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import org.optaplanner.core.api.score.calculator.IncrementalScoreCalculator;

/**
 * Score of a placement: hard − units that share a site with another, soft − cost. What changed
 * since the last score is applied at once, so that a move taken back and the next one tried cost
 * one step.
 */
public class PlacementScore
    implements IncrementalScoreCalculator<PlacementPlan, HardSoftLongScore> {
  private PlacementPlan plan;
  private PlacementCost cost;
  private int[] standing;
  private boolean[] isChanged;
  private int[] changed;
  private int changes;
  private int[] units;
  private int[] sites;
  private int conflicts;

  @Override
  public void resetWorkingSolution(PlacementPlan plan) {
    int count = plan.units().size();
    if (this.plan == null || this.plan.problem() != plan.problem()) {
      cost = plan.problem().newCost();
      isChanged = new boolean[count];
      changed = new int[count];
      units = new int[count];
      sites = new int[count];
    }
    this.plan = plan;
    cost.set(plan.sites());
    standing = new int[plan.problem().fabric().sites()];
    conflicts = 0;
    for (PlacedUnit unit : plan.units()) {
      stand(unit.site());
    }
    for (int i = 0; i < changes; i++) {
      isChanged[changed[i]] = false;
    }
    changes = 0;
  }

  private void stand(int site) {
    if (standing[site]++ > 0) {
      conflicts++;
    }
  }

  private void leave(int site) {
    if (--standing[site] > 0) {
      conflicts--;
    }
  }

  @Override
  public void beforeEntityAdded(Object entity) {}

  @Override
  public void afterEntityAdded(Object entity) {}

  @Override
  public void beforeVariableChanged(Object entity, String variableName) {}

  @Override
  public void afterVariableChanged(Object entity, String variableName) {
    int unit = ((PlacedUnit) entity).unit();
    if (!isChanged[unit]) {
      isChanged[unit] = true;
      changed[changes++] = unit;
    }
  }

  @Override
  public void beforeEntityRemoved(Object entity) {}

  @Override
  public void afterEntityRemoved(Object entity) {}

  @Override
  public HardSoftLongScore calculateScore() {
    int moved = 0;
    for (int i = 0; i < changes; i++) {
      int unit = changed[i];
      isChanged[unit] = false;
      int site = plan.units().get(unit).site();
      if (cost.siteOf(unit) != site) {
        leave(cost.siteOf(unit));
        stand(site);
        units[moved] = unit;
        sites[moved++] = site;
      }
    }
    changes = 0;
    cost.move(units, sites, moved);
    return HardSoftLongScore.of(-conflicts, -cost.cost());
  }
}
