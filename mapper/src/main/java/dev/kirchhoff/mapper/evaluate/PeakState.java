package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.DataActivity;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.slice.Slicing;

/**
 * What a PE does at its peak: all of its crossbars full, with the data that the design names.
 * Reused from design to design; not safe for several threads.
 */
final class PeakState {
  private final ActionCounts counts = new ActionCounts();
  private final LayerCounter counter = new LayerCounter();

  /** Takes a design. */
  void set(Design design, ArrayUse use) {
    int inputBits = design.peakInputBits();
    counts.clear(1);
    counter.setPeak(design.peakWeightBits(), inputBits, use);
    int pulse = Slicing.bitsPerPulse(use.input(), inputBits);
    DataActivity activity =
        DataActivity.of(use.weights().encoding(), pulse, design.operation().peakData());
    counter.countArrays(
        counts,
        0,
        counted(use, activity, pulse),
        activity.amplitude(),
        activity.conductance(use.windowFloor()),
        use.windowFloor());
  }

  /**
   * Digits that are not zero; where a digit is counted out in pulses, so many that the price of a
   * digit with the mean count of uniform data comes to the pulses of these data.
   */
  private static double counted(ArrayUse use, DataActivity activity, int pulse) {
    if (use.input().encoding() != Input.Encoding.PULSE_COUNT) {
      return activity.pulses();
    }
    double largest = (1L << pulse) - 1;
    return activity.amplitude() * largest / ((largest + 1) / 2);
  }

  /** What the PE does. */
  ActionCounts counts() {
    return counts;
  }

  /** Passes of a vector. */
  double passes() {
    return counter.passes();
  }

  /** Multiply-accumulates of a vector. */
  double macs() {
    return counter.macs();
  }
}
