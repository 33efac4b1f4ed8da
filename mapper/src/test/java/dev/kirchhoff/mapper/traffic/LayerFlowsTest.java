package dev.kirchhoff.mapper.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Layers;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.traffic.LayerFlows.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LayerFlowsTest {
  private static Network network(int layers) {
    List<Layers.Description> all = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      all.add(Layers.Description.of("l" + i, new MatrixShape(8, 8, 1, 1, 4, 4, 1, 1)));
    }
    return Layers.network("test", all, "test");
  }

  private static Bits bits(double reads, double sums, double output) {
    return new Bits(List.of(reads), List.of(), sums, output, 0, 0);
  }

  private static Map<String, Long> flows(Flows flows) {
    Map<String, Long> found = new TreeMap<>();
    for (int f = 0; f < flows.count(); f++) {
      StringBuilder name = new StringBuilder().append(flows.source(f)).append(':');
      for (int t = 0; t < flows.targets(f); t++) {
        name.append(t == 0 ? "" : ",").append(flows.target(f, t));
      }
      found.put(name.toString(), flows.bits(f));
    }
    return found;
  }

  /** One unit, then two row blocks times two column blocks on four units, then the port. */
  @Test
  void inputsByRowBlockSumsAlongThemAndOutputsFromTheLast() {
    Network network = network(2);
    Flows.Builder builder = new Flows.Builder(5);
    LayerFlows.add(
        network,
        List.of(bits(100, 300, 0), bits(100, 300, 100)),
        List.of(
            NetworkFlows.grid(new int[] {1, 1, 1, 1}, 1, 1, c -> 0),
            NetworkFlows.grid(new int[] {1, 1, 2, 2}, 0.75, 0.5, c -> 1 + c)),
        1,
        builder);
    Map<String, Long> expected = new TreeMap<>();
    expected.put("-1:0", 100L);
    expected.put("0:1,2", 75L);
    expected.put("0:3,4", 25L);
    expected.put("1:3", 150L);
    expected.put("2:4", 150L);
    expected.put("3:-1", 50L);
    expected.put("4:-1", 50L);
    assertEquals(expected, flows(builder.build()));
  }

  /** Two copies feed three: strips 0-1/2-1 against 0-1/3-2/3-1. */
  @Test
  void copiesTalkToThoseWithTheSameBand() {
    Flows.Builder builder = new Flows.Builder(5);
    LayerFlows.add(
        network(2),
        List.of(bits(60, 60, 0), bits(60, 60, 60)),
        List.of(
            NetworkFlows.grid(new int[] {2, 1, 1, 1}, 1, 1, c -> c),
            NetworkFlows.grid(new int[] {3, 1, 1, 1}, 1, 1, c -> 2 + c)),
        1,
        builder);
    Map<String, Long> found = flows(builder.build());
    assertEquals(30, found.get("-1:0"));
    assertEquals(20, found.get("0:2"));
    assertEquals(10, found.get("0:3"));
    assertEquals(10, found.get("1:3"));
    assertEquals(20, found.get("1:4"));
    assertEquals(20, found.get("4:-1"));
  }

  @Test
  void mapsThatTilesDoNotHoldLeaveAndReachThemEvenly() {
    Flows.Builder builder = new Flows.Builder(2);
    LayerFlows.add(
        network(1),
        List.of(new Bits(List.of(10.0), List.of(), 0, 0, 40, 20)),
        List.of(NetworkFlows.grid(new int[] {2, 1, 1, 1}, 1, 1, c -> c)),
        1,
        builder);
    Map<String, Long> found = flows(builder.build());
    assertEquals(20, found.get("0:-1"));
    assertEquals(20, found.get("1:-1"));
    assertEquals(5 + 10, found.get("-1:0"));
  }

  @Test
  void whatIsJoinedAndConcatenatedTravelsToo() {
    Network plain = network(4);
    List<Layer> layers = new ArrayList<>(plain.layers());
    Layer l2 = layers.get(2);
    Layer l3 = layers.get(3);
    layers.set(2, linked(l2, new Links(List.of(1), List.of(0))));
    layers.set(3, linked(l3, new Links(List.of(1, 2), List.of())));
    Network network = new Network("branches", layers, "test");
    List<Bits> bits =
        List.of(
            bits(80, 0, 0),
            bits(80, 0, 0),
            new Bits(List.of(80.0), List.of(80.0), 0, 0, 0, 0),
            new Bits(List.of(80.0, 80.0), List.of(), 0, 80, 0, 0));
    List<TrafficBlock.LayerBlocks> grids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int unit = i;
      grids.add(NetworkFlows.grid(new int[] {1, 1, 1, 1}, 1, 1, c -> unit));
    }
    Flows.Builder builder = new Flows.Builder(4);
    LayerFlows.add(network, bits, grids, 0.5, builder);
    Map<String, Long> expected = new TreeMap<>();
    expected.put("-1:0", 40L);
    expected.put("0:1", 40L);
    expected.put("0:2", 40L);
    expected.put("1:2", 40L);
    expected.put("1:3", 40L);
    expected.put("2:3", 40L);
    expected.put("3:-1", 40L);
    assertEquals(expected, flows(builder.build()));
  }

  private static Layer linked(Layer layer, Links links) {
    return new Layer(
        layer.name(),
        layer.shape(),
        layer.window(),
        layer.dynamic(),
        layer.inputs(),
        layer.weights(),
        layer.after(),
        links);
  }

  /**
   * Test that traffic into a layer is at most its input map, less the part that stays within a
   * unit.
   */
  @Test
  void noNetworkOfTheCatalogueSendsMoreThanItsMapsAndSums() {
    NetworkCatalogue catalogue = new NetworkCatalogue();
    for (String name : List.of("resnet18", "mobilenet_v2", "densenet201", "bert_base_seq128")) {
      Network network = catalogue.find(name).orElseThrow();
      Flows flows = NetworkFlows.of(network, 64);
      double most = 0;
      for (Layer layer : network.layers()) {
        MatrixShape shape = layer.shape();
        double positions = (double) shape.vectors() * shape.stride() * shape.stride();
        double rows = Math.ceil(shape.inputsPerOutput() / 128.0);
        most += positions * shape.inputsPerGroup() * shape.groups() * 8;
        most += shape.outputs() * (8.0 * (1 + layer.links().joins().size()) + 24 * (rows - 1));
        most += 8.0 * layer.links().reads().size() * shape.outputs() * (layer.dynamic() ? 64 : 0);
      }
      assertTrue(flows.bits() > 0 && flows.bits() <= most * 1.001, name + " " + flows.bits());
    }
  }
}
