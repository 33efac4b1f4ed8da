package dev.kirchhoff.mapper.traffic;

import java.util.List;

/**
 * Block of a layer's weights in the traffic model: channels that it reads and adds to, and the unit
 * that holds it.
 *
 * @param unit unit that the block lies on
 * @param inputs channels of the input map that its rows read
 * @param outputs channels of the output map that its columns add to
 */
public record TrafficBlock(int unit, ChannelRange inputs, ChannelRange outputs) {

  /**
   * Channels next to each other, as shares of all channels of a map, those of all groups.
   *
   * @param from begin of the channels, 0..1
   * @param to their end, 0..1
   */
  public record ChannelRange(double from, double to) {
    /** All channels. */
    public static final ChannelRange ALL = new ChannelRange(0, 1);

    double width() {
      return to - from;
    }
  }

  /**
   * All blocks of a layer.
   *
   * @param copies by copy, each takes an equal strip of the map; blocks that add to the same
   *     outputs stand in the order in which partial sums go from one to the next. None for a
   *     dynamic matrix
   */
  public record LayerBlocks(List<List<TrafficBlock>> copies) {
    public LayerBlocks {
      copies = copies.stream().map(List::copyOf).toList();
    }

    /** Of a dynamic matrix, which has no weights. */
    public static LayerBlocks dynamic() {
      return new LayerBlocks(List.of());
    }

    boolean isDynamic() {
      return copies.isEmpty();
    }
  }
}
