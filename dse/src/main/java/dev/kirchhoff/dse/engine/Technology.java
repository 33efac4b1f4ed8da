package dev.kirchhoff.dse.engine;

import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Knob;
import java.util.List;

/**
 * The knob whose values are searched side by side, each with a front of its own, because designs of
 * different technologies do not turn into each other by small steps: the device, else the kind of
 * readout.
 */
public final class Technology {
  private static final int MOST_VALUES = 12;

  /**
   * Path endings, the most telling first. Choices between whole circuits are told apart by {@code
   * kind} or {@code name}.
   */
  private static final List<String> ENDINGS =
      List.of(
          "cell.device",
          "device",
          "cell.device.name",
          "readout",
          "readout.kind",
          "readout.name",
          "interconnect",
          "interconnect.kind");

  private Technology() {}

  /** Index of the technology knob; −1 if the space has none. */
  public static int knob(DesignSpace space) {
    for (String ending : ENDINGS) {
      for (int k = 0; k < space.dimension(); k++) {
        Knob knob = space.knobs().get(k);
        boolean named = knob.path().equals(ending) || knob.path().endsWith("." + ending);
        if (named
            && knob.parent() < 0
            && knob.cardinality() > 1
            && knob.cardinality() <= MOST_VALUES) {
          return k;
        }
      }
    }
    return -1;
  }
}
