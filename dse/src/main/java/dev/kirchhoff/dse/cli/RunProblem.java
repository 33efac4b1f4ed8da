package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.SweepPlan;

/** Problem whose designs a logged run evaluates: that of a search or of a sweep. */
final class RunProblem {
  private RunProblem() {}

  /** The problem of a run, by its header and the spec that the header holds. */
  static SpecProblemSpace of(RunEvent.Run header, DesignSpec spec) {
    return of(header.engine(), spec);
  }

  /** The problem of a run by its engine. */
  static SpecProblemSpace of(String engine, DesignSpec spec) {
    if (SweepPlan.isLarge(engine)) {
      return SpecProblemSpace.ofLargeSweep(spec);
    }
    return SweepPlan.isSweep(engine) ? SpecProblemSpace.ofSweep(spec) : new SpecProblemSpace(spec);
  }
}
