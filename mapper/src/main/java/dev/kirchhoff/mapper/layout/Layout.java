package dev.kirchhoff.mapper.layout;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Positions of all weights of a workload: crossbar, rows and columns of each block of each copy of
 * each layer on crossbars. Layers of dynamic matrices have no place in it.
 *
 * <p>Crossbars are counted over the chip: those of a PE next to each other, PEs of a tile next to
 * each other. Tiles are numbered as the layers fill them; their sites on the fabric are the
 * placement's subject.
 *
 * <pre>{@code
 * Layout layout = LayoutReader.read(new Evaluator().evaluated(design).mapping());
 * layout.forEach((layer, block) -> {
 *   Layout.CrossbarLocation place = layout.place(block.crossbar());
 *   System.out.println(place.tile() + " " + block.rows());
 * });
 * }</pre>
 *
 * @param size size of crossbars, PEs and tiles
 * @param layers layers on crossbars, by network, then layer
 * @param crossbars crossbars that are taken, those left free by whole tiles included
 */
public record Layout(Size size, List<LayerLayout> layers, long crossbars) {
  public Layout {
    layers = List.copyOf(layers);
  }

  /**
   * Sizes.
   *
   * @param rows rows of a crossbar
   * @param columns columns of a crossbar that hold weights
   * @param perPe crossbars of a PE
   * @param perTile crossbars of a tile
   */
  public record Size(int rows, int columns, int perPe, int perTile) {}

  /**
   * A crossbar.
   *
   * @param tile tile, in the order in which layers fill them
   * @param pe PE of the tile
   * @param crossbar crossbar of the PE
   */
  public record CrossbarLocation(int tile, int pe, int crossbar) {}

  /** Tile, PE and number in the PE of a crossbar. */
  public CrossbarLocation place(long crossbar) {
    int inTile = (int) (crossbar % size.perTile());
    return new CrossbarLocation(
        (int) (crossbar / size.perTile()), inTile / size.perPe(), inTile % size.perPe());
  }

  /** The layout of a layer; empty for a dynamic matrix. */
  public Optional<LayerLayout> layer(int network, int layer) {
    return layers.stream()
        .filter(found -> found.network() == network && found.layer() == layer)
        .findFirst();
  }

  /** Passes all blocks on, in order. */
  public void forEach(BiConsumer<LayerLayout, Block> consumer) {
    for (LayerLayout layer : layers) {
      layer.forEach(block -> consumer.accept(layer, block));
    }
  }
}
