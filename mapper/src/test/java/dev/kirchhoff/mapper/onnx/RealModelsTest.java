package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kirchhoff.arch.design.NetworkFormat;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The image networks of Debian's libonnx-testdata against a second count of their graphs. The
 * numbers of multiply-accumulates are those of the second count; of ResNet-50 and VGG-19 they are
 * those of docs/workloads.md and of the paper.
 */
@Tag("testdata")
class RealModelsTest {
  @ParameterizedTest
  @CsvSource({
    "light_bvlc_alexnet",
    "light_densenet121",
    "light_inception_v1",
    "light_inception_v2",
    "light_resnet50",
    "light_shufflenet",
    "light_squeezenet",
    "light_vgg19",
    "light_zfnet512"
  })
  void layersAreThoseOfASecondCount(String name) throws Exception {
    Path file = TestData.require(TestData.LIGHT.resolve(name + ".onnx"));
    Network network = read(file);
    List<GraphCounter.Matrix> counted =
        GraphCounter.count(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph());
    assertEquals(counted.size(), network.layers().size());
    for (int i = 0; i < counted.size(); i++) {
      MatrixShape shape = network.layers().get(i).shape();
      assertEquals(
          counted.get(i),
          new GraphCounter.Matrix(
              shape.inputsPerGroup(),
              shape.outputsPerGroup(),
              (long) shape.kernelHeight() * shape.kernelWidth(),
              shape.vectors(),
              shape.groups()),
          network.layers().get(i).name());
    }
    assertEquals(counted.stream().mapToLong(GraphCounter.Matrix::macs).sum(), network.macs());
    if (System.getProperty("corpus.print") != null) {
      System.out.println(
          name
              + " "
              + network.macs()
              + " "
              + network.weights()
              + " crossbars 128x128, 8: "
              + counted.stream().mapToLong(m -> m.crossbars(128, 8)).sum());
    }
  }

  @ParameterizedTest
  @CsvSource({"light_resnet50, 4089184256", "light_vgg19, 19632062464"})
  void knownTotalsAreMet(String name, long macs) throws Exception {
    Path file = TestData.require(TestData.LIGHT.resolve(name + ".onnx"));
    Network network = read(file);
    assertEquals(macs, network.macs());
    for (Layer layer : network.layers()) {
      assertFalse(layer.dynamic(), layer.name());
    }
  }

  /** The graph's layers are those of the table that another source gives, in another order. */
  @Test
  void resNet50HasTheLayersOfTheBuiltInOne() throws Exception {
    Path file = TestData.require(TestData.LIGHT.resolve("light_resnet50.onnx"));
    Network builtIn = new NetworkCatalogue().find("resnet50").orElseThrow();
    Network read = read(file);
    assertEquals(sorted(builtIn), sorted(read));
    assertEquals(joins(builtIn), joins(read));
  }

  private static List<String> sorted(Network network) {
    return network.layers().stream()
        .map(layer -> layer.shape().macs() + " of " + layer.shape().weights())
        .sorted()
        .toList();
  }

  private static long joins(Network network) {
    return network.layers().stream().filter(layer -> !layer.links().joins().isEmpty()).count();
  }

  private static Network read(Path file) throws Exception {
    return new OnnxFormat()
        .read("m.onnx", NetworkFormat.Settings.NONE, new MapFiles().with("m.onnx", bytes(file)))
        .network();
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
