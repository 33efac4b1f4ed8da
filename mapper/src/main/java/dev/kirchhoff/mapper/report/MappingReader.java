package dev.kirchhoff.mapper.report;

import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.flow.ProgramFlow;
import dev.kirchhoff.mapper.layout.Block;
import dev.kirchhoff.mapper.layout.LayerLayout;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.LayoutReader;
import dev.kirchhoff.mapper.layout.Matrix;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.report.MappedDesign.Allocation;
import dev.kirchhoff.mapper.report.MappedDesign.Capacity;
import dev.kirchhoff.mapper.report.MappedDesign.Hop;
import dev.kirchhoff.mapper.report.MappedDesign.MappedLayer;
import dev.kirchhoff.mapper.report.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.report.MappedDesign.Residency;
import dev.kirchhoff.mapper.report.MappedDesign.Sums;
import dev.kirchhoff.mapper.report.MappedDesign.Time;
import dev.kirchhoff.mapper.schedule.BufferOverflow;
import dev.kirchhoff.mapper.traffic.Flows;
import dev.kirchhoff.mapper.traffic.LayerFlows;
import dev.kirchhoff.mapper.traffic.TrafficBlock;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Written-out mapping of an evaluated design, on demand. */
public final class MappingReader {
  private final EvaluatedDesign evaluated;
  private final Mapping mapping;
  private final Layout layout;
  private final int sites;

  private MappingReader(EvaluatedDesign evaluated) {
    this.evaluated = evaluated;
    mapping = evaluated.mapping();
    layout = LayoutReader.read(mapping);
    sites = Math.max(1, (int) mapping.tiles());
  }

  /** Blocks, traffic and schedule of an evaluated design. */
  public static MappedDesign read(EvaluatedDesign evaluated) {
    return new MappingReader(evaluated).read();
  }

  private MappedDesign read() {
    int units = sites;
    if (!mapping.inPhases()) {
      units = (int) Math.ceil((double) layout.crossbars() / mapping.use().perTile());
    }
    Flows.Builder flows = new Flows.Builder(Math.max(1, units));
    List<MappedNetwork> networks = new ArrayList<>();
    boolean isSwitched =
        evaluated.design().chip().uncore().interconnect().kind() == Topology.RECONFIGURABLE;
    List<List<Flows>> connections = new ArrayList<>();
    double counted = 0;
    for (int j = 0; j < evaluated.programs(); j++) {
      MappedProgram program = evaluated.program(j);
      networks.add(network(j, program));
      LayerTraffic travels = traffic(j, program);
      LayerFlows.add(
          program.job().network(), travels.bits(), travels.pieces(), program.share(), flows);
      if (isSwitched) {
        connections.add(connections(program, travels, units));
      }
      counted += program.share() * evaluated.flow(j).actions().of(Action.HOP_BIT);
    }
    return new MappedDesign(
        layout,
        capacity(),
        networks,
        flows.build(),
        connections,
        mapping.fabric(),
        new Hop(evaluated.ledger(), counted, TrafficReport.link_nsPerBit(evaluated)));
  }

  private Capacity capacity() {
    return new Capacity(
        sites,
        evaluated.design().chip().pe().perTile(),
        Math.round(mapping.crossbarsOnChip()),
        mapping.size().chips(),
        Math.round(mapping.size().crossbars()),
        Math.round(mapping.size().missing()),
        Math.round(mapping.reloadedCrossbars()));
  }

  private MappedNetwork network(int j, MappedProgram program) {
    PhaseTimes times = PhaseTimes.of(evaluated, j);
    List<MappedLayer> layers = new ArrayList<>();
    for (int l = 0; l < program.layers(); l++) {
      layers.add(layer(j, l, program, times.delay_ns(l)));
    }
    return new MappedNetwork(
        program.name(),
        program.share(),
        evaluated.flow(j).schedule().isPipelined(),
        evaluated.flow().latency_ns(j),
        evaluated.flow().interval_ns(j),
        layers,
        times.phases(),
        TrafficReport.of(evaluated, j));
  }

  private MappedLayer layer(int j, int l, MappedProgram program, double delay_ns) {
    Layer layer = program.counts().layer(l);
    ProgramFlow flow = evaluated.flow(j);
    Sums sums = new Sums(0, 0, 0);
    double utilization = 0;
    double crossbars = program.crossbars(l);
    if (!layer.dynamic()) {
      CrossbarMapping crossbarMapping = program.counts().mapping(l).orElseThrow();
      sums =
          new Sums(
              crossbarMapping.mergedInPe(),
              crossbarMapping.mergedInTile(),
              crossbarMapping.mergedOverFabric());
      double cells =
          crossbars * mapping.use().side().rows() * (double) mapping.use().side().columns();
      utilization = cells > 0 ? Math.min(1, program.usedCells(l) / cells) : 0;
    }
    return new MappedLayer(
        layer.name(),
        layer.shape(),
        layer.dynamic(),
        Optional.of(program.counts().storing(l))
            .filter(storing -> storing != l)
            .map(storing -> program.counts().layer(storing).name()),
        new Allocation(program.copies(l), Math.round(crossbars), utilization),
        new Residency(number(mapping.phaseOf(j, l)), mapping.chipOf(j, l)),
        flow.overflow().out_bits(l) + flow.overflow().in_bits(l),
        sums,
        new Time(
            flow.schedule().start_ns(l) + delay_ns,
            flow.schedule().end_ns(l) + delay_ns,
            flow.schedule().layer(l).time_ns()));
  }

  /** Bits of each layer of a network, and the pieces of its matrix. */
  private record LayerTraffic(List<LayerFlows.Bits> bits, List<TrafficBlock.LayerBlocks> pieces) {}

  /** The flows of each layer by itself. */
  private static List<Flows> connections(MappedProgram program, LayerTraffic travels, int units) {
    List<Flows.Builder> builders = new ArrayList<>();
    for (int l = 0; l < program.layers(); l++) {
      builders.add(new Flows.Builder(Math.max(1, units)));
    }
    LayerFlows.addByLayer(program.job().network(), travels.bits(), travels.pieces(), builders);
    return builders.stream().map(Flows.Builder::build).toList();
  }

  private LayerTraffic traffic(int j, MappedProgram program) {
    List<LayerFlows.Bits> bits = new ArrayList<>();
    List<TrafficBlock.LayerBlocks> pieces = new ArrayList<>();
    for (int l = 0; l < program.layers(); l++) {
      bits.add(bits(j, l, program));
      Optional<LayerLayout> found = layout.layer(j, program.counts().storing(l));
      pieces.add(found.map(this::pieces).orElseGet(TrafficBlock.LayerBlocks::dynamic));
    }
    return new LayerTraffic(bits, pieces);
  }

  private LayerFlows.Bits bits(int j, int l, MappedProgram program) {
    ActivationBits bits = program.counts().bits();
    Dataflow flow = bits.flow();
    List<Double> reads = new ArrayList<>();
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      reads.add(bits.read(i));
    }
    List<Double> joins = new ArrayList<>();
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      joins.add(bits.join(i));
    }
    int layer = mapping.firstLayer(j) + l;
    double putAway =
        mapping.loading().map(found -> found.spilled_bits(layer) / found.batch()).orElse(0.0);
    BufferOverflow overflow = evaluated.flow(j).overflow();
    return new LayerFlows.Bits(
        reads,
        joins,
        program.counts().mapping(l).map(CrossbarMapping::outputSumBits).orElse(0.0),
        bits.leaving(l),
        overflow.out_bits(l) + putAway,
        overflow.in_bits(l) + putAway);
  }

  private TrafficBlock.LayerBlocks pieces(LayerLayout layer) {
    List<List<TrafficBlock>> copies = new ArrayList<>();
    for (int copy = 0; copy < layer.copies(); copy++) {
      List<TrafficBlock> pieces = new ArrayList<>();
      layer.forEach(copy, block -> pieces.add(piece(layer.matrix(), block)));
      copies.add(pieces);
    }
    return new TrafficBlock.LayerBlocks(copies);
  }

  private TrafficBlock piece(Matrix matrix, Block block) {
    int tile = layout.place(block.crossbar()).tile();
    int group = matrix.group(block.part());
    double groups = matrix.shape().groups();
    return new TrafficBlock(
        mapping.inPhases() ? tile % sites : tile,
        share(group, groups, block.firstRow(), block.rows().count(), matrix.height()),
        share(group, groups, block.firstColumn(), block.columns().count(), matrix.width()));
  }

  private static TrafficBlock.ChannelRange share(
      int group, double groups, int first, int count, double outputs) {
    return new TrafficBlock.ChannelRange(
        (group + first / outputs) / groups, (group + (first + count) / outputs) / groups);
  }

  private static OptionalInt number(OptionalInt phase) {
    return phase.isPresent() ? OptionalInt.of(phase.getAsInt() + 1) : phase;
  }
}
