package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.FatTreeRouter;
import dev.kirchhoff.peripherals.link.Router;
import dev.kirchhoff.peripherals.link.SharedBus;
import dev.kirchhoff.peripherals.link.SwitchBox;
import dev.kirchhoff.peripherals.link.TreeSegment;
import dev.kirchhoff.peripherals.link.Wiring;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/**
 * The circuits of a chip that are as long as its tiles are: the bus in a tile and the fabric
 * between tiles. They are laid when the side of a tile without them is known. Wires that get longer
 * with the number of tiles are one pitch here, the side of a tile: the mapper counts pitches.
 */
final class ChipWires {
  private final Chip chip;
  private final Process process;
  private final Circuits circuits;

  ChipWires(Chip chip, Process process, Circuits circuits) {
    this.chip = chip;
    this.process = process;
    this.circuits = circuits;
  }

  /** The bus across a tile of a side. */
  SheetCircuit bus(double side_um) {
    return wires(chip.tile().bus().width_bits(), side_um, side_um);
  }

  /** One pitch of a link of the fabric over tiles of a side. */
  SheetCircuit link(double side_um) {
    return wires(chip.uncore().interconnect().width_bits(), side_um, side_um);
  }

  /** A tile's share of the fabric over tiles of a side. */
  Fabric fabric(double side_um) {
    Interconnect fabric = chip.uncore().interconnect();
    int width = fabric.width_bits();
    return switch (fabric.kind()) {
      case NONE, H_TREE -> new TreeSegment(wires(width, side_um, 2 * side_um));
      case RECONFIGURABLE ->
          new SwitchBox(
              process,
              fabric.tracks(),
              width,
              wires(width * fabric.tracks(), side_um, 2 * side_um));
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
              wires(width, 2 * side_um, 8 * side_um),
              wires(width, side_um, 0).time_ns(Wiring.DELAY));
      case RING -> router(3, side_um, 2);
      case BUS -> new SharedBus(process, width, link(side_um));
      case FAT_TREE -> {
        int ports = fabric.tree().orElseThrow().arity() + 1;
        yield new FatTreeRouter(router(ports, 0, 0), link(side_um));
      }
    };
  }

  private SheetCircuit wires(int width, double length_um, double laid_um) {
    return new Wiring(process, width, length_um, laid_um).repeated(circuits);
  }

  /** A router whose outgoing links have a length. */
  private Router router(int ports, double length_um, int links) {
    int width = chip.uncore().interconnect().width_bits();
    return new Router(process, ports, width, wires(width, length_um, links * length_um));
  }
}
