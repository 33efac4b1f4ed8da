package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.link.TileLinks.Wires;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;

/** Fabrics of the catalogue, links of one length and all of it laid unless it is stated. */
public final class Fabrics {
  private Fabrics() {}

  private static Fabric of(String circuit, TileLinks links) {
    return Fabric.of(Circuits.CATALOGUE, circuit, links);
  }

  /** A router. */
  public static Fabric router(Process process, int ports, int width, Wires wires, double cycle_ns) {
    return of("router-orion", new TileLinks(process, ports, 1, width, wires, cycle_ns));
  }

  /** A router of a fat tree with a pitch of its wires. */
  public static Fabric fatTree(
      Process process, int ports, int width, double pitch_um, double cycle_ns) {
    Wires wires = Wires.alike(pitch_um, pitch_um);
    return of("fat-tree", new TileLinks(process, ports, 1, width, wires, cycle_ns));
  }

  /** A segment of an H-tree, a pitch long. */
  public static Fabric tree(Process process, int width, double pitch_um, double cycle_ns) {
    Wires wires = Wires.alike(pitch_um, pitch_um);
    return of("h-tree", new TileLinks(process, 0, 1, width, wires, cycle_ns));
  }

  /** A tile's share of a bus. */
  public static Fabric bus(Process process, int width, double pitch_um, double cycle_ns) {
    Wires wires = Wires.alike(pitch_um, pitch_um);
    return of("shared-bus", new TileLinks(process, 0, 1, width, wires, cycle_ns));
  }

  /** A switch box. */
  public static Fabric switchBox(Process process, int tracks, int width, Wires wires) {
    return of("switch-box", new TileLinks(process, 0, tracks, width, wires, 1));
  }
}
