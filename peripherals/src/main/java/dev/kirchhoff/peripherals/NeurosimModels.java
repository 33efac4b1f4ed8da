package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;

/** Names of the models fitted to NeuroSim, and the parts that they price. */
final class NeurosimModels {
  static final String ARRAY = "neurosim-array";
  static final String BUFFER = "neurosim-buffer";
  static final String FEED = "neurosim-feed";
  static final String LOGIC = "neurosim-logic";
  static final String BUS = "neurosim-bus";
  static final String H_TREE = "neurosim-h-tree";

  private static final String FAMILY = "neurosim-";

  private NeurosimModels() {}

  /** True if a model is of the family. */
  static boolean isOfFamily(ComponentModel model) {
    return model instanceof ComponentModel.Named named && named.name().startsWith(FAMILY);
  }

  /** The model of the family that prices a part of a chip; empty if none does. */
  static String of(Chip chip, Part part) {
    Part owner =
        switch (part) {
          case INPUT, COLUMN_MUX, WRITE_DRIVER -> Part.CROSSBAR;
          default -> part;
        };
    return Models.of(chip, owner) instanceof ComponentModel.Named named
            && named.name().startsWith(FAMILY)
        ? named.name()
        : "";
  }
}
