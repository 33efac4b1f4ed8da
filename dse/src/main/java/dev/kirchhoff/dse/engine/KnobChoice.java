package dev.kirchhoff.dse.engine;

import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.valuerange.CountableValueRange;
import org.optaplanner.core.api.domain.valuerange.ValueRangeFactory;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/**
 * Planning entity of a knob: its ordinal, −1 = it does not exist. Mutable because the solver needs
 * it so; it never leaves the engine.
 */
@PlanningEntity
public class KnobChoice {
  @PlanningId private int knob;

  @PlanningVariable(valueRangeProviderRefs = "ordinals")
  private Integer ordinal;

  private int cardinality;

  /** For the solver. */
  public KnobChoice() {}

  KnobChoice(int knob, int ordinal, int cardinality) {
    this.knob = knob;
    this.ordinal = ordinal;
    this.cardinality = cardinality;
  }

  KnobChoice copy() {
    return new KnobChoice(knob, ordinal, cardinality);
  }

  int ordinal() {
    return ordinal;
  }

  void place(int value) {
    ordinal = value;
  }

  int knob() {
    return knob;
  }

  /** Ordinals that the knob may take, and −1. */
  @ValueRangeProvider(id = "ordinals")
  public CountableValueRange<Integer> ordinals() {
    return ValueRangeFactory.createIntValueRange(-1, cardinality);
  }

  @Override
  public String toString() {
    return "knob " + knob;
  }
}
