package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect.Topology;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Hop;
import dev.kirchhoff.mapper.evaluate.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.evaluate.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Room;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Stand;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Sums;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Taken;
import dev.kirchhoff.mapper.evaluate.MappedDesign.Time;
import dev.kirchhoff.mapper.layout.Block;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.Matrix;
import dev.kirchhoff.mapper.traffic.Flows;
import dev.kirchhoff.mapper.traffic.LayerFlows;
import dev.kirchhoff.mapper.traffic.Piece;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a mapped design out; on demand, outside the loop. */
final class MappingReader {
  private final DesignMapping mapping;
  private final Layout layout;
  private final boolean isReloaded;
  private final int sites;

  private MappingReader(DesignMapping mapping) {
    this.mapping = mapping;
    layout = JobLayout.of(mapping);
    isReloaded = mapping.inPhases();
    sites = Math.max(1, (int) mapping.tiles());
  }

  static MappedDesign read(DesignMapping mapping) {
    return new MappingReader(mapping).read();
  }

  private MappedDesign read() {
    int units = sites;
    if (!isReloaded) {
      units = (int) Math.ceil((double) layout.crossbars() / mapping.use().perTile());
    }
    Flows.Builder flows = new Flows.Builder(Math.max(1, units));
    List<MappedNetwork> networks = new ArrayList<>();
    boolean isSwitched =
        mapping.design().chip().uncore().interconnect().kind() == Topology.RECONFIGURABLE;
    List<List<Flows>> circuits = new ArrayList<>();
    double counted = 0;
    for (int j = 0; j < mapping.jobs(); j++) {
      JobMapping job = mapping.job(j);
      networks.add(network(j, job));
      LayerTraffic travels = traffic(j, job);
      LayerFlows.add(
          job.job().network(), travels.bits(), travels.pieces(), mapping.share(j), flows);
      if (isSwitched) {
        circuits.add(circuits(job, travels, units));
      }
      counted += mapping.share(j) * job.counts.of(Action.HOP_BIT);
    }
    return new MappedDesign(
        layout,
        room(),
        networks,
        flows.build(),
        circuits,
        mapping.fabric(),
        new Hop(
            mapping.prices().energy_fJ(Action.HOP_BIT),
            counted,
            TrafficReport.link_nsPerBit(mapping)));
  }

  private double reloaded() {
    double sum = 0;
    for (int j = 0; j < mapping.jobs() && isReloaded; j++) {
      sum += mapping.phases().reloaded(j);
    }
    return sum;
  }

  private Room room() {
    return new Room(
        sites,
        mapping.design().chip().pe().perTile(),
        Math.round(mapping.crossbarsOnChip()),
        mapping.chips(),
        Math.round(mapping.crossbars()),
        Math.round(mapping.missing()),
        Math.round(reloaded()));
  }

  private MappedNetwork network(int j, JobMapping job) {
    List<MappedLayer> layers = new ArrayList<>();
    PhaseTimes times = new PhaseTimes(mapping, j);
    for (int l = 0; l < job.layers(); l++) {
      times.next(l);
      layers.add(layer(j, l, job, times.shift_ns()));
    }
    return new MappedNetwork(
        job.job().network().name(),
        mapping.share(j),
        job.schedule.isPipelined(),
        mapping.latency_ns(j),
        mapping.interval_ns(j),
        layers,
        times.phases(),
        TrafficReport.of(mapping, job));
  }

  private MappedLayer layer(int j, int l, JobMapping job, double shift_ns) {
    Layer layer = job.job().network().layers().get(l);
    Sums sums = new Sums(0, 0, 0);
    double utilization = 0;
    double crossbars = job.crossbars(l);
    if (!layer.dynamic()) {
      LayerCounter counter = job.counter(l, mapping.use());
      sums = new Sums(counter.mergedInPe(), counter.mergedInTile(), counter.mergedOverFabric());
      double cells =
          crossbars * mapping.use().side().rows() * (double) mapping.use().side().columns();
      utilization = cells > 0 ? Math.min(1, job.usedCells(l) * job.copies(l) / cells) : 0;
    }
    return new MappedLayer(
        layer.name(),
        layer.shape(),
        layer.dynamic(),
        new Taken(job.copies(l), Math.round(crossbars), utilization),
        new Stand(mapping.phaseOf(j, l) + 1, mapping.chipOf(j, l)),
        job.run.overflow().out_bits(l) + job.run.overflow().in_bits(l),
        sums,
        new Time(
            job.schedule.start_ns(l) + shift_ns,
            job.schedule.end_ns(l) + shift_ns,
            job.schedule.layer(l).time_ns()));
  }

  /** What each layer of a network moves, and where its weights are. */
  private record LayerTraffic(List<LayerFlows.Bits> bits, List<Piece.OfLayer> pieces) {}

  /** The flows of each layer by itself. */
  private static List<Flows> circuits(JobMapping job, LayerTraffic travels, int units) {
    List<Flows.Builder> builders = new ArrayList<>();
    for (int l = 0; l < job.layers(); l++) {
      builders.add(new Flows.Builder(Math.max(1, units)));
    }
    LayerFlows.addByLayer(job.job().network(), travels.bits(), travels.pieces(), builders);
    return builders.stream().map(Flows.Builder::build).toList();
  }

  private LayerTraffic traffic(int j, JobMapping mapped) {
    Job job = mapped.job();
    List<LayerFlows.Bits> bits = new ArrayList<>();
    List<Piece.OfLayer> pieces = new ArrayList<>();
    for (int l = 0; l < mapped.layers(); l++) {
      Layer layer = job.network().layers().get(l);
      Precision precision = job.precision().get(l);
      bits.add(
          new LayerFlows.Bits(
              MapBits.inputBits(layer, precision),
              (double) layer.shape().outputs() * precision.outputs(),
              (double) layer.shape().outputs()
                  * LayerCounter.sumBits(
                      precision.weights(), precision.inputs(), layer.shape().inputsPerOutput())));
      Optional<LayerLayout> found = layout.layer(j, l);
      pieces.add(found.map(this::pieces).orElseGet(Piece.OfLayer::dynamic));
    }
    return new LayerTraffic(bits, pieces);
  }

  private Piece.OfLayer pieces(LayerLayout layer) {
    List<List<Piece>> copies = new ArrayList<>();
    for (int copy = 0; copy < layer.copies(); copy++) {
      List<Piece> pieces = new ArrayList<>();
      layer.forEach(copy, block -> pieces.add(piece(layer.matrix(), block)));
      copies.add(pieces);
    }
    return new Piece.OfLayer(copies);
  }

  private Piece piece(Matrix matrix, Block block) {
    int tile = layout.place(block.crossbar()).tile();
    int group = matrix.group(block.part());
    double groups = matrix.shape().groups();
    return new Piece(
        isReloaded ? tile % sites : tile,
        share(group, groups, block.firstRow(), block.rows().count(), matrix.height()),
        share(group, groups, block.firstColumn(), block.columns().count(), matrix.width()));
  }

  private static Piece.Share share(int group, double groups, int first, int count, double of) {
    return new Piece.Share((group + first / of) / groups, (group + (first + count) / of) / groups);
  }
}
