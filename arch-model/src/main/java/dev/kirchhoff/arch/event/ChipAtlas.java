package dev.kirchhoff.arch.event;

import dev.kirchhoff.arch.event.DesignAnalysis.KnobMove;
import dev.kirchhoff.arch.event.DesignAnalysis.LoggedDesign;
import java.util.List;
import java.util.Optional;

/**
 * Service that lays designs of runs out on their chips, as {@code map} does: tiles on the fabric,
 * layers on tiles, blocks on crossbars, loads of links. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Every method throws {@link IllegalArgumentException} where the run was made by another model
 * version, or there is nothing to lay out; the message is for the user.
 */
public interface ChipAtlas {

  /**
   * The chip of a design: its tiles, the layers on them and the loads of its links.
   *
   * @param moves knobs with new ordinals, one after another
   */
  ChipSheet chip(LoggedDesign design, List<KnobMove> moves);

  /** The blocks of weights on one tile of such a chip. */
  TileSheet tile(LoggedDesign design, List<KnobMove> moves, int tile);

  /**
   * A chip.
   *
   * @param fits whether everything is on it, at once or reloaded; else no tile has a place
   * @param size sizes
   * @param fabric word of the interconnect
   * @param gridColumns nodes in a row, where the fabric is a grid; 0 elsewhere
   * @param layers layers on crossbars, in the order of their numbers in {@link Tiles}
   * @param tiles tiles that have weights
   * @param links loaded links, the most loaded ones where there are very many
   * @param linkCount number of all loaded links
   * @param link_bitPerNs bits that a link of capacity 1 carries in a nanosecond
   * @param interval_ns time between two inferences, mean over the networks
   * @param areas areas of the parts of one chip, one tile and one PE
   */
  record ChipSheet(
      boolean fits,
      Size size,
      String fabric,
      int gridColumns,
      List<LayerOnChip> layers,
      Tiles tiles,
      Links links,
      int linkCount,
      double link_bitPerNs,
      double interval_ns,
      List<PartArea> areas) {
    public ChipSheet {
      layers = List.copyOf(layers);
      areas = List.copyOf(areas);
    }
  }

  /**
   * Sizes of a chip.
   *
   * @param chips chips
   * @param tiles tiles of all chips
   * @param crossbars crossbars that layers take
   * @param loads loads of a tile at most: phases in which weights are written over others
   */
  record Size(
      int chips,
      int tiles,
      int pesPerTile,
      int crossbarsPerPe,
      int rows,
      int columns,
      long crossbars,
      int loads) {}

  /**
   * A layer on crossbars.
   *
   * @param network network
   * @param name layer
   * @param crossbars crossbars of all its copies
   * @param copies copies
   * @param utilization used cells / cells of these crossbars
   * @param energy_uJ its dynamic energy of an inference of its network
   * @param share share of its network's inferences in all
   */
  record LayerOnChip(
      String network,
      String name,
      long crossbars,
      int copies,
      double utilization,
      double energy_uJ,
      double share) {}

  /**
   * Tiles in columns, one by one or, on large chips, in squares.
   *
   * @param side nodes of a square each way, or tiles in a row where the fabric is no grid; 1 =
   *     tiles one by one
   * @param tile number of the tile, of a square the first
   * @param count tiles of the square that have weights
   * @param chip its chip
   * @param node node of the fabric that it is at
   * @param layer the layer that uses most of its cells, by its number in the list
   * @param layers layers on it, at most on one tile of a square
   * @param crossbars crossbars that are taken on it, each load counted
   * @param cells cells that hold weights, each load counted
   * @param energy_uJ dynamic energy of a mean inference: that of the layers in proportion to the
   *     cells that they use here
   */
  record Tiles(
      int side,
      List<Integer> tile,
      List<Integer> count,
      List<Integer> chip,
      List<Integer> node,
      List<Integer> layer,
      List<Integer> layers,
      List<Integer> crossbars,
      List<Long> cells,
      List<Double> energy_uJ) {
    public Tiles {
      tile = List.copyOf(tile);
      count = List.copyOf(count);
      chip = List.copyOf(chip);
      node = List.copyOf(node);
      layer = List.copyOf(layer);
      layers = List.copyOf(layers);
      crossbars = List.copyOf(crossbars);
      cells = List.copyOf(cells);
      energy_uJ = List.copyOf(energy_uJ);
    }
  }

  /**
   * Loaded links in columns.
   *
   * @param chip its chip
   * @param from node that it leaves, −1 = the port of the chip
   * @param to node that it enters, −1 = the port
   * @param bits bits of an inference
   * @param capacity width in widths of a plain link
   */
  record Links(
      List<Integer> chip,
      List<Integer> from,
      List<Integer> to,
      List<Long> bits,
      List<Double> capacity) {
    public Links {
      chip = List.copyOf(chip);
      from = List.copyOf(from);
      to = List.copyOf(to);
      bits = List.copyOf(bits);
      capacity = List.copyOf(capacity);
    }
  }

  /**
   * Area of a part.
   *
   * @param level {@code pe}, {@code tile} or {@code chip}
   * @param part part
   * @param area_um2 area of all its instances in one PE, one tile or one chip
   */
  record PartArea(String level, String part, double area_um2) {}

  /**
   * A tile.
   *
   * @param tile its number
   * @param blocks blocks of weights on it
   */
  record TileSheet(int tile, List<BlockOnTile> blocks) {
    public TileSheet {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * A block of weights on a crossbar.
   *
   * @param pe PE of the tile
   * @param crossbar crossbar of the PE
   * @param load load of the tile, where it is loaded several times
   * @param layer number of the layer in {@link ChipSheet#layers()}
   * @param copy copy of the layer
   * @param part part of its matrix
   * @param row first wordline
   * @param rows wordlines
   * @param column first bitline
   * @param columns bitlines
   * @param matrixRow row of the part on the first wordline
   * @param matrixColumn column of the part on the first bitline
   */
  record BlockOnTile(
      int pe,
      int crossbar,
      Optional<Integer> load,
      int layer,
      int copy,
      int part,
      int row,
      int rows,
      int column,
      int columns,
      int matrixRow,
      int matrixColumn) {}
}
