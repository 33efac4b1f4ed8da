package dev.kirchhoff.mapper.flow;

import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.KernelCounts;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.LayoutReader;
import dev.kirchhoff.mapper.mapping.MappedProgram;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.mapper.mapping.NextLevel;
import dev.kirchhoff.mapper.mapping.PhaseLoading;
import dev.kirchhoff.mapper.mapping.ProgramCounts;
import dev.kirchhoff.mapper.schedule.BufferOverflow;
import dev.kirchhoff.mapper.schedule.CrossbarSpan;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.LeadTime;
import dev.kirchhoff.mapper.schedule.Pipeline;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.Schedule.Batch;
import dev.kirchhoff.mapper.schedule.TileBuffers;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.mapper.tile.BlockShape;
import dev.kirchhoff.mapper.traffic.BlockGrid;
import dev.kirchhoff.mapper.traffic.BlockGrid.SpreadBlocks;
import dev.kirchhoff.mapper.traffic.LinkShares;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Routes and schedules one program of a mapping: the function behind {@link ProgramFlow}. */
final class ProgramRouting {
  private final Design design;
  private final Timing timing;
  private final Mapping mapping;
  private final int index;
  private final MappedProgram program;
  private final ProgramCounts counts;
  private final ActivationBits bits;
  private final Dataflow flow;
  private final int layers;
  private final boolean isPipelined;
  private final NextLevel level;
  private final double link_nsPerBit;
  private final int[] firstTile;
  private final int[] tiles;

  private ProgramRouting(Design design, Timing timing, Mapping mapping, int index) {
    this.design = design;
    this.timing = timing;
    this.mapping = mapping;
    this.index = index;
    program = mapping.programs().get(index);
    counts = program.counts();
    bits = counts.bits();
    flow = bits.flow();
    layers = counts.layers();
    // The steps of a kernel follow one another, whatever the schedule of networks.
    isPipelined = mapping.size().isPipelined() && !program.job().isKernel();
    level = NextLevel.of(design.chip(), timing);
    link_nsPerBit =
        TileRates.transfer_ns(
            design.chip().uncore().interconnect().tracks(),
            timing.link_bitPerNs(mapping.pitches().hop()));
    firstTile = new int[layers];
    tiles = new int[layers];
    for (int l = 0; l < layers; l++) {
      CrossbarSpan span = mapping.span(index, l);
      int producer = flow.read(flow.firstRead(l));
      if (span.count() == 0 && !Dataflow.isInput(producer)) {
        firstTile[l] = firstTile[producer];
        tiles[l] = tiles[producer];
      } else {
        firstTile[l] = mapping.tileOf(span.first());
        int last = mapping.tileOf(span.first() + Math.max(0, span.count() - 1));
        tiles[l] = Math.max(1, last - firstTile[l] + 1);
      }
    }
  }

  /**
   * Flow of a program.
   *
   * @param traffic {@link Traffic#of}, or a memo of it
   */
  static ProgramFlow route(
      Design design,
      Timing timing,
      Mapping mapping,
      int index,
      Function<Traffic.Key, Traffic> traffic) {
    return new ProgramRouting(design, timing, mapping, index).route(traffic);
  }

  private ProgramFlow route(Function<Traffic.Key, Traffic> ofKey) {
    ActionCounts.Builder actions = program.actions(mapping.use().windowFloor());
    Traffic traffic = ofKey.apply(resident());
    OffTileTraffic offTile = networkAndChips(actions);
    List<LayerTime> times = times(traffic);
    return isPipelined
        ? pipelined(actions, traffic, offTile, times)
        : layerByLayer(actions, traffic, offTile, times);
  }

  /** Argument of the traffic model, no map spilled. */
  private Traffic.Key resident() {
    // Blocks that share crossbars with other layers follow no order.
    Optional<Layout> layout =
        program.sharing().isPresent() ? Optional.of(LayoutReader.read(mapping)) : Optional.empty();
    List<Optional<BlockGrid>> blocks = new ArrayList<>(layers);
    for (int l = 0; l < layers; l++) {
      if (counts.isOnCrossbars(l)) {
        SpreadBlocks spread = layout.isEmpty() ? SpreadBlocks.NONE : spread(l, layout.get());
        blocks.add(Optional.of(blocks(l, spread)));
      } else {
        blocks.add(Optional.empty());
      }
    }
    return new Traffic.Key(
        design.chip().uncore().interconnect(),
        mapping.fabric().sites(),
        isPipelined,
        mapping.size().chips(),
        bits,
        blocks);
  }

  private BlockShape shape(int l) {
    return counts.mapping(l).orElseThrow().blocks(counts.layer(l).shape(), mapping.use());
  }

  private BlockGrid blocks(int l, SpreadBlocks spread) {
    CrossbarSpan span = mapping.span(index, l);
    return new BlockGrid(
        shape(l),
        span.first(),
        span.count(),
        program.copies(l),
        mapping.use().perTile(),
        program.isWritten(l),
        counts.mapping(l).orElseThrow().outputSumBits(),
        spread);
  }

  /** Blocks of a layer where a layout has them. */
  private SpreadBlocks spread(int l, Layout layout) {
    BlockShape shape = shape(l);
    int positions = shape.positions();
    return layout
        .layer(index, counts.storing(l))
        .<SpreadBlocks>map(
            own -> {
              int parts = own.matrix().parts();
              int together = (int) Math.round(parts / (shape.groups() * positions));
              return (copy, group, row, column) -> {
                int part = group * positions * together + row / shape.down();
                long crossbar =
                    own.crossbar(copy, Math.min(parts - 1, part), row % shape.down(), column);
                return layout.place(crossbar).tile();
              };
            })
        .orElse(SpreadBlocks.NONE);
  }

  /** Counts the network's input and output, and maps that come from other chips. */
  private OffTileTraffic networkAndChips(ActionCounts.Builder actions) {
    OffTileTraffic offTile = OffTileTraffic.none(level, mapping.size().chips());
    if (bits.inputBits() > 0) {
      int first = bits.inputLayer();
      offTile = network(actions, offTile, first, bits.inputBits() / iterations(first));
    }
    for (int l = 0; l < layers && mapping.size().chips() > 1; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        offTile = fromChip(actions, offTile, l, flow.read(i), bits.read(i));
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        offTile = fromChip(actions, offTile, l, flow.join(i), bits.join(i));
      }
    }
    int last = layers - 1;
    return network(actions, offTile, last, bits.map(last) / iterations(last));
  }

  /**
   * Reads of a kernel's layer that follow one another: only the inputs of the first come from
   * outside the chip and only the outputs of the last leave it. 1 of a network.
   */
  private double iterations(int l) {
    return program.job().isKernel() ? flow.steps(l) : 1;
  }

  /** Bits of the network's input or output, through the port by way of the chip's buffer. */
  private OffTileTraffic network(
      ActionCounts.Builder actions, OffTileTraffic offTile, int l, double moved) {
    level.count(actions, l, moved);
    return offTile.plusNetwork(moved, chipOf(l));
  }

  /**
   * Bits that a layer gets from another chip; chips stand in a row and pass on what is not theirs.
   */
  private OffTileTraffic fromChip(
      ActionCounts.Builder actions, OffTileTraffic offTile, int l, int producer, double moved) {
    if (isOnOneChip(l, producer)) {
      return offTile;
    }
    int low = Math.min(chipOf(producer), chipOf(l));
    int high = Math.max(chipOf(producer), chipOf(l));
    OffTileTraffic sum = offTile;
    for (int chip = low; chip <= high; chip++) {
      double passed = chip == low || chip == high ? moved : 2 * moved;
      actions.add(l, Action.IO_BIT, passed);
      sum = sum.plusOther(passed, chip);
    }
    return sum;
  }

  private boolean isOnOneChip(int l, int producer) {
    return Dataflow.isInput(producer) || chipOf(producer) == chipOf(l);
  }

  /** Bits that a layer gets from other chips. */
  private double fromChips_bits(int l) {
    double sum = 0;
    for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
      sum += isOnOneChip(l, flow.read(i)) ? 0 : bits.read(i);
    }
    for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
      sum += isOnOneChip(l, flow.join(i)) ? 0 : bits.join(i);
    }
    return sum;
  }

  private int chipOf(int l) {
    return mapping.chipOfTile(middleTile(l));
  }

  /** Mean hops between the tiles of a layer and the port. */
  private double hopsToPort(int l) {
    double sum = 0;
    for (int tile = 0; tile < tiles[l]; tile++) {
      sum += mapping.hopsToPort(firstTile[l] + tile);
    }
    return sum / tiles[l];
  }

  private int middleTile(int l) {
    return firstTile[l] + (tiles[l] - 1) / 2;
  }

  /** Times of the layers as if neither links nor the way off the tiles took time. */
  private List<LayerTime> times(Traffic traffic) {
    double cycle_ns = timing.pass().cycle_ns();
    double hop_ns = timing.hop().over_ns(mapping.pitches().hop());
    List<LayerTime> times = new ArrayList<>(layers);
    for (int l = 0; l < layers; l++) {
      double way_ns = traffic.hops(l) * hop_ns;
      if (!counts.isOnCrossbars(l)) {
        // All tiles do a digital layer; in a pipeline those of all layers share them in proportion
        // to their work.
        double work_ns = program.times().digital_ns(l, isPipelined) / mapping.tiles();
        double vector_ns = work_ns / flow.vectors(l);
        LayerTime time =
            LayerTime.of(flow, l, 1, vector_ns, LayerTime.PIPELINE_DEPTH * cycle_ns, way_ns);
        times.add(withWork(l, time));
        continue;
      }
      double copies = program.copies(l);
      double iterations = Math.ceil(flow.vectors(l) / copies);
      double parts = mapping.parts(program.crossbarsOfCopy(l));
      double iteration_ns = parts * program.crossbarTime_ns(l, isPipelined) / iterations;
      double fill_ns = LayerTime.PIPELINE_DEPTH * program.times().pass_ns(l);
      LayerTime time = LayerTime.of(flow, l, copies, iteration_ns, fill_ns, way_ns);
      times.add(
          program.isWritten(l)
              ? time.withLead(LeadTime.writing(writing_ns(l)))
              : withWork(l, time));
    }
    return times;
  }

  /** A layer's time with the work of a kernel beside its reads, which follow one another. */
  private LayerTime withWork(int l, LayerTime time) {
    return counts.layer(l).kernel().isEmpty() ? time : time.withLead(kernelTimes(l));
  }

  private LeadTime kernelTimes(int l) {
    return KernelTimes.of(design, timing, mapping, program, l, workTiles(l));
  }

  /** Time of writing a matrix of activations: crossbars of a tile one after another. */
  private double writing_ns(int l) {
    double cells = counts.usedCells(l) / program.crossbarsOfCopy(l);
    double inTile = Math.min(program.crossbars(l), mapping.use().perTile());
    return inTile * timing.programming().groups(cells) * timing.programming().group_ns();
  }

  private TileBuffers buffers() {
    double tile_bits =
        design.chip().tile().buffer().map(Memory::size_B).orElse(0.0) * Units.BITS_PER_BYTE;
    return new TileBuffers(mapping.use().perTile(), mapping.tiles(), tile_bits);
  }

  /**
   * True if reads of a kernel run beside those before them, as of blocks of a matrix: unless they
   * may share converters or crossbars with them.
   */
  private boolean isBeside(int l) {
    return counts.layer(l).kernel().besideBefore()
        && !mapping.use().takesTurns()
        && program.sharing().isEmpty();
  }

  /** Tiles that do the work behind a layer's reads: those of all reads beside it. */
  private int workTiles(int l) {
    int from = l;
    while (isBeside(from)) {
      from--;
    }
    int lowest = firstTile[from];
    int highest = firstTile[from] + tiles[from];
    for (int other = from + 1; other < layers && isBeside(other); other++) {
      lowest = Math.min(lowest, firstTile[other]);
      highest = Math.max(highest, firstTile[other] + tiles[other]);
    }
    return highest - lowest;
  }

  /**
   * Overflow of a kernel: of the data that its task keeps and the vectors of a read. Independent
   * vectors of a call are taken one after another, so that no map is held as a whole.
   */
  private BufferOverflow ofKernel() {
    double kept_bits = 0;
    double vector_bits = 0;
    double[] read_bits = new double[layers];
    double[] written_bits = new double[layers];
    for (int l = 0; l < layers; l++) {
      KernelWork work = counts.layer(l).kernel();
      kept_bits += work.kept_bits();
      vector_bits = Math.max(vector_bits, (bits.taken(l) + bits.map(l)) / flow.vectors(l));
      read_bits[l] = KernelCounts.read_bits(work);
      written_bits[l] = KernelCounts.written_bits(work);
    }
    return BufferOverflow.ofData(
        kept_bits + vector_bits, read_bits, written_bits, buffers().all_bits());
  }

  /** Layers one by one; each has the links to itself. */
  private ProgramFlow layerByLayer(
      ActionCounts.Builder actions, Traffic whole, OffTileTraffic without, List<LayerTime> times) {
    BufferOverflow overflow =
        program.job().isKernel()
            ? ofKernel()
            : BufferOverflow.layerByLayer(bits, buffers().all_bits());
    OffTileTraffic offTile = spill(actions, without, overflow);
    Traffic traffic = spilled(whole, overflow);
    waitForNextLevel(times, overflow, offTile);
    for (int l = 0; l < layers && link_nsPerBit > 0; l++) {
      double enough = times.get(l).time_ns() / link_nsPerBit;
      times.set(l, times.get(l).atLeast(traffic.most(l, enough) * link_nsPerBit));
    }
    Schedule schedule = Schedule.layerByLayer(times, offTile.network_ns(), this::isBeside);
    return finish(actions, schedule, traffic, overflow, offTile, 0);
  }

  /**
   * Layers side by side, which share all links. If the most loaded link takes longest of all, no
   * layer is faster than the links that bring its inputs.
   */
  private ProgramFlow pipelined(
      ActionCounts.Builder actions, Traffic whole, OffTileTraffic without, List<LayerTime> times) {
    Pipeline pipeline = run(times);
    BufferOverflow overflow =
        BufferOverflow.pipelined(pipeline, bits, mapping.spans().get(index), buffers());
    OffTileTraffic offTile = spill(actions, without, overflow);
    Traffic traffic = spilled(whole, overflow);
    if (waitForNextLevel(times, overflow, offTile)) {
      pipeline = run(times);
    }
    double shared_ns = offTile.shared_ns();
    double fabric_ns = 0;
    if (link_nsPerBit > 0) {
      double enough_ns = shared_ns;
      for (LayerTime time : times) {
        enough_ns = Math.max(enough_ns, time.busy_ns());
      }
      fabric_ns = traffic.mostOfAll(enough_ns / link_nsPerBit) * link_nsPerBit;
      if (fabric_ns > enough_ns) {
        pipeline = waitForLinks(pipeline, traffic, times);
      }
    }
    Schedule schedule = Schedule.pipelined(pipeline, Math.max(shared_ns, fabric_ns));
    return finish(actions, schedule, traffic, overflow, offTile, fabric_ns);
  }

  private Pipeline run(List<LayerTime> times) {
    return Pipeline.of(flow, times, bits.inputBits() * level.port_nsPerBit());
  }

  /** Counts maps that the tiles cannot hold: written to the next level and read back. */
  private OffTileTraffic spill(
      ActionCounts.Builder actions, OffTileTraffic without, BufferOverflow overflow) {
    OffTileTraffic offTile = without;
    if (overflow.exists()) {
      double buffered = level.bufferedFraction(overflow.offChip_bits());
      for (int l = 0; l < layers; l++) {
        double out = overflow.out_bits(l);
        double in = overflow.in_bits(l);
        if (out + in > 0) {
          actions.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, out * buffered);
          actions.add(l, Action.GLOBAL_BUFFER_READ_BIT, in * buffered);
          actions.add(l, Action.IO_BIT, (out + in) * (1 - buffered));
          offTile = offTile.plusSpilled(out + in, buffered, chipOf(l));
        }
      }
    }
    return offTile;
  }

  private Traffic spilled(Traffic whole, BufferOverflow overflow) {
    if (!overflow.exists()) {
      return whole;
    }
    double[] out_bits = new double[layers];
    double[] in_bits = new double[layers];
    for (int l = 0; l < layers; l++) {
      out_bits[l] = overflow.out_bits(l);
      in_bits[l] = overflow.in_bits(l);
    }
    return whole.withSpills(out_bits, in_bits);
  }

  /**
   * Makes layers as slow as the bandwidth that they need off their tiles: in a pipeline the time of
   * all that buffer or port carry, layer by layer that of their own bits. Those of a kernel wait
   * for it beside their reads.
   *
   * @return whether any layer waits
   */
  private boolean waitForNextLevel(
      List<LayerTime> times, BufferOverflow overflow, OffTileTraffic offTile) {
    if (!overflow.exists() && mapping.size().chips() == 1) {
      return false;
    }
    boolean pipelined = isPipelined;
    double buffered = overflow.exists() ? level.bufferedFraction(overflow.offChip_bits()) : 1;
    boolean isSlower = false;
    for (int l = 0; l < layers; l++) {
      double spilled = overflow.out_bits(l) + overflow.in_bits(l);
      double off = spilled * (1 - buffered) + fromChips_bits(l);
      double least_ns = 0;
      if (spilled * buffered > 0) {
        double moved = pipelined ? offTile.buffer_bits() : spilled * buffered;
        least_ns = moved * level.buffer_nsPerBit();
      }
      if (off > 0) {
        double port_ns = pipelined ? offTile.port_ns() : off * level.port_nsPerBit();
        least_ns = Math.max(least_ns, port_ns);
      }
      if (program.job().isKernel()) {
        // Digital work waits for its operands after the reads.
        times.set(l, times.get(l).withLead(times.get(l).lead().withFetching(least_ns)));
      } else {
        isSlower |= slow(times, l, least_ns);
      }
    }
    return isSlower;
  }

  /** Makes layers of a pipeline as slow as what they send and share links with. */
  private Pipeline waitForLinks(Pipeline before, Traffic traffic, List<LayerTime> times) {
    boolean isSlower = false;
    if (traffic.isSwitched()) {
      for (int l = 0; l < layers; l++) {
        isSlower |= slow(times, l, traffic.most(l, 0) * link_nsPerBit);
      }
      return isSlower ? run(times) : before;
    }
    LinkShares shares = traffic.shares(enough(times));
    for (int l = 0; l < layers; l++) {
      isSlower |= slow(times, l, shares.own(l) * link_nsPerBit);
    }
    Pipeline pipeline = isSlower ? run(times) : before;
    double[] from_ns = new double[layers];
    double[] to_ns = new double[layers];
    for (int l = 0; l < layers; l++) {
      from_ns[l] = pipeline.start_ns(l);
      to_ns[l] = pipeline.end_ns(l);
    }
    double[] shared = shares.shared(from_ns, to_ns, enough(times));
    isSlower = false;
    for (int l = 0; l < layers; l++) {
      isSlower |= slow(times, l, shared[l] * link_nsPerBit);
    }
    return isSlower ? run(times) : pipeline;
  }

  /** Bits on a link in the time of each layer. */
  private double[] enough(List<LayerTime> times) {
    double[] enough = new double[layers];
    for (int l = 0; l < layers; l++) {
      enough[l] = times.get(l).time_ns() / link_nsPerBit;
    }
    return enough;
  }

  /** Makes a layer no faster than a time; returns whether it was. */
  private static boolean slow(List<LayerTime> times, int l, double least_ns) {
    LayerTime before = times.get(l);
    LayerTime now = before.atLeast(least_ns);
    times.set(l, now);
    return now != before;
  }

  private ProgramFlow finish(
      ActionCounts.Builder actions,
      Schedule schedule,
      Traffic traffic,
      BufferOverflow overflow,
      OffTileTraffic offTile,
      double fabric_ns) {
    for (int l = 0; l < layers; l++) {
      addHops(actions, l, traffic.bitHops(l));
      if (counts.layer(l).kernel().settlings().count() > 0) {
        double settling_ns = kernelTimes(l).settling_ns();
        double amplifier_ns = KernelTimes.amplifier_ns(mapping, program, l, settling_ns);
        actions.add(l, Action.LOOP_SETTLE, amplifier_ns);
      }
    }
    if (mapping.loading().isPresent()) {
      return inPhases(
          mapping.loading().get(), actions, schedule, traffic, overflow, offTile, fabric_ns);
    }
    OptionalInt batch = design.mapping().batching().batch();
    Schedule all =
        batch.isPresent() ? schedule.inBatches(new Batch(batch.getAsInt(), 0, false)) : schedule;
    return new ProgramFlow(actions.build(), all, traffic, overflow, offTile, fabric_ns);
  }

  private void addHops(ActionCounts.Builder actions, int l, double bitHops) {
    actions.add(l, Action.HOP_BIT, bitHops);
    actions.add(l, Action.PITCH_BIT, bitHops * mapping.pitches().hop());
  }

  /** Charges each inference with its share of what a batch takes for its phases. */
  private ProgramFlow inPhases(
      PhaseLoading loading,
      ActionCounts.Builder actions,
      Schedule schedule,
      Traffic traffic,
      BufferOverflow overflow,
      OffTileTraffic without,
      double fabric_ns) {
    OffTileTraffic offTile = without;
    int batch = loading.batch();
    int first = mapping.firstLayer(index);
    double once_ns = loading.phases().writing_ns(index);
    for (int l = 0; l < layers; l++) {
      double moved = loading.spilled_bits(first + l);
      if (moved > 0) {
        double each = moved / batch;
        double buffered = level.bufferedFraction(moved);
        addHops(actions, l, 2 * moved / batch * hopsToPort(l));
        actions.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, each * buffered);
        actions.add(l, Action.GLOBAL_BUFFER_READ_BIT, each * buffered);
        actions.add(l, Action.IO_BIT, 2 * each * (1 - buffered));
        offTile = offTile.plusRoundTrip(each, buffered);
        once_ns += level.roundTrip_ns(moved);
      }
    }
    Schedule all = schedule.inBatches(new Batch(batch, once_ns, true));
    return new ProgramFlow(actions.build(), all, traffic, overflow, offTile, fabric_ns);
  }
}
