package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Crossbars of one copy of the built-in networks, counted beforehand by a program of its own from
 * the layer shapes alone: groups × ⌈C R S / rows⌉ × ⌈M · cells / columns⌉, attention products left
 * out.
 */
class CatalogueCrossbarsTest {
  private static final long SEED = 17L;

  private static double[] count(String name, int side, int cells, boolean packed) {
    Network network = new NetworkCatalogue().find(name).orElseThrow();
    Tiling.CrossbarSize size = new Tiling.CrossbarSize(side, side, side);
    double crossbars = 0;
    double used = 0;
    for (Layer layer : network.layers()) {
      if (!layer.dynamic()) {
        Tiling tiling = Tiling.of(layer.shape(), 1, cells, size, packed);
        crossbars += tiling.crossbars();
        used += tiling.usedCells();
      }
    }
    return new double[] {crossbars, 100 * used / (crossbars * side * side)};
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20_cifar10, 128, 8, 160, 81.9", "resnet20_cifar10, 128, 4, 87, 75.3",
    "resnet20_cifar10, 256, 2, 36, 22.7", "resnet20_cifar10, 512, 2, 25, 8.2",
    "vgg8_cifar10, 128, 8, 6344, 99.9", "vgg8_cifar10, 128, 4, 3176, 99.7",
    "vgg8_cifar10, 256, 2, 402, 98.5", "vgg8_cifar10, 512, 2, 106, 93.4",
    "alexnet, 128, 8, 29864, 99.9", "alexnet, 128, 4, 14948, 99.8",
    "alexnet, 256, 2, 1875, 99.4", "alexnet, 512, 2, 473, 98.5",
    "resnet18, 128, 8, 5724, 99.6", "resnet18, 128, 4, 2864, 99.6",
    "resnet18, 256, 2, 370, 96.3", "resnet18, 512, 2, 110, 81.0",
    "mobilenet_v2, 128, 8, 9143, 18.5", "mobilenet_v2, 128, 4, 8146, 10.4",
    "mobilenet_v2, 256, 2, 7314, 1.4", "mobilenet_v2, 512, 2, 7214, 0.4",
    "bert_base_seq128, 128, 8, 41472, 100", "bert_base_seq128, 128, 4, 20736, 100",
    "bert_base_seq128, 256, 2, 2592, 100", "bert_base_seq128, 512, 2, 792, 81.8",
    "gpt2_medium, 128, 8, 172592, 100", "gpt2_medium, 128, 4, 86296, 100",
    "gpt2_medium, 256, 2, 10788, 100", "gpt2_medium, 512, 2, 2698, 99.9"
  })
  void networksNeedTheCrossbarsCountedBeforehand(
      String name, int side, int cells, int crossbars, double utilization) {
    double[] counted = count(name, side, cells, false);
    assertEquals(crossbars, counted[0]);
    assertEquals(utilization, counted[1], 0.0501);
  }

  @ParameterizedTest
  @CsvSource({"mobilenet_v2, 1529, 55.4", "resnet18, 2864, 99.6"})
  void packingHelpsDepthwiseLayersAlone(String name, int crossbars, double utilization) {
    double[] counted = count(name, 128, 4, true);
    assertEquals(crossbars, counted[0]);
    assertEquals(utilization, counted[1], 0.0501);
  }

  /** The formula, written down once more, on every network of the catalogue. */
  @Test
  void everyNetworkNeedsTheCrossbarsOfTheFormulaOnCrossbarsOfAnySize() {
    NetworkCatalogue catalogue = new NetworkCatalogue();
    Random random = new Random(SEED);
    for (String name : catalogue.names()) {
      Network network = catalogue.find(name).orElseThrow();
      for (int i = 0; i < 20; i++) {
        int rows = 16 + random.nextInt(1_000);
        int columns = 16 + random.nextInt(1_000);
        int cells = 1 + random.nextInt(16);
        Tiling.CrossbarSize size = new Tiling.CrossbarSize(rows, columns, rows);
        long expected = 0;
        long counted = 0;
        for (Layer layer : network.layers()) {
          MatrixShape s = layer.shape();
          long high = (long) s.inputsPerGroup() * s.kernelHeight() * s.kernelWidth();
          long wide = (long) s.outputsPerGroup() * cells;
          expected +=
              s.groups()
                  * (long) Math.ceil((double) high / rows)
                  * (long) Math.ceil((double) wide / columns);
          counted += Tiling.of(s, 1, cells, size, false).crossbars();
        }
        assertEquals(expected, counted, "seed " + SEED + " " + name + " " + rows + "x" + columns);
      }
    }
  }
}
