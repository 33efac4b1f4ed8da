package dev.kirchhoff.dse.engine.place;

import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/**
 * Planning entity of a unit: its site. Mutable because the solver needs it so; it never leaves this
 * package.
 */
@PlanningEntity
public class PlacedUnit {
  @PlanningId private int unit;

  @PlanningVariable(valueRangeProviderRefs = "sites")
  private Integer site;

  /** For the solver. */
  public PlacedUnit() {}

  PlacedUnit(int unit, int site) {
    this.unit = unit;
    this.site = site;
  }

  PlacedUnit copy() {
    return new PlacedUnit(unit, site);
  }

  int unit() {
    return unit;
  }

  int site() {
    return site;
  }

  void place(int value) {
    site = value;
  }

  @Override
  public String toString() {
    return "unit " + unit;
  }
}
