package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.ProcessingElement;

/** How many instances of a part one PE, one tile or one chip has. */
final class Instances {
  private Instances() {}

  static double of(ChipCircuits circuits, Part part) {
    Chip chip = circuits.chip;
    int crossbars = chip.crossbar().perPe();
    // A table model includes decoder, column mux, front end and write drivers.
    boolean table = chip.crossbar().isTable();
    return switch (part) {
      case CROSSBAR -> crossbars;
      case INPUT -> (double) chip.crossbar().rows() * crossbars;
      case FRONT_END -> {
        if (table || !circuits.amplified) {
          yield 0;
        }
        yield circuits.sampled ? columns(chip) : converters(circuits);
      }
      case SAMPLE_HOLD -> circuits.sampled ? columns(chip) : 0;
      case COLUMN_MUX -> table || circuits.turns() == 1 ? 0 : converters(circuits);
      case READOUT -> converters(circuits);
      case SHIFT_ADD -> shiftAdds(circuits);
      case INPUT_REGISTER -> one(chip.pe().inputRegister());
      case OUTPUT_REGISTER -> circuits.converter.keepsSum() ? 0 : one(chip.pe().outputRegister());
      case WRITE_DRIVER -> table ? 0 : writeDrivers(circuits);
      case TILE_BUFFER -> one(chip.tile().buffer());
      // Without a buffer there is nothing that a bus would connect.
      case BUS -> chip.tile().bus().width_bits() > 0 && chip.tile().buffer().exists() ? 1 : 0;
      case TILE_OUTPUT_REGISTER -> one(chip.tile().outputRegister());
      case RELU -> chip.tile().units().relu().count();
      case SIGMOID -> chip.tile().units().sigmoid().count();
      case MAX_POOL -> chip.tile().units().maxPool().count();
      case TILE_SHIFT_ADD -> chip.tile().units().shiftAdd().count();
      case VECTOR -> chip.tile().units().vector().count();
      case INTERCONNECT -> routers(chip.uncore().interconnect());
      case GLOBAL_BUFFER -> one(chip.uncore().globalBuffer());
      case IO -> chip.uncore().io().kind() == Io.IoKind.NONE ? 0 : chip.uncore().io().links();
      case PE_OTHERS, TILE_OTHERS, CHIP_OTHERS ->
          OtherParts.of(chip, part.level()).isEmpty() ? 0 : 1;
      case CONTROL -> 0;
    };
  }

  private static double shiftAdds(ChipCircuits circuits) {
    int count = circuits.chip.pe().shiftAdd().count();
    if (circuits.converter.keepsSum() || count == ProcessingElement.NO_SHIFT_ADD) {
      return 0;
    }
    return count == ProcessingElement.PER_CONVERTER ? converters(circuits) : count;
  }

  private static double converters(ChipCircuits circuits) {
    Chip chip = circuits.chip;
    int perAdc = Math.max(chip.pe().readout().columnsPerAdc(), circuits.columnsPerSum());
    int columns = chip.crossbar().allColumns();
    return (double) ((columns + perAdc - 1) / perAdc) * chip.crossbar().perPe();
  }

  /** Drivers follow the cells written at once; an array of NeuroSim has one a column. */
  private static double writeDrivers(ChipCircuits circuits) {
    Chip chip = circuits.chip;
    return NeurosimCircuits.model(chip, Part.WRITE_DRIVER).isEmpty()
        ? (double) circuits.writeDriver.drivers() * chip.crossbar().perPe()
        : columns(chip);
  }

  private static double columns(Chip chip) {
    int columns = chip.crossbar().allColumns();
    return (double) columns * chip.crossbar().perPe();
  }

  private static double one(Memory memory) {
    return memory.exists() && memory.size_B() > 0 ? 1 : 0;
  }

  private static double routers(Interconnect fabric) {
    return switch (fabric.kind()) {
      case NONE -> 0;
      case H_TREE, BUS, RING, MESH, TORUS, FAT_TREE, RECONFIGURABLE -> 1;
      case CONCENTRATED_MESH -> 1.0 / Math.max(1, fabric.tilesPerRouter());
    };
  }
}
