package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.LoadedSpecs.load;
import static dev.kirchhoff.arch.design.LoadedSpecs.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.spec.ResolvedSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of layers and workloads that cannot be, told at their lines. */
class WorkloadCheckTest {
  private static final String SPEC = "kirchhoff: 1\nchip: {clock: 1 GHz}\n";

  private static List<String> ofList(String layers) {
    return problems(SPEC + "workload:\n  network: toy\n  layers:" + layers);
  }

  private static List<String> warnings(String text, String... files) throws SpecException {
    Map<String, String> texts =
        files.length == 0 ? Map.of("a.yaml", text) : Map.of("a.yaml", text, files[0], files[1]);
    return load("a.yaml", texts).warnings().stream().map(SpecProblem::toString).toList();
  }

  @Test
  void aListWithoutLayersIsNoNetwork() {
    assertEquals(
        List.of("a.yaml:5:11 workload.layers: must hold at least one layer"), ofList(" []\n"));
    assertEquals(
        List.of(
            "a.yaml:3:11 workload: is not a network: n.yaml:3:9 layers: must hold at least one"
                + " layer"),
        problems(SPEC + "workload: n.yaml\n", "n.yaml", "kirchhoff: 1\nnetwork: n\nlayers: []\n"));
    assertEquals(
        List.of("a.yaml:3:49 workload.layers: must hold at least one layer"),
        problems(SPEC + "workload: {any: [resnet18, {network: a, layers: []}]}\n"));
  }

  @Test
  void whatIsWrongWithALayerStandsAtItsLine() {
    assertEquals(
        List.of(
            "a.yaml:7:7 workload.layers[1]: The reads (a0) of a layer must name an earlier"
                + " layer.\nMaybe a is meant.",
            "a.yaml:8:7 workload.layers[2]: Layer (2) has a producer and reads.\nMaybe reads is"
                + " enough."),
        ofList(
            """

                - {name: a, inputs: 8, outputs: 8}
                - {inputs: 8, outputs: 8, reads: [a0]}
                - {inputs: 8, outputs: 8, producer: 0, reads: [a]}
            """));
    assertEquals(
        List.of(
            "a.yaml:7:7 workload.layers[1]: The steps (3) of layer (01) must divide its vectors"
                + " (4)."),
        ofList(
            """

                - {inputs: 8, outputs: 8}
                - {inputs: 8, outputs: 8, output: 2, steps: 3}
                - {inputs: 8, outputs: 8}
            """));
    assertEquals(
        List.of(
            "a.yaml:7:7 workload.layers[1]: The layer name (a) of network (list) must be unique."),
        ofList(
            """

                - {name: a, inputs: 8, outputs: 8}
                - {name: a, inputs: 8, outputs: 8}
            """));
  }

  @Test
  void statisticsThatNoValuesHaveAreRefused() {
    assertEquals(
        List.of(
            "a.yaml:6:44 workload.layers[0].inputValues: meanAbs is 0.5, must be at most rms, which"
                + " is 0.3",
            "a.yaml:7:44 workload.layers[1].inputValues: meanAbs is 0.3, must be at most 0.2, the"
                + " share of values that are not zero",
            "a.yaml:8:45 workload.layers[2].weightValues: rms is 0.5, must be at most 0.1, the root"
                + " of meanAbs, as no value is beyond 1",
            "a.yaml:9:45 workload.layers[3].weightValues: negative is 0.8, must be at most 0.5, the"
                + " share of values that are not zero"),
        ofList(
            """

                - {inputs: 8, outputs: 8, inputValues: {meanAbs: 0.5, rms: 0.3}}
                - {inputs: 8, outputs: 8, inputValues: {zero: 80 %, meanAbs: 0.3, rms: 0.4}}
                - {inputs: 8, outputs: 8, weightValues: {meanAbs: 0.01, rms: 0.5}}
                - {inputs: 8, outputs: 8, weightValues: {zero: 0.5, negative: 0.8, meanAbs: 0.2, rms: 0.3}}
            """));
  }

  @Test
  void valuesOfOneSizeAndRoundedStatisticsAreGood() throws SpecException {
    assertEquals(
        List.of(),
        warnings(
            SPEC
                + """
                  workload:
                    network: toy
                    layers:
                      - {inputs: 8, outputs: 8, inputValues: {zero: 50 %, meanAbs: 0.5, rms: 0.707}}
                      - {inputs: 8, outputs: 8, weightValues: {negative: 50 %, meanAbs: 1, rms: 1}}
                      - {inputs: 8, outputs: 8, weightValues: {meanAbs: 0.130, rms: 0.13}}
                  """));
  }

  @Test
  void channelsThatNoLayerWritesAreWarnedOf() throws SpecException {
    assertEquals(
        List.of(
            "a.yaml:7:7 workload.layers[1]: reads 999 channels, a writes 16; reads says where the"
                + " others come from",
            "a.yaml:9:7 workload.layers[3]: reads 36 channels, a and c write 32; reads says where"
                + " the others come from"),
        warnings(
            SPEC
                + """
                  workload:
                    network: toy
                    layers:
                      - {name: a, inputs: 3, outputs: 16, output: 8}
                      - {name: b, inputs: 999, outputs: 16}
                      - {name: c, inputs: 1, outputs: 1, groups: 16}
                      - {name: d, inputs: 36, outputs: 16, reads: [a, c]}
                  """));
  }

  /** Slices, concatenations, whole maps in a row, groups, the network's input beside a layer. */
  @Test
  void channelsThatMayComeFromLayersAreGood() throws SpecException {
    assertEquals(
        List.of(),
        warnings(
            SPEC
                + """
                  workload:
                    network: toy
                    layers:
                      - {name: a, inputs: 3, outputs: 16, output: 8}
                      - {name: slice, inputs: 10, outputs: 8, output: 8}
                      - {name: both, inputs: 24, outputs: 16, reads: [a, slice]}
                      - {name: flat, inputs: 784, outputs: 16, reads: [a]}
                      - {name: input, inputs: 19, outputs: 16, reads: [a, input]}
                      - {name: grouped, inputs: 4, outputs: 4, groups: 4}
                      - {name: product, inputs: 77, outputs: 5, dynamic: true}
                  """));
  }

  @Test
  void builtInNetworksReadTheChannelsThatTheirLayersWrite() throws SpecException {
    NetworkCatalogue catalogue = new NetworkCatalogue();
    for (String name : catalogue.names()) {
      Network network = catalogue.find(name).orElseThrow();
      String layers = ResolvedSpec.asJson(NetworkText.layers(network)).toString();
      assertEquals(
          List.of(),
          warnings(
              SPEC + "workload: n.yaml\n",
              "n.yaml",
              "{\"kirchhoff\": 1, \"network\": \"n\", \"layers\": " + layers + "}"));
    }
  }

  @Test
  void aNetworkStandsOnceInAList() {
    assertEquals(
        List.of(
            "a.yaml:3:22 workload: resnet18 is given twice; give it once, with the sum of their"
                + " weights"),
        problems(SPEC + "workload: [resnet18, resnet18]\n"));
    assertEquals(
        List.of("a.yaml:3:69 workload: toy is the name of another network too; give it its own"),
        problems(
            SPEC
                + "workload: {any: [{network: toy, layers: [{inputs: 8, outputs: 8}]}, {network:"
                + " toy, layers: [{inputs: 8, outputs: 9}]}]}\n"));
  }

  @Test
  void bitsOfLayersThatNoNetworkHasAreWarnedOf() throws SpecException {
    String bits = "precision: {layers: [{match: \"%s\", weights: 4}]}\n";
    assertEquals(
        List.of(
            "a.yaml:4:30 precision.layers[0].match: 'resnet18/0O' matches no layer of resnet18 and"
                + " has no effect; did you mean resnet18/00?"),
        warnings(SPEC + "workload: resnet18\n" + bits.formatted("resnet18/0O")));
    assertEquals(
        List.of(
            "a.yaml:4:30 precision.layers[0].match: '*/convolution' matches no layer of resnet18"
                + " or vgg16 and has no effect; the first is called resnet18/00"),
        warnings(SPEC + "workload: {any: [resnet18, vgg16]}\n" + bits.formatted("*/convolution")));
  }

  /** The other network may be chosen by a knob, or with --network. */
  @Test
  void bitsOfLayersOfAnotherNetworkAreGood() throws SpecException {
    String bits = "precision: {layers: [{match: \"%s\", weights: 4}]}\n";
    assertEquals(
        List.of(),
        warnings(SPEC + "workload: {any: [resnet18, vgg16]}\n" + bits.formatted("vgg16/0*")));
    assertEquals(List.of(), warnings(SPEC + "workload: vgg16\n" + bits.formatted("resnet18/00")));
    assertEquals(List.of(), warnings(SPEC + bits.formatted("anything")));
  }
}
