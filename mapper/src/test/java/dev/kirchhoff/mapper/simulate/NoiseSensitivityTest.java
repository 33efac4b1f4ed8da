package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Point;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.GraphExecutor;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.OnnxGraph;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseSensitivityTest {
  /**
   * Its model is measured by noise alone; those of the others are fitted to simulated chips too.
   */
  private static final String NETWORK = "fashion-mlp-noise-aware";

  private static final DataSet DATA = ShippedData.fashionCalibration();

  private static AccuracyModel measure(int threads) throws Exception {
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < DATA.size(); i++) {
      float[] item = new float[DATA.valuesPerSample()];
      DATA.copy(i, item, 0);
      items.add(item);
    }
    GraphExecutor network = GraphExecutor.of(OnnxGraph.read(TrainedNetworks.bytes(NETWORK)));
    return NoiseSensitivity.measure(network, items, DATA::label, 6, 7, threads);
  }

  @Test
  void noiseOfTheLastLayerIsNoiseOfTheOutputAndMoreNoiseCostsMore() throws Exception {
    AccuracyModel model = measure(1);
    assertTrue(model.weights().stream().allMatch(w -> w.ofReadout() > 0 && w.ofCells() > 0));
    assertTrue(model.loss(-6) > 0.4, () -> "loss at -6 dB " + model.loss(-6));
    assertTrue(model.loss(36) <= 0.01, () -> "loss at 36 dB " + model.loss(36));
    // Chips are about 4 dB off from what noise alone says.
    for (double snr_dB = -6; snr_dB <= 30; snr_dB += 3) {
      assertTrue(model.at(snr_dB).high() >= model.loss(snr_dB - 4), "high at " + snr_dB);
      assertTrue(model.at(snr_dB).low() <= model.loss(snr_dB + 4), "low at " + snr_dB);
    }
    assertTrue(model.at(6).high() - model.at(6).low() > 0.15, () -> "band " + model.at(6));
    // The shipped model is of other samples: the same weights, the same curve but for chance.
    AccuracyModel shipped = TrainedNetworks.accuracy(NETWORK).orElseThrow();
    for (AccuracyModel.Weight weight : shipped.weights()) {
      AccuracyModel.Weight own = model.weight(weight.layer());
      assertEquals(weight.ofReadout(), own.ofReadout(), 0.2 * weight.ofReadout());
      assertEquals(weight.ofCells(), own.ofCells(), 0.3 * weight.ofCells());
    }
    for (double snr_dB = -6; snr_dB <= 36; snr_dB += 3) {
      assertEquals(shipped.loss(snr_dB), model.loss(snr_dB), snr_dB < 12 ? 0.12 : 0.06);
    }
  }

  @Test
  void tailsOfBlocksAreThoseOfTheirProducts() throws Exception {
    AccuracyModel model = measure(1);
    GraphExecutor network = GraphExecutor.of(OnnxGraph.read(TrainedNetworks.bytes(NETWORK)));
    MatrixLayer first = network.layers().get(0);
    int block = 64;
    List<Double> sums = new ArrayList<>();
    float[] item = new float[DATA.valuesPerSample()];
    for (int i = 0; i < DATA.size(); i++) {
      DATA.copy(i, item, 0);
      for (int from = 0; from + block <= item.length; from += block) {
        for (int m = 0; m < first.outputs(); m++) {
          double sum = 0;
          for (int k = from; k < from + block; k++) {
            sum += item[k] * first.weight(0, k, m);
          }
          sums.add(sum);
        }
      }
    }
    double mean = sums.stream().mapToDouble(s -> s).average().orElseThrow();
    double square = sums.stream().mapToDouble(s -> Math.pow(s - mean, 2)).average().orElseThrow();
    double fourth = sums.stream().mapToDouble(s -> Math.pow(s - mean, 4)).average().orElseThrow();
    double tail = fourth / (3 * square * square);
    assertEquals(tail, model.weights().get(0).structure().tails().of(block, 784), 1e-6 * tail);
    assertTrue(tail > 2, () -> "dark borders make a heavy tail: " + tail);
  }

  @Test
  void twoThreadsMeasureTheSameBitForBit() throws Exception {
    assertEquals(measure(1), measure(2));
  }

  @Test
  void neighboursThatWouldRiseArePooled() {
    List<Point> falling =
        NoiseSensitivity.falling(
            List.of(
                new Point(0, 0.5, 0.4, 0.6),
                new Point(1, 0.1, 0, 0.2),
                new Point(2, 0.3, 0.2, 0.4),
                new Point(3, 0.35, 0.3, 0.4),
                new Point(4, 0, 0, 0.1)));
    assertEquals(0.5, falling.get(0).loss());
    for (int i = 1; i < 4; i++) {
      assertEquals(0.25, falling.get(i).loss(), 1e-12);
      assertEquals(i, falling.get(i).snr_dB());
    }
    assertEquals(0, falling.get(4).loss());
  }

  @Test
  void everyTrainedNetworkComesWithItsModelOfEveryLayer() {
    for (String name : TrainedNetworks.names()) {
      Network network = new OnnxFormat().shipped(name).orElseThrow();
      AccuracyModel model = network.accuracy().orElseThrow();
      assertEquals(
          network.layers().stream().map(l -> l.name()).toList(),
          model.weights().stream().map(AccuracyModel.Weight::layer).toList());
      assertTrue(model.reference() > 0.85, name);
    }
  }
}
