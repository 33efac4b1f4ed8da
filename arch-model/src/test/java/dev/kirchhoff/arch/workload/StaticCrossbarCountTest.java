package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Crossbars for one copy of the weights, one group a crossbar: A = Σ groups · ⌈C R S / rows⌉ · ⌈M ·
 * cells / columns⌉, utilization = used cells / cells, activations = Σ A · P · Q. The numbers stand
 * for the shapes: a wrong channel, kernel, group or map anywhere changes them.
 */
class StaticCrossbarCountTest {
  private final NetworkCatalogue catalogue = new NetworkCatalogue();

  @ParameterizedTest
  @CsvSource({
    "lenet5, 128, 8, 42, 71.5",
    "lenet5, 128, 4, 23, 65.2",
    "lenet5, 256, 2, 6, 31.3",
    "lenet5, 512, 2, 5, 9.4",
    "resnet20_cifar10, 128, 8, 160, 81.9",
    "resnet20_cifar10, 128, 4, 87, 75.3",
    "resnet20_cifar10, 256, 2, 36, 22.7",
    "resnet20_cifar10, 512, 2, 25, 8.2",
    "vgg8_cifar10, 128, 8, 6344, 99.9",
    "vgg8_cifar10, 128, 4, 3176, 99.7",
    "vgg8_cifar10, 256, 2, 402, 98.5",
    "vgg8_cifar10, 512, 2, 106, 93.4",
    "alexnet, 128, 8, 29864, 99.9",
    "alexnet, 128, 4, 14948, 99.8",
    "alexnet, 256, 2, 1875, 99.4",
    "alexnet, 512, 2, 473, 98.5",
    "resnet18, 128, 8, 5724, 99.6",
    "resnet18, 128, 4, 2864, 99.6",
    "resnet18, 256, 2, 370, 96.3",
    "resnet18, 512, 2, 110, 81.0",
    "mobilenet_v2, 128, 8, 9143, 18.5",
    "mobilenet_v2, 128, 4, 8146, 10.4",
    "mobilenet_v2, 256, 2, 7314, 1.4",
    "mobilenet_v2, 512, 2, 7214, 0.4",
    "bert_base_seq128, 128, 8, 41472, 100",
    "bert_base_seq128, 128, 4, 20736, 100",
    "bert_base_seq128, 256, 2, 2592, 100",
    "bert_base_seq128, 512, 2, 792, 81.8",
    "gpt2_medium, 128, 8, 172592, 100",
    "gpt2_medium, 128, 4, 86296, 100",
    "gpt2_medium, 256, 2, 10788, 100",
    "gpt2_medium, 512, 2, 2698, 99.9",
  })
  void countAndUtilization(String name, int side, int cells, long crossbars, double utilization) {
    long count = 0;
    double used = 0;
    for (Layer layer : catalogue.find(name).orElseThrow().layers()) {
      if (!layer.dynamic()) {
        count += crossbars(layer.shape(), side, cells);
        used += (double) layer.shape().weights() * cells;
      }
    }
    assertEquals(crossbars, count);
    assertEquals(utilization, 100 * used / ((double) count * side * side), 0.0501);
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5, 0.001, 3",
    "resnet20_cifar10, 0.0212, 4",
    "vgg8_cifar10, 0.154, 3",
    "alexnet, 0.179, 3",
    "resnet18, 0.48, 2",
    "mobilenet_v2, 2.48, 2",
    "bert_base_seq128, 2.65, 2",
    "gpt2_medium, 22.1, 1",
  })
  void activationsOf128Crossbars(String name, double millions, int digits) {
    double activations = 0;
    for (Layer layer : catalogue.find(name).orElseThrow().layers()) {
      if (!layer.dynamic()) {
        activations += (double) crossbars(layer.shape(), 128, 4) * layer.shape().vectors();
      }
    }
    assertEquals(millions, activations / 1e6, 0.5001 * Math.pow(10, -digits));
  }

  private static long crossbars(MatrixShape shape, int side, int cells) {
    long down = (shape.inputsPerOutput() + side - 1L) / side;
    long across = ((long) shape.outputsPerGroup() * cells + side - 1L) / side;
    return shape.groups() * down * across;
  }
}
