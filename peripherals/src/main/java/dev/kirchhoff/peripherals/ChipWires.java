package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.TileLinks;
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
  private static final String ROUTER = "router-orion";

  private final Chip chip;
  private final Process process;
  private final Circuits circuits;
  private final double cycle_ns;

  ChipWires(Chip chip, Process process, Circuits circuits, double cycle_ns) {
    this.chip = chip;
    this.process = process;
    this.circuits = circuits;
    this.cycle_ns = cycle_ns;
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
    TileLinks.Wires pitch = TileLinks.Wires.alike(side_um, 2 * side_um);
    return switch (fabric.kind()) {
      case NONE, H_TREE -> laid("h-tree", 0, pitch);
      case RECONFIGURABLE -> laid("switch-box", 0, pitch);
      case MESH -> router(5, side_um, 4);
      case CONCENTRATED_MESH -> {
        int tiles = Math.max(1, fabric.tilesPerRouter());
        yield router(4 + tiles, side_um * Math.sqrt(tiles), 4);
      }
      // Links of a tile's side and, one in a row, as long as all of them together: two sides on
      // average. The long ones do not take longer than the routers that they save.
      case TORUS -> laid(ROUTER, 5, new TileLinks.Wires(2 * side_um, 8 * side_um, side_um));
      case RING -> router(3, side_um, 2);
      case BUS -> laid("shared-bus", 0, TileLinks.Wires.alike(side_um, side_um));
      case FAT_TREE -> laid("fat-tree", fabric.tree().orElseThrow().arity() + 1, pitch);
    };
  }

  private SheetCircuit wires(int width, double length_um, double laid_um) {
    return new Wiring(process, width, length_um, laid_um).repeated(circuits);
  }

  /** A router whose outgoing links have a length. */
  private Fabric router(int ports, double length_um, int links) {
    return laid(ROUTER, ports, TileLinks.Wires.alike(length_um, links * length_um));
  }

  private Fabric laid(String circuit, int ports, TileLinks.Wires wires) {
    Interconnect fabric = chip.uncore().interconnect();
    return Fabric.of(
        circuits,
        circuit,
        new TileLinks(process, ports, fabric.tracks(), fabric.width_bits(), wires, cycle_ns));
  }
}
