package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * A tile's share of the links between tiles: the names that the equations of a fabric may read.
 *
 * @param ports ports of a router, 0 where there is none
 * @param tracks tracks of a switched channel, else 1
 * @param width wires of a link or a track
 * @param wires lengths of its links
 * @param cycle_ns cycle of the clock
 */
public record TileLinks(
    Process process, int ports, int tracks, int width, Wires wires, double cycle_ns) {
  /** The vocabulary. */
  public static final Vocabulary<TileLinks> VOCABULARY =
      Vocabulary.<TileLinks>builder()
          .including(ProcessNames.VOCABULARY, TileLinks::process)
          .quantity("ports", "1", "p", "ports of a router", TileLinks::ports)
          .quantity("tracks", "1", "n_t", "tracks of a channel", TileLinks::tracks)
          .quantity("width", "1", "w", "wires of a link or a track", TileLinks::width)
          .quantity("length", "um", "l", "mean length of a link", l -> l.wires.mean_um)
          .quantity("laid", "um", "l_A", "length of links laid a tile", l -> l.wires.laid_um)
          .quantity("common", "um", "l_t", "length of a common link", l -> l.wires.common_um)
          .quantity("cycle", "ns", "t_clk", "cycle of the clock", TileLinks::cycle_ns)
          .build();

  /**
   * Lengths of links; of those that get longer with the number of tiles one pitch.
   *
   * @param mean_um mean length
   * @param laid_um length laid per tile
   * @param common_um length of those whose time all have
   */
  public record Wires(double mean_um, double laid_um, double common_um) {
    /** Links of one length. */
    public static Wires alike(double length_um, double laid_um) {
      return new Wires(length_um, laid_um, length_um);
    }
  }
}
