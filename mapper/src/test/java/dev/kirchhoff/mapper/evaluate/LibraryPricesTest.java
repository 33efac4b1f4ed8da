package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluator with the library's prices on the designs of the benchmark. */
@Tag("broad")
class LibraryPricesTest {
  /** Bytes of the values that stages hand on for one layer: no garbage a vector or a link. */
  private static final int BYTES_PER_LAYER = 3_000;

  private static final long SEED = 99L;

  @Test
  void treesHaveTheEvaluatorsTotals() {
    Random random = new Random(SEED);
    Network network = Designs.small();
    Evaluator evaluator = new Evaluator();
    for (int i = 0; i < 40; i++) {
      Design design = RandomDesigns.random(random, network);
      Totals totals = evaluator.totals(design);
      String message = "seed " + SEED + " case " + i;
      EvaluatorTest.assertTotal(
          totals.value(Metric.AREA), 1e-6, Explanation.of(design).area(), message);
      EvaluatorTest.assertTotal(
          totals.value(Metric.PEAK_POWER), 1e-6, Explanation.of(design).power(), message);
      EvaluatorTest.assertTotal(
          totals.value(Metric.ENERGY), 1e-9, Explanation.of(design).energy(), message);
      EvaluatorTest.assertTotal(
          totals.value(Metric.ENERGY), 1e-9, Explanation.of(design).energyByLayer(), message);
      EvaluatorTest.assertTotal(
          totals.value(Metric.LATENCY), 1e-6, Explanation.of(design).latency(), message);
    }
  }

  @Test
  void everyFigureIsFiniteAndTheIdealIsABound() {
    Random random = new Random(SEED);
    Network network = Designs.resNet18();
    Evaluator evaluator = new Evaluator();
    Totals totals = new Totals();
    for (int i = 0; i < 1_000; i++) {
      totals = evaluator.totals(RandomDesigns.random(random, network));
      String message = "seed " + SEED + " case " + i;
      for (Metric metric : Metric.values()) {
        assertEquals(isOfShapes(metric), totals.has(metric), message + " " + metric);
        assertFalse(Double.isInfinite(totals.value(metric)), message + " " + metric);
      }
      assertTrue(totals.value(Metric.IDEAL_TOPS_PER_W) >= totals.value(Metric.TOPS_PER_W), message);
      assertTrue(
          totals.value(Metric.IDEAL_TOPS_PER_MM2) >= totals.value(Metric.TOPS_PER_MM2), message);
    }
  }

  /** True if a network that comes without weights has the metric. */
  private static boolean isOfShapes(Metric metric) {
    return metric != Metric.ACCURACY_LOSS
        && metric != Metric.ACCURACY_LOSS_HIGH
        && metric != Metric.AGREEMENT
        && metric != Metric.AGREEMENT_LOW
        && metric.group() != Metric.Group.KERNEL;
  }

  @Test
  void layersAndTotalsAgreeOnTheNoise() {
    Design design = new Designs().runs(Designs.resNet18()).design();
    var evaluation = new Evaluator().evaluate(design);
    double noise = 0;
    for (var layer : evaluation.layers()) {
      noise += StrictMath.pow(10, -layer.noise().snr_dB() / 10);
    }
    double mean = noise / evaluation.layers().size();
    assertEquals(-10 * StrictMath.log10(mean), evaluation.totals().value(Metric.SNR), 1e-9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnet50",
        "vgg16",
        "vgg8_cifar10",
        "resnet20_cifar10",
        "alexnet",
        "mobilenet_v2",
        "bert_base_seq128"
      })
  void everyBuiltInNetworkRuns(String name) {
    Network network = new NetworkCatalogue().find(name).orElseThrow();
    Totals totals = new Totals();
    for (MappingOptions.Schedule schedule : MappingOptions.Schedule.values()) {
      Designs d = new Designs();
      d.schedule = schedule;
      d.extra = 0.25;
      d.packing = MappingOptions.Packing.BLOCK_DIAGONAL;
      totals = new Evaluator().totals(d.runs(network).design());
      for (Metric metric : Metric.values()) {
        assertEquals(isOfShapes(metric), totals.has(metric), name + " " + metric);
      }
      // No time is shorter than that of all crossbars busy without end.
      assertTrue(totals.value(Metric.TOPS) <= totals.value(Metric.PEAK_TOPS), name);
    }
  }

  @Test
  void eachLayerMoreAllocatesLessThanThreeKilobytes() {
    Network network = Designs.resNet18();
    List<Layer> twice = new ArrayList<>(network.layers());
    for (Layer layer : network.layers()) {
      twice.add(
          new Layer(
              layer.name() + "'",
              layer.shape(),
              false,
              layer.inputs(),
              layer.weights(),
              layer.after(),
              layer.producer()));
    }
    Designs designs = new Designs();
    designs.extra = 1;
    Design one = designs.runs(network).design();
    Design two = designs.runs(new Network("twice", twice, "")).design();
    PriceTable prices = Prices.of(one);
    Evaluator evaluator = new Evaluator(design -> prices);
    evaluator.totals(two);
    evaluator.totals(one);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double more_B = allocated(threads, evaluator, two) - allocated(threads, evaluator, one);
    assertTrue(more_B / network.layers().size() < BYTES_PER_LAYER, "" + more_B);
  }

  private static double allocated(ThreadMXBean threads, Evaluator evaluator, Design design) {
    int runs = 200;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      evaluator.totals(design);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) runs;
  }
}
