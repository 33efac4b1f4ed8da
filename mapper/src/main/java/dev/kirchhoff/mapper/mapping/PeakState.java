package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Operation.PeakData;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.count.DataActivity;
import dev.kirchhoff.mapper.slice.Slicing;
import dev.kirchhoff.mapper.tile.CopyReads;
import java.util.List;

/**
 * Peak state of a PE: one vector on all crossbars that work at once, full, with the data that the
 * design names. Signed inputs whose negative values take a second pass are read twice, each value
 * in one of the passes.
 *
 * @param actions actions of one PE, in a single row
 * @param passes passes of the vector
 * @param macs multiply-accumulates of the vector
 */
public record PeakState(ActionCounts actions, double passes, double macs) {

  /** The peak state of a design. */
  public static PeakState of(Design design, ArrayUse use) {
    int inputBits = design.peakInputBits();
    PeakData data = design.operation().peakData();
    CrossbarMapping full =
        CrossbarMapping.peak(design.peakWeightBits(), inputBits, data.signed(), use);
    int pulse = Slicing.bitsPerPulse(use.input(), inputBits);
    DataActivity activity =
        DataActivity.of(use.weights().encoding(), pulse, data).over(full.operands().signPasses());
    if (use.skipsZeroRows()) {
      int rowsPerWeight = full.operands().rowsPerWeight();
      List<Double> shares = shares(activity, data, full.operands().signPasses());
      full = full.with(CopyReads.ofDrivenRows(full.tiling(), rowsPerWeight, use.side(), shares));
    }
    ActionCounts.Builder actions = new ActionCounts.Builder(1);
    full.count(
        actions,
        0,
        pulses(use, activity, pulse),
        activity.amplitude(),
        activity.conductance(use.windowFloor()),
        use.windowFloor());
    return new PeakState(actions.build(), full.passes(), full.macs());
  }

  /** Digits that are not zero, by pass: positive values and negative ones. */
  private static List<Double> shares(DataActivity activity, PeakData data, int passes) {
    double all = passes * activity.pulses();
    return passes == 1 ? List.of(all) : List.of(all * (1 - data.negative()), all * data.negative());
  }

  /**
   * Digits that are not zero; where a digit is counted out in pulses, so many that the price of a
   * digit with the mean count of uniform data comes to the pulses of these data.
   */
  private static double pulses(ArrayUse use, DataActivity activity, int pulse) {
    if (use.input().encoding() != Input.Encoding.PULSE_COUNT) {
      return activity.pulses();
    }
    double largest = (1L << pulse) - 1;
    return activity.amplitude() * largest / ((largest + 1) / 2);
  }
}
