package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchBox;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Times of one small layer where one part binds, by hand: 16 channels of 32 x 32 in and out at 8
 * bits, 131,072 bits each way.
 */
class WaitingTest {
  private static final double MAP_BITS = 16 * 32 * 32 * 8;

  private static EvaluatedDesign evaluated(Designs d, Consumer<HandPrices> change) {
    return new Evaluator(
            design -> {
              HandPrices prices = HandPrices.plain(design);
              change.accept(prices);
              return prices;
            })
        .evaluated(d.design());
  }

  private static double interval_ns(Designs d, Consumer<HandPrices> change) {
    return 1e9 / evaluated(d, change).totals().value(Metric.THROUGHPUT);
  }

  private static Designs one() {
    return new Designs().runs(LimitsTest.one());
  }

  @Test
  void inputAndOutputAreWrittenToTheChipsBufferAndReadFromIt() {
    Designs d = one().global(1 << 20);
    // 2 x 2 x 131,072 bits at 0.01 bit/ns.
    assertEquals(4 * MAP_BITS / 0.01, interval_ns(d, p -> p.global_bitPerNs = 0.01), 1e-3);
    assertEquals(4 * MAP_BITS / 0.04, interval_ns(d, p -> p.global_bitPerNs = 0.04), 1e-3);
  }

  @Test
  void inputAndOutputPassThePortOnce() {
    Designs d = one();
    // 2 links of 0.001 GB/s: 0.016 bit/ns.
    d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 2, 0.001, Designs.MODEL));
    assertEquals(2 * MAP_BITS / 0.016, interval_ns(d, p -> {}), 1e-3);
    d.schedule = Schedule.LAYER_BY_LAYER;
    double layer_ns = interval_ns(one(), p -> {});
    double all_ns = interval_ns(d, p -> {});
    assertTrue(all_ns >= 2 * MAP_BITS / 0.016, "port " + all_ns);
    assertTrue(all_ns <= 2 * MAP_BITS / 0.016 + 2 * layer_ns, "port " + all_ns);
  }

  @Test
  void theBuffersAndTheBusOfTheTilesTakeTheTimeOfTheirBits() {
    Designs d = one();
    EvaluatedDesign free = evaluated(d, p -> {});
    // The layer's one tile. Nine windows read the buffer, the output is written to it; the
    // network's input was written before the layer starts.
    assertEquals(1, free.mapping().tiles());
    assertEquals(1, free.mapping().programs().get(0).copies(0));
    assertEquals(10 * MAP_BITS / 0.01, interval_ns(d, p -> p.buffer_bitPerNs = 0.01), 1e-3);
    double buffered =
        free.flow(0).actions().of(0, Action.TILE_BUFFER_READ_BIT)
            + free.flow(0).actions().of(0, Action.TILE_BUFFER_WRITE_BIT);
    assertEquals(11 * MAP_BITS, buffered, 1e-6);
    // The windows pass the bus, and sums between PEs.
    double bus = free.flow(0).actions().of(0, Action.BUS_BIT);
    assertEquals(bus / 0.01, interval_ns(d, p -> p.bus_bitPerNs = 0.01), 1e-3);
    assertTrue(bus >= 9 * MAP_BITS, "bits on the bus: " + bus);
  }

  @Test
  void aPassOfEveryVectorAndInputBitIsWaitedFor() {
    Designs d = one();
    // 32 x 32 vectors x 8 input bits x 10 ns, once for positive and once for negative inputs.
    assertEquals(2 * 1024 * 8 * 10, interval_ns(d, p -> {}), 1e-3);
    assertEquals(2 * 1024 * 8 * 25, interval_ns(d, p -> p.pass_ns = 25), 1e-3);
    d.bitsPerPulse = 2;
    assertEquals(2 * 1024 * 4 * 10, interval_ns(d, p -> {}), 1e-3);
    // 16 active rows of 128: 8 groups of the full crossbar.
    d.rowsActive = 16;
    assertEquals(2 * 1024 * 4 * 8 * 10, interval_ns(d, p -> {}), 1e-3);
  }

  @Test
  void aBatchTakesTheLatencyAndAnIntervalForEachFurtherInference() {
    Totals stream = evaluated(one(), p -> {}).totals();
    Totals batch = evaluated(one().batch(5), p -> {}).totals();
    double interval_ms = 1e3 / stream.value(Metric.THROUGHPUT);
    assertEquals(
        stream.value(Metric.LATENCY) + 4 * interval_ms, batch.value(Metric.BATCH_LATENCY), 1e-9);
  }

  /** Layers a, b and c, one a chip; c reads b and joins a, whose map passes the chip of b. */
  @Test
  void chipsInARowForwardTrafficOfOthers() {
    List<Layer> layers = new ArrayList<>();
    layers.add(Designs.conv("a", 16, 16, 3, 32, 1, 1, -1));
    layers.add(Designs.conv("b", 16, 16, 3, 32, 1, 1, 0));
    Layer c = Designs.conv("c", 16, 16, 3, 32, 1, 1, 1);
    Links links = new Links(List.of(1), List.of(0));
    layers.add(
        new Layer("c", c.shape(), c.window(), false, c.inputs(), c.weights(), c.after(), links));
    Designs d = new Designs().runs(new Network("row", layers, "test")).chips(OptionalInt.of(3));
    d.perPe = 1;
    d.perTile = 1;
    d.tiles = OptionalInt.of(2);
    d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 2, 0.001, Designs.MODEL));
    EvaluatedDesign evaluated = evaluated(d, p -> {});
    assertEquals(3, evaluated.mapping().size().chips());
    // In and out 1 + 1, a to b and b to c out of one port and into the next 2 + 2, a to c through
    // the ports of a, b twice, c: 4.
    assertEquals(10 * MAP_BITS, evaluated.flow(0).actions().of(Action.IO_BIT), 1e-6);
    // The port of b: 1 + 1 + 2 maps at 0.016 bit/ns.
    assertEquals(4 * MAP_BITS / 0.016, interval_ns(d, p -> {}), 1e-3);
  }

  /** Bits, hops and their time on every fabric that has links. */
  @Test
  void everyHopOfEveryFabricIsPaidInEnergyAndTime() {
    for (Topology topology : Topology.values()) {
      if (topology == Topology.NONE) {
        continue;
      }
      Designs d = new Designs().runs(Designs.resNet18());
      d.topology = topology;
      d.perPe = 2;
      d.perTile = 2;
      d.schedule = Schedule.LAYER_BY_LAYER;
      d.circuits = new SwitchedChannels(64, SwitchBox.DISJOINT, Configure.PER_NETWORK);
      Consumer<HandPrices> nothing =
          p -> {
            p.energy.clear();
            p.pass.clear();
            p.statics.clear();
          };
      EvaluatedDesign free = evaluated(d, nothing);
      Traffic traffic = free.flow(0).traffic();
      double bitHops = 0;
      double hops = 0;
      for (int l = 0; l < 21; l++) {
        bitHops += traffic.bitHops(l);
        hops += traffic.hops(l);
      }
      assertTrue(bitHops > 1e6 && hops >= 20, topology + ": " + bitHops + ", " + hops);

      // 2 fJ a bit and hop, in uJ, beside the refresh of cells.
      EvaluatedDesign priced =
          evaluated(d, nothing.andThen(p -> p.energy.put(Action.HOP_BIT, 2.0)));
      assertEquals(
          2e-9 * bitHops,
          priced.totals().value(Metric.ENERGY) - free.totals().value(Metric.ENERGY),
          1e-15 * bitHops,
          topology.word());

      // 1 us a hop, in ms; one way after another, layer by layer.
      Totals waited = evaluated(d, nothing.andThen(p -> p.hop_ns = 1000)).totals();
      double latency_ms = waited.value(Metric.LATENCY);
      assertEquals(
          free.totals().value(Metric.LATENCY) + 1e-3 * hops, latency_ms, 1e-9, topology.word());
    }
  }

  @Test
  void programmingWritesGroupsOfCellsInEveryTileAtOnce() {
    Designs d = one();
    Totals totals = evaluated(d, p -> {}).totals();
    // 144 rows x 16 outputs x 4 cells of 2 bits, 1000 fJ a cell, in uJ.
    assertEquals(144 * 64 * 1000e-9, totals.value(Metric.PROGRAMMING_ENERGY), 1e-12);
    // Two crossbars in one tile, each 128 x 128 cells in groups of 4, 100 ns a group, in ms.
    assertEquals(2 * 4096 * 100e-6, totals.value(Metric.PROGRAMMING_TIME), 1e-9);
    d.perPe = 1;
    d.perTile = 1;
    assertEquals(
        4096 * 100e-6, evaluated(d, p -> {}).totals().value(Metric.PROGRAMMING_TIME), 1e-9);
  }

  @Test
  void refreshingIsPaidByTheIntervalAndWearsTheCells() {
    Designs d = one();
    EvaluatedDesign evaluated =
        evaluated(
            d,
            p -> {
              p.energy.clear();
              p.energy.put(Action.CELL_WRITE, 1000.0);
              p.pass.clear();
              p.statics.clear();
            });
    double refresh_s = evaluated.totals().value(Metric.REFRESH_INTERVAL);
    assertTrue(refresh_s > 0 && refresh_s < 3.2e8, "refresh " + refresh_s);
    // All 9216 cells of 1000 fJ once in the interval, nothing else is priced: uW = fJ/ns.
    double refresh_uW = 144 * 64 * 1000 / (refresh_s * 1e9);
    assertEquals(refresh_uW, evaluated.totals().value(Metric.POWER) * 1e6, 1e-9 * refresh_uW);
    // 1e6 writes of 8.5 pulses, one update a day or one refresh, whichever is sooner.
    double interval_s = Math.min(86_400, refresh_s);
    assertEquals(
        1e6 * interval_s / 8.5, evaluated.totals().value(Metric.LIFETIME), 1e-3 * interval_s);
  }

  @Test
  void standingPowerIsPaidForTheInterval() {
    Totals totals =
        evaluated(
                one(),
                p -> {
                  p.energy.clear();
                  p.pass.clear();
                  p.statics.clear();
                  p.statics.put(Part.GLOBAL_BUFFER, 1e6);
                })
            .totals();
    // One of 1 W: 163,840 ns.
    assertEquals(1, totals.value(Metric.LEAKAGE), 1e-9);
    assertEquals(163_840 * 1e6 * 1e-9, totals.value(Metric.ENERGY), 1e-3);
    assertEquals(1, totals.value(Metric.POWER), 1e-5);
  }
}
