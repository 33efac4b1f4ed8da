package dev.kirchhoff.mapper.traffic;

import java.util.List;

/**
 * A block of a layer's weights as the fabric sees it: channels that it reads and adds to, and the
 * unit that it lies on.
 *
 * @param unit unit that the block lies on
 * @param inputs channels of the input map that its rows read
 * @param outputs channels of the output map that its columns add to
 */
public record Piece(int unit, Share inputs, Share outputs) {

  /**
   * Channels next to each other, as shares of all channels of a map, those of all groups.
   *
   * @param from begin of the channels, 0..1
   * @param to their end, 0..1
   */
  public record Share(double from, double to) {
    /** All channels. */
    public static final Share ALL = new Share(0, 1);

    double width() {
      return to - from;
    }
  }

  /**
   * All pieces of a layer.
   *
   * @param copies by copy, each takes an equal band of the map; pieces that add to the same outputs
   *     stand in the order in which partial sums go from one to the next. None for a dynamic matrix
   */
  public record OfLayer(List<List<Piece>> copies) {
    public OfLayer {
      copies = copies.stream().map(List::copyOf).toList();
    }

    /** Of a dynamic matrix, which has no weights. */
    public static OfLayer dynamic() {
      return new OfLayer(List.of());
    }

    boolean isDynamic() {
      return copies.isEmpty();
    }
  }
}
