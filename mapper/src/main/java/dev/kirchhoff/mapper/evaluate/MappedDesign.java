package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.place.Fabric;
import dev.kirchhoff.mapper.place.Flows;
import java.util.List;

/**
 * A design's mapping in full: where every weight stands, what travels between tiles, when layers
 * run. The same counts as {@link Evaluator}'s, written out.
 *
 * <p>Units of the flows are tiles in the order in which layers fill them; which site of the fabric
 * each takes is left open. Where weights are programmed again during an inference, tiles beyond the
 * chip are its first ones again.
 *
 * <pre>{@code
 * MappedDesign mapped = MappedDesign.of(design);
 * mapped.networks().get(0).layers().get(0).copies();
 * }</pre>
 *
 * @param layout blocks of all layers
 * @param room what the chip has and what is taken
 * @param networks by network, then layer
 * @param flows between tiles, mean of an inference by the networks' weights
 * @param fabric what joins the tiles
 * @param hop price of the traffic
 */
public record MappedDesign(
    Layout layout, Room room, List<MappedNetwork> networks, Flows flows, Fabric fabric, Hop hop) {
  public MappedDesign {
    networks = List.copyOf(networks);
  }

  /**
   * Crossbars.
   *
   * @param tiles tiles of the chip
   * @param pesPerTile PEs of a tile
   * @param onChip crossbars of the chip
   * @param taken crossbars that layers take, copies included
   * @param missing crossbars that one copy of everything lacks
   * @param reloaded crossbars programmed again in each inference
   */
  public record Room(
      int tiles, int pesPerTile, long onChip, long taken, long missing, long reloaded) {
    /** Whether everything is on the chip, at once or in turn. */
    public boolean fits() {
      return missing == 0 || reloaded > 0;
    }
  }

  /**
   * A network on the chip.
   *
   * @param name its name
   * @param share share of its inferences in all
   * @param isPipelined whether its layers run at the same time
   * @param latency_ns time of an inference
   * @param interval_ns time between the starts of two
   * @param layers its layers
   */
  public record MappedNetwork(
      String name,
      double share,
      boolean isPipelined,
      double latency_ns,
      double interval_ns,
      List<MappedLayer> layers) {
    public MappedNetwork {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A layer on the chip.
   *
   * @param name its name
   * @param shape its matrix
   * @param isDynamic on digital units, not on crossbars
   * @param copies copies of its weights
   * @param crossbars crossbars that it takes, copies included
   * @param utilization used cells / cells of these crossbars
   * @param sums where partial sums are merged
   * @param time when it runs
   */
  public record MappedLayer(
      String name,
      MatrixShape shape,
      boolean isDynamic,
      int copies,
      long crossbars,
      double utilization,
      Sums sums,
      Time time) {}

  /**
   * Additions of partial sums in one inference.
   *
   * @param inPe by the shift-and-adds of a PE
   * @param inTile by the adders of a tile, over its bus
   * @param overFabric with sums that come from another tile
   */
  public record Sums(double inPe, double inTile, double overFabric) {}

  /**
   * When a layer runs.
   *
   * @param start_ns since the inference began
   * @param end_ns since the inference began
   * @param busy_ns time that its vectors take
   */
  public record Time(double start_ns, double end_ns, double busy_ns) {}

  /**
   * Price of the traffic.
   *
   * @param energy_fJ of one bit and hop
   * @param counted bits times hops of an inference as the evaluation counts them, with layers in
   *     the order of tiles, in parts, and with what buffers cannot hold
   */
  public record Hop(double energy_fJ, double counted) {}

  /** Maps a design with the library's prices. */
  public static MappedDesign of(Design design) {
    Evaluator evaluator = new Evaluator();
    evaluator.evaluate(design, new Totals());
    return MappingReader.read(evaluator.mapping());
  }
}
