package dev.kirchhoff.mapper.report;

import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.mapper.evaluate.Ledger;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Evaluated design in full: position of every weight, traffic between tiles, schedule of the
 * layers; the same counts as the evaluation's.
 *
 * <p>Units of the flows are tiles in the order in which layers fill them; which site of the fabric
 * each takes is left open. If weights are programmed again during an inference, tiles beyond the
 * chip are its first ones again.
 *
 * <pre>{@code
 * MappedDesign mapped = MappingReader.read(new Evaluator().evaluated(design));
 * mapped.networks().get(0).layers().get(0).copies();
 * }</pre>
 *
 * @param layout blocks of all layers
 * @param capacity capacity of the chip and its use
 * @param networks by network, then layer
 * @param flows between tiles, mean of an inference by the networks' weights
 * @param connections on a reconfigurable fabric, by network and layer, what needs connections; else
 *     empty
 * @param fabric interconnect of the tiles
 * @param hop price of the traffic
 */
public record MappedDesign(
    Layout layout,
    Capacity capacity,
    List<MappedNetwork> networks,
    Flows flows,
    List<List<Flows>> connections,
    Fabric fabric,
    Hop hop) {
  public MappedDesign {
    networks = List.copyOf(networks);
    connections = connections.stream().map(List::copyOf).toList();
  }

  /**
   * Crossbars.
   *
   * @param tiles tiles of the chip
   * @param pesPerTile PEs of a tile
   * @param onChip crossbars of the chip
   * @param chips chips of equal size that hold the workload; tiles and crossbars are those of all
   * @param taken crossbars that layers take, copies included
   * @param missing crossbars that one copy of everything lacks
   * @param reloaded crossbars programmed again in each inference
   */
  public record Capacity(
      int tiles, int pesPerTile, long onChip, int chips, long taken, long missing, long reloaded) {
    /** Tiles of one chip. */
    public int tilesOfChip() {
      return tiles / chips;
    }

    /** True if everything is on the chip, at once or in turn. */
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
   * @param phases phases in which its weights are loaded, in their order; none if all stay
   * @param traffic traffic of its layers, as the evaluation counts it
   */
  public record MappedNetwork(
      String name,
      double share,
      boolean isPipelined,
      double latency_ns,
      double interval_ns,
      List<MappedLayer> layers,
      List<Phase> phases,
      TrafficReport traffic) {
    public MappedNetwork {
      layers = List.copyOf(layers);
      phases = List.copyOf(phases);
    }
  }

  /**
   * A phase: weights written into crossbars that other layers had before.
   *
   * @param number its number among those of all networks, from 1
   * @param layers its layers, by number in their network, from 0
   * @param crossbars crossbars that are written
   * @param start_ns begin of writing in a batch's first inference
   * @param writing_ns time of writing
   * @param putAway_bits bits of the batch that tiles cannot hold meanwhile; written and read back
   */
  public record Phase(
      int number,
      List<Integer> layers,
      long crossbars,
      double start_ns,
      double writing_ns,
      double putAway_bits) {
    public Phase {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A layer on the chip.
   *
   * @param name its name
   * @param shape its matrix
   * @param isDynamic on digital units, not on crossbars
   * @param weightsOf layer on whose crossbars it multiplies; empty on crossbars of its own
   * @param allocation crossbars that it takes
   * @param residency phase and chip of its weights
   * @param spilled_bits bits of an inference that buffers of tiles do not hold: written to the next
   *     level and read back, both counted
   * @param sums places at which partial sums are merged
   * @param time start, end and busy time
   */
  public record MappedLayer(
      String name,
      MatrixShape shape,
      boolean isDynamic,
      Optional<String> weightsOf,
      Allocation allocation,
      Residency residency,
      double spilled_bits,
      Sums sums,
      Time time) {}

  /**
   * Crossbars of a layer and their utilization.
   *
   * @param copies copies of its weights
   * @param crossbars crossbars that it takes, copies included
   * @param utilization used cells / cells of these crossbars
   */
  public record Allocation(int copies, long crossbars, double utilization) {}

  /**
   * Phase and chip in which the weights of a layer are on crossbars.
   *
   * @param phase number, from 1, of the phase that loads them; empty if they stay
   * @param chip chip on which the layer begins, from 0
   */
  public record Residency(OptionalInt phase, int chip) {}

  /**
   * Additions of partial sums in one inference.
   *
   * @param inPe by the shift-and-adds of a PE
   * @param inTile by the adders of a tile, over its bus
   * @param overFabric with sums that come from another tile
   */
  public record Sums(double inPe, double inTile, double overFabric) {}

  /**
   * Start, end and busy time of a layer.
   *
   * @param start_ns since the inference began; of a batch in phases, since its first one did
   * @param end_ns end, counted likewise
   * @param busy_ns time that its vectors take
   */
  public record Time(double start_ns, double end_ns, double busy_ns) {}

  /**
   * Price of the traffic.
   *
   * @param ledger prices of bits and hops
   * @param counted bits times hops of an inference as the evaluation counts them, with layers in
   *     the order of tiles, in parts, and with what buffers cannot hold
   * @param link_nsPerBit time of a bit on a link of one width
   */
  public record Hop(Ledger ledger, double counted, double link_nsPerBit) {
    /** Energy of bits over hops. */
    public double traffic_fJ(double bitHops) {
      return ledger.traffic_fJ(bitHops);
    }
  }
}
