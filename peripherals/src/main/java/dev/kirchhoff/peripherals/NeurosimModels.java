package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import java.util.EnumSet;
import java.util.Set;

/** Names of the models fitted to NeuroSim, and the parts that they price. */
final class NeurosimModels {
  static final String ARRAY = "neurosim-array";
  static final String BUFFER = "neurosim-buffer";
  static final String FEED = "neurosim-feed";
  static final String LOGIC = "neurosim-logic";
  static final String BUS = "neurosim-bus";
  static final String H_TREE = "neurosim-h-tree";

  private static final String FAMILY = "neurosim-";

  /** Parts that the model of an array prices with it. */
  private static final Set<Part> OF_ARRAY =
      EnumSet.of(Part.INPUT, Part.COLUMN_MUX, Part.WRITE_DRIVER);

  private NeurosimModels() {}

  /** True if a model is of the family. */
  static boolean isOfFamily(ComponentModel model) {
    return model instanceof ComponentModel.Named named && named.name().startsWith(FAMILY);
  }

  /** The model of the family that prices a part of a chip; empty if none does. */
  static String of(Chip chip, Part part) {
    Part owner = OF_ARRAY.contains(part) ? Part.CROSSBAR : part;
    return Models.of(chip, owner) instanceof ComponentModel.Named named
            && named.name().startsWith(FAMILY)
        ? named.name()
        : "";
  }
}
