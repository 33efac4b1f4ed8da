package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Packing;
import dev.kirchhoff.mapper.tile.Tiling;

/**
 * Crossbar parameters of a design that the mapping of each layer depends on.
 *
 * @param side size of a crossbar
 * @param weights encoding of signed weights as conductances
 * @param input encoding of inputs as pulses
 * @param cellBits bits of one cell
 * @param perPe crossbars in one PE
 * @param working crossbars of a PE that work at once
 * @param perTile crossbars in one tile
 * @param windowFloor smallest conductance / largest conductance, the share that an unused cell
 *     conducts
 * @param skipsZeroRows whether rows whose digit is zero are skipped
 * @param packingRules arrangement of layers on crossbars
 */
public record ArrayUse(
    Tiling.CrossbarSize side,
    WeightEncoding weights,
    Input input,
    int cellBits,
    int perPe,
    int working,
    int perTile,
    double windowFloor,
    boolean skipsZeroRows,
    PackingRules packingRules) {
  /**
   * Arrangement of layers on crossbars.
   *
   * @param packed whether groups of a grouped layer share a crossbar
   * @param kernels whether positions of a kernel have row blocks of their own
   * @param floorplan whether layers share tiles
   */
  public record PackingRules(boolean packed, boolean kernels, Floorplan floorplan) {}

  /** Layers that share tiles, all rows of which are read. */
  public ArrayUse(
      Tiling.CrossbarSize side,
      WeightEncoding weights,
      Input input,
      int cellBits,
      int perPe,
      int perTile,
      double windowFloor,
      boolean packed) {
    this(
        side,
        weights,
        input,
        cellBits,
        perPe,
        perPe,
        perTile,
        windowFloor,
        false,
        new PackingRules(packed, false, Floorplan.SHARED));
  }

  /** True if crossbars take turns behind one set of converters. */
  public boolean takesTurns() {
    return working < perPe;
  }

  /** True if groups of a grouped layer share a crossbar. */
  public boolean packed() {
    return packingRules.packed();
  }

  /** True if layers share tiles. */
  public Floorplan floorplan() {
    return packingRules.floorplan();
  }

  /** Of a design. */
  public static ArrayUse of(Design design) {
    Chip chip = design.chip();
    int perPe = chip.crossbar().perPe();
    return new ArrayUse(
        new Tiling.CrossbarSize(
            chip.crossbar().rows(),
            chip.crossbar().columns(),
            Math.min(chip.crossbar().rowsActive(), chip.crossbar().rows()),
            chip.crossbar().weights().referenceColumns()),
        chip.crossbar().weights(),
        chip.pe().input(),
        chip.cell().bits(),
        perPe,
        chip.crossbar().working(),
        perPe * chip.pe().perTile(),
        1 / chip.cell().device().window().onOffRatio(),
        chip.crossbar().skipsZeroRows(),
        new PackingRules(
            design.mapping().packing() == Packing.BLOCK_DIAGONAL,
            design.mapping().allocation().arrangement() == Arrangement.KERNEL_POSITION,
            design.mapping().floorplan()));
  }
}
