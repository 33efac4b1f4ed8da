package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Uncore;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.OpsBasis;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Operation.PeakData;
import dev.kirchhoff.arch.workload.Precision;

/** Basis of a design's operations: precision, scope, peak or sustained. */
final class Basis {
  private Basis() {}

  static OpsBasis of(EvaluatedDesign evaluated) {
    Design design = evaluated.design();
    boolean sustained = evaluated.programs() > 0;
    int weightBits = design.peakWeightBits();
    int inputBits = design.peakInputBits();
    String remarks =
        "1 MAC = 2 operations; peak state: " + peakState(design.operation().peakData());
    if (sustained) {
      Precision first = design.jobs().get(0).precision().get(0);
      weightBits = first.weights();
      inputBits = first.inputs();
      if (isMixed(design, first)) {
        remarks += "; precision differs between layers, that of the first is named";
      }
    }
    return new OpsBasis(weightBits, inputBits, scope(evaluated), sustained, true, remarks);
  }

  private static String peakState(PeakData data) {
    String bits =
        data.inputs() == 0.5 && data.weights() == 0.5
            ? "P(1) = 0.5, uniform weights"
            : "P(1) = "
                + Units.brief(data.inputs())
                + " of inputs, "
                + Units.brief(data.weights())
                + " of weights";
    return data.signed() ? bits + ", signed inputs" : bits;
  }

  private static OpsBasis.Scope scope(EvaluatedDesign evaluated) {
    Uncore uncore = evaluated.design().chip().uncore();
    if (uncore.io().isPresent()) {
      return OpsBasis.Scope.CHIP;
    }
    boolean alone = uncore.interconnect().kind() == Topology.NONE;
    return alone && evaluated.mapping().tiles() == 1 ? OpsBasis.Scope.TILE : OpsBasis.Scope.CORE;
  }

  private static boolean isMixed(Design design, Precision first) {
    for (Job job : design.jobs()) {
      for (Precision precision : job.precision()) {
        if (precision.weights() != first.weights() || precision.inputs() != first.inputs()) {
          return true;
        }
      }
    }
    return false;
  }
}
