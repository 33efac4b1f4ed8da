package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.FatTreeBranch;
import dev.kirchhoff.peripherals.link.Router;
import dev.kirchhoff.peripherals.link.SharedBus;
import dev.kirchhoff.peripherals.link.SwitchBox;
import dev.kirchhoff.peripherals.link.TreeSegment;
import dev.kirchhoff.peripherals.link.Wires;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * The circuits of a chip that are as long as its tiles are: the bus in a tile and the fabric
 * between tiles. They are laid when the side of a tile without them is known.
 */
final class ChipWires {
  private static final double LN_2 = StrictMath.log(2);
  private static final double TILES_IF_FIT = 64;
  private static final double LEVELS_IF_FIT = StrictMath.log(TILES_IF_FIT) / LN_2;

  private final Chip chip;
  private final Process process;

  ChipWires(Chip chip, Process process) {
    this.chip = chip;
    this.process = process;
  }

  /** The bus across a tile of a side. */
  Wires bus(double side_um) {
    return new Wires(process, chip.tile().bus().width_bits(), side_um, side_um);
  }

  /** A tile's share of the fabric over tiles of a side. */
  Fabric fabric(double side_um) {
    Interconnect fabric = chip.uncore().interconnect();
    int width = fabric.width_bits();
    return switch (fabric.kind()) {
      case NONE, H_TREE ->
          new TreeSegment(new Wires(process, width, treeSegment_um(side_um), 2 * side_um));
      case RECONFIGURABLE ->
          new SwitchBox(
              process,
              fabric.tracks(),
              width,
              new Wires(process, width * fabric.tracks(), side_um, 2 * side_um));
      case MESH -> router(5, side_um, 4);
      case CONCENTRATED_MESH -> {
        int tiles = Math.max(1, fabric.tilesPerRouter());
        yield router(4 + tiles, side_um * Math.sqrt(tiles), 4);
      }
      // Links of a tile's side and, one in a row, as long as all of them together: two sides on
      // average. The long ones do not take longer than the routers that they save.
      case TORUS ->
          new Router(
              process,
              5,
              width,
              new Wires(process, width, 2 * side_um, 8 * side_um),
              new Wires(process, width, side_um, 0).delay_ns());
      case RING -> router(3, side_um, 2);
      case BUS ->
          new SharedBus(process, width, new Wires(process, width, tiles() * side_um, side_um));
      case FAT_TREE -> {
        Interconnect.Tree tree = fabric.tree().orElseThrow();
        double levels = FatTreeBranch.levels(tree, tiles());
        double segment_um = side_um * Math.max(1, Math.sqrt(tiles()) / levels);
        Wires segment = new Wires(process, width, segment_um, 0);
        double laid_um = side_um * FatTreeBranch.pitches(tree, tiles());
        yield new FatTreeBranch(
            new Router(process, tree.arity() + 1, width, segment),
            new Wires(process, width, segment_um, laid_um),
            tree,
            tiles());
      }
    };
  }

  /** A router whose outgoing links have a length. */
  private Router router(int ports, double length_um, int links) {
    int width = chip.uncore().interconnect().width_bits();
    return new Router(
        process, ports, width, new Wires(process, width, length_um, links * length_um));
  }

  /** Tiles of the chip; 64 where their number follows from the workload. */
  private double tiles() {
    return chip.tile().count().isPresent() ? chip.tile().count().getAsInt() : TILES_IF_FIT;
  }

  /**
   * Length of a segment of an H-tree over tiles of a side. From leaf to root of n tiles lie log2 n
   * segments and about sqrt(n) tile pitches, so that a segment is sqrt(n)/log2 n pitches on
   * average, at least one; a tile's share of the tree is two pitches of wire. Where the number of
   * tiles follows from the workload, 64 are assumed.
   */
  double treeSegment_um(double side_um) {
    double levels =
        chip.tile().count().isPresent()
            ? Math.max(1, StrictMath.log(chip.tile().count().getAsInt()) / LN_2)
            : LEVELS_IF_FIT;
    return side_um * Math.max(1, Math.sqrt(tiles()) / levels);
  }
}
