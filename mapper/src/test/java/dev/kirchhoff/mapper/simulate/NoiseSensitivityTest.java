package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.MatrixEngine;
import dev.kirchhoff.mapper.onnx.MatrixLayer;
import dev.kirchhoff.mapper.onnx.Models;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseSensitivityTest {
  private static final String NETWORK = "fashion-mlp-noise-aware";

  private static final long SEED = 38;
  private static final DataSet DATA = ShippedData.fashionCalibration();

  private static List<float[]> items() {
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < DATA.size(); i++) {
      float[] item = new float[DATA.valuesPerSample()];
      DATA.copy(i, item, 0);
      items.add(item);
    }
    return items;
  }

  private static SplitNetwork network() throws Exception {
    return SplitNetwork.of(TrainedNetworks.bytes(NETWORK), Map.of());
  }

  private static AccuracyModel measure(int threads) throws Exception {
    return NoiseSensitivity.measure(
        network(), items(), Decisions.CLASS, Optional.of(DATA::label), 7, threads);
  }

  @Test
  void moreNoiseKeepsFewerDecisionsAndCostsMoreAccuracy() throws Exception {
    AccuracyModel model = measure(1);
    assertTrue(model.weights().stream().allMatch(w -> w.ofReadout() > 0 && w.ofCells() > 0));
    assertEquals(0.9, model.reference(), 0.06);
    LossCurve decisions = model.decisions();
    assertTrue(decisions.loss(-6) > 0.4, () -> "lost at -6 dB " + decisions.loss(-6));
    assertTrue(decisions.loss(36) <= 0.02, () -> "lost at 36 dB " + decisions.loss(36));
    for (double snr_dB = 0; snr_dB <= 30; snr_dB += 3) {
      LossCurve.Point at = decisions.at(snr_dB);
      assertTrue(at.low() <= at.loss() && at.loss() <= at.high(), at.toString());
      assertTrue(at.high() >= decisions.loss(snr_dB - 2), "high at " + snr_dB);
      // Most decisions are right, so that a changed one mostly costs accuracy.
      double lost = model.accuracy().loss(snr_dB);
      assertTrue(lost <= at.loss() && lost >= at.loss() - 0.1, snr_dB + " dB: " + lost);
    }
  }

  /** Noise of the last layer is noise of the output: its ratio is the output's. */
  @Test
  void noiseOfTheLastLayerReachesTheOutputAsItIs() throws Exception {
    AccuracyModel model = measure(1);
    List<AccuracyModel.Weight> weights = model.weights();
    AccuracyModel.Weight last = weights.get(weights.size() - 1);
    // Its factor is that of the passage, which all layers share.
    AccuracyModel.Weight first = weights.get(0);
    double ofReads = last.ofReadout();
    assertTrue(ofReads > 0.5 && ofReads < 2, () -> "last " + ofReads);
    assertTrue(first.ofReadout() < 2 * ofReads, () -> "first " + first.ofReadout());
  }

  /** The estimate of agreement against noise of other seeds, sizes by layer and items. */
  @Test
  void agreementIsThatOfNoiseInTheLayers() throws Exception {
    AccuracyModel model = measure(2);
    SplitNetwork network = network();
    List<float[]> items = items();
    List<MatrixLayer> layers = network.layers();
    MatrixEngine exact = new FloatEngine(network);
    Classification clean = NetworkRun.run(network, exact, items, 1);
    double[] deviation = deviations(network, items);
    Random random = new Random(SEED);
    double bias = 0;
    double off = 0;
    int profiles = 12;
    for (int profile = 0; profile < profiles; profile++) {
      double mean_dB = 6 + 20 * random.nextDouble();
      List<Double> sigma = new ArrayList<>();
      double reaching = 0;
      for (int l = 0; l < layers.size(); l++) {
        double ratio = Math.pow(10, -(mean_dB + 3 * random.nextGaussian()) / 10);
        sigma.add(deviation[l] * Math.sqrt(ratio));
        reaching += model.weights().get(l).ofReadout() * ratio;
      }
      MatrixEngine noisy = new NoisyEngine(exact, sigma, RandomKey.of(SEED + profile));
      Classification run = NetworkRun.run(network, noisy, items, 1);
      double kept = run.right(i -> clean.classes().get(i)) / (double) items.size();
      double estimate = 1 - model.decisions().loss(-10 * Math.log10(reaching));
      bias += (estimate - kept) / profiles;
      off += Math.abs(estimate - kept) / profiles;
    }
    assertEquals(0, bias, 0.03);
    assertEquals(0, off, 0.045);
  }

  private static double[] deviations(SplitNetwork network, List<float[]> items) {
    int layers = network.layers().size();
    double[][] sums = new double[layers][3];
    MatrixEngine exact = new FloatEngine(network);
    MatrixEngine counting =
        () -> {
          MatrixEngine.Session session = exact.newSession();
          return (call, vectors, products) -> {
            session.multiply(call, vectors, products);
            for (float[] row : products) {
              for (int v = 0; v < call.count(); v++) {
                sums[call.layer()][0]++;
                sums[call.layer()][1] += row[v];
                sums[call.layer()][2] += (double) row[v] * row[v];
              }
            }
          };
        };
    NetworkRun.run(network, counting, items, 1);
    double[] deviations = new double[layers];
    for (int l = 0; l < layers; l++) {
      double mean = sums[l][1] / sums[l][0];
      deviations[l] = Math.sqrt(sums[l][2] / sums[l][0] - mean * mean);
    }
    return deviations;
  }

  @Test
  void aModelHasTheStatisticsOfItsInputs() throws Exception {
    ValueStatistics first = measure(1).weights().get(0).inputs().orElseThrow();
    double zeros = 0;
    double sum = 0;
    int count = 0;
    for (float[] item : items().subList(0, NoiseSensitivity.MOST_ITEMS)) {
      for (float value : item) {
        zeros += value == 0 ? 1 : 0;
        sum += value;
        count++;
      }
    }
    assertEquals(zeros / count, first.zeroShare(), 1e-9);
    assertEquals(sum / count, first.meanAbs(), 1e-6);
    assertEquals(0, first.negativeShare());
  }

  @Test
  void tailsOfBlocksAreThoseOfTheirProducts() throws Exception {
    AccuracyModel model = measure(1);
    MatrixLayer first = network().layers().get(0);
    int block = 64;
    List<Double> sums = new ArrayList<>();
    for (float[] item : items().subList(0, NoiseSensitivity.MOST_ITEMS)) {
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
  void aModelIsReadAsItWasWritten() throws Exception {
    AccuracyModel model = measure(1);
    String text = AccuracyText.print(model, TrainedNetworks.bytes(NETWORK));
    assertTrue(text.startsWith("model "), text.substring(0, 20));
    assertTrue(text.contains("\ndiffer ") && text.contains("\ninputs "), "lines of the text");
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

  /** Of products of about 1 a few are -10, where they are cut; after a ReLU all of these are 0. */
  @Test
  void cutsThatHarmNothingWeighAsErrorsOfCells() throws Exception {
    Models models = new Models().input("x", "N", 2);
    String first =
        models.node("MatMul", List.of("x", models.values(new long[] {2, 2}, 1, 0, 0, 1)));
    String positive = models.node("Relu", List.of(first));
    String last =
        models.node("MatMul", List.of(positive, models.values(new long[] {2, 2}, 1, 0, 0, 1)));
    SplitNetwork network = SplitNetwork.of(models.bytes(last), Map.of());
    Random random = new Random(SEED);
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      float[] item = {1 + 0.1f * random.nextFloat(), 1 + 0.1f * random.nextFloat()};
      if (i % 20 == 0) {
        item[random.nextInt(2)] = -10;
      }
      items.add(item);
    }
    AccuracyModel.Weight weight =
        NoiseSensitivity.measure(network, items, Decisions.CLASS, Optional.empty(), 1, 1)
            .weights()
            .get(0);
    assertTrue(weight.ofCells() > 0);
    assertEquals(weight.ofCells(), weight.ofClipping());
  }

  /** Bands at 2 dB less and more, half way between points 4 dB apart. */
  @Test
  void aBandReachesToThoseOfTwoDecibelsMoreAndLess() {
    LossCurve unsure =
        NoiseSensitivity.unsure(
            List.of(
                new Point(0, 0.8, 0.7, 0.9),
                new Point(4, 0.4, 0.3, 0.5),
                new Point(8, 0.2, 0.1, 0.3)));
    Point middle = unsure.points().get(1);
    assertEquals(0.4, middle.loss());
    assertEquals(0.2, middle.low(), 1e-12);
    assertEquals(0.7, middle.high(), 1e-12);
    // Above the last point the band is that point's; 2 dB below the first a sixth of a hundredth of
    // the decisions that are kept there is lost, 0.01 x 0.2 / 6.
    assertEquals(0.9 + 0.002 / 6, unsure.points().get(0).high(), 1e-12);
    assertEquals(0.1, unsure.points().get(2).low());
  }

  @Test
  void everyTrainedNetworkComesWithItsModelOfEveryStoredMatrix() {
    for (String name : TrainedNetworks.names()) {
      Network network = new OnnxFormat().shipped(name).orElseThrow();
      AccuracyModel model = network.accuracy().orElseThrow();
      assertTrue(model.decisions().isKnown(), name);
      assertEquals(
          network.layers().stream().filter(l -> !l.dynamic()).map(l -> l.name()).toList(),
          model.weights().stream().map(AccuracyModel.Weight::layer).toList());
      assertTrue(model.reference() > 0.85, name);
    }
  }
}
