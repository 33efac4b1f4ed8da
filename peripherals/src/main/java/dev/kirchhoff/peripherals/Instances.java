package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Transpose;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Instances of a part in one PE, one tile or one chip. Wordline drivers belong to a crossbar; what
 * stands at its columns belongs to a set, of which crossbars that take turns have one together.
 * Routers and links of a fat tree are one of each a tile here; the mapper counts how many they are.
 */
final class Instances {
  private Instances() {}

  /** Counts the instances of all parts. */
  static void count(ChipCircuits circuits, double[] byPart) {
    Chip chip = circuits.chip();
    inPe(circuits, byPart);
    set(byPart, Part.TILE_BUFFER, one(chip.tile().buffer()));
    // Without a buffer there is nothing that a bus would connect.
    boolean hasBus = chip.tile().bus().width_bits() > 0 && chip.tile().buffer().isPresent();
    set(byPart, Part.BUS, hasBus ? 1 : 0);
    set(byPart, Part.TILE_OUTPUT_REGISTER, one(chip.tile().outputRegister()));
    set(byPart, Part.RELU, chip.tile().units().relu().count());
    set(byPart, Part.SIGMOID, chip.tile().units().sigmoid().count());
    set(byPart, Part.MAX_POOL, chip.tile().units().maxPool().count());
    set(byPart, Part.TILE_SHIFT_ADD, chip.tile().units().shiftAdd().count());
    set(byPart, Part.VECTOR, chip.tile().units().vector().count());
    set(byPart, Part.INTERCONNECT, routers(chip.uncore().interconnect()));
    set(byPart, Part.LINKS, chip.uncore().interconnect().kind() == Topology.FAT_TREE ? 1 : 0);
    set(byPart, Part.GLOBAL_BUFFER, one(chip.uncore().globalBuffer()));
    set(byPart, Part.IO, chip.uncore().io().map(Io::links).orElse(0));
    set(byPart, Part.PE_OTHERS, chip.pe().others().isEmpty() ? 0 : 1);
    set(byPart, Part.TILE_OTHERS, chip.tile().others().isEmpty() ? 0 : 1);
    set(byPart, Part.CHIP_OTHERS, chip.uncore().others().isEmpty() ? 0 : 1);
    set(byPart, Part.CONTROL, 0);
  }

  private static void inPe(ChipCircuits circuits, double[] byPart) {
    Chip chip = circuits.chip();
    int crossbars = chip.crossbar().perPe();
    // A table model includes decoder, column mux, front end and write drivers.
    boolean table = chip.crossbar().isTable();
    double converters = converters(circuits);
    double columns = columns(chip);
    boolean isSampled = circuits.site().kind().turns().areSampled();
    double perLine = isSampled ? columns : converters;
    boolean isAmplified = !table && circuits.column().frontEnd().isPresent();
    set(byPart, Part.CROSSBAR, crossbars);
    set(byPart, Part.INPUT, (double) chip.crossbar().rows() * crossbars);
    set(byPart, Part.ROW_SELECTOR, chip.crossbar().skipsZeroRows() ? crossbars : 0);
    set(byPart, Part.FRONT_END, isAmplified ? perLine : 0);
    boolean combines = chip.pe().input().combines();
    set(byPart, Part.SAMPLE_HOLD, isSampled ? columns : combines ? converters : 0);
    boolean muxed = circuits.site().sums().turns() > 1 || chip.crossbar().perSet() > 1;
    set(byPart, Part.COLUMN_MUX, table || !muxed ? 0 : converters);
    set(byPart, Part.READOUT, converters);
    set(byPart, Part.SHIFT_ADD, shiftAdds(circuits));
    set(byPart, Part.INPUT_REGISTER, one(chip.pe().inputRegister()));
    boolean keepsSum = circuits.column().converter().keepsSum();
    set(byPart, Part.OUTPUT_REGISTER, keepsSum ? 0 : one(chip.pe().outputRegister()));
    KernelParts kernels = chip.pe().kernelParts();
    set(byPart, Part.TRANSPOSE, kernels.transpose() == Transpose.NONE ? 0 : crossbars);
    double rows = chip.crossbar().rows();
    set(byPart, Part.FEEDBACK, kernels.feedback().isPresent() ? rows * crossbars : 0);
    set(byPart, Part.RANDOM, kernels.random().count());
    set(byPart, Part.WRITE_DRIVER, table ? 0 : writeDrivers(circuits));
  }

  private static void set(double[] byPart, Part part, double number) {
    byPart[part.ordinal()] = number;
  }

  private static double shiftAdds(ChipCircuits circuits) {
    if (circuits.column().converter().keepsSum()) {
      return 0;
    }
    OptionalInt count = circuits.chip().pe().shiftAdd().count();
    return count.isPresent() ? count.getAsInt() : converters(circuits);
  }

  private static double converters(ChipCircuits circuits) {
    Chip chip = circuits.chip();
    int perAdc =
        Math.max(chip.pe().readout().columnsPerAdc(), circuits.site().sums().columnsPerSum());
    int columns = chip.crossbar().allColumns();
    return (double) ((columns + perAdc - 1) / perAdc) * chip.crossbar().working();
  }

  /** Drivers follow the cells written at once; an array of NeuroSim has one a column. */
  private static double writeDrivers(ChipCircuits circuits) {
    Chip chip = circuits.chip();
    return NeurosimModels.of(chip, Part.WRITE_DRIVER).isEmpty()
        ? (double) circuits.writeDriver().drivers() * chip.crossbar().working()
        : columns(chip);
  }

  private static double columns(Chip chip) {
    int columns = chip.crossbar().allColumns();
    return (double) columns * chip.crossbar().working();
  }

  private static double one(Optional<Memory> memory) {
    return memory.isPresent() && memory.get().size_B() > 0 ? 1 : 0;
  }

  private static double routers(Interconnect fabric) {
    return fabric.kind() == Topology.NONE ? 0 : 1.0 / Math.max(1, fabric.tilesPerRouter());
  }
}
