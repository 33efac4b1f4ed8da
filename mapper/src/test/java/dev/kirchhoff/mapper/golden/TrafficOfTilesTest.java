package dev.kirchhoff.mapper.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappedDesign.MappedNetwork;
import dev.kirchhoff.mapper.report.MappingReader;
import dev.kirchhoff.mapper.report.TrafficReport;
import dev.kirchhoff.mapper.traffic.Flows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The traffic of layers, which the evaluation counts, against that of all tiles in order. */
class TrafficOfTilesTest {
  private static final long SEED = 20261127L;
  private static final int DESIGNS = 50;
  private static final double BIT_HOPS = 0.05;
  private static final double MOST_LOADED = 1.3;

  private static final List<String> EXAMPLES =
      List.of(
          "accuracy-study",
          "array-adc-sweep",
          "fashion-accuracy",
          "isaac",
          "mram-binary",
          "bench/resnet18-12db",
          "resnet18-reram",
          "two-networks",
          "vgg8-pcm");

  private static Path example(String name) {
    return Path.of("..", "examples", name + ".yaml");
  }

  @Test
  void examplesAreWithinFivePercentAndTheirMostLoadedLinkWithinThirty() {
    for (String name : EXAMPLES) {
      assertClose(GoldenSpecs.design(example(name)), name);
    }
  }

  @Test
  void randomDesignsAreWithinFivePercentAndTheirMostLoadedLinkWithinThirty() {
    List<String> spaces =
        List.of("bench/resnet18-12db", "resnet18-reram", "two-networks", "vgg8-pcm");
    int compared = 0;
    for (int c = 0; compared < DESIGNS; c++) {
      String name = spaces.get(c % spaces.size());
      Design design = GoldenSpecs.random(example(name), new Random(SEED + c));
      compared += assertClose(design, name + ", seed " + (SEED + c)) ? 1 : 0;
    }
  }

  /** True if anything was compared. */
  private static boolean assertClose(Design design, String what) {
    MappedDesign mapped = MappingReader.read(new Evaluator().evaluated(design));
    if (!mapped.capacity().fits() || mapped.flows().bits() == 0) {
      return false;
    }
    Fabric fabric = mapped.fabric();
    int tiles = mapped.flows().units();
    int ofChip = mapped.capacity().chips() == 1 ? tiles : mapped.capacity().tilesOfChip();
    double bitHops = 0;
    double most = 0;
    for (int first = 0; first < tiles; first += ofChip) {
      int count = Math.min(ofChip, tiles - first);
      boolean isOne = mapped.capacity().chips() == 1;
      Flows flows = isOne ? mapped.flows() : mapped.flows().part(first, count);
      PlacementCost cost = new PlacementCost(flows, fabric, 0);
      int[] order = new int[flows.units()];
      Arrays.setAll(order, u -> u);
      cost.set(order);
      bitHops += cost.bitHops();
      most = Math.max(most, cost.mostLoad());
    }
    assertEquals(bitHops, mapped.hop().counted(), BIT_HOPS * bitHops, what);
    double ours = most(mapped);
    // Layers of a network in phases put maps away, which no link of the report counts.
    if (most > 0 && mapped.capacity().reloaded() == 0) {
      assertTrue(ours < most * MOST_LOADED && most < ours * MOST_LOADED, what + " " + ours / most);
    }
    return bitHops > 0;
  }

  /** Relative load of the most loaded link, of all networks together. */
  private static double most(MappedDesign mapped) {
    Map<List<Object>, Double> loads = new HashMap<>();
    for (MappedNetwork network : mapped.networks()) {
      for (TrafficReport.Link link : network.traffic().links()) {
        double bits = network.share() * link.time_ns() / mapped.hop().link_nsPerBit();
        loads.merge(List.of(link.chip(), link.from(), link.to()), bits, Double::sum);
      }
    }
    return loads.values().stream().mapToDouble(bits -> bits).max().orElse(0);
  }
}
