package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.AccuracyText;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.LossCurve.Point;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.SensitivitiesByKind;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The law of sensitivities by kind of layer against the networks that were measured. */
class SensitivitiesByKindTest {
  private static final double BAND_DB = 5.7;
  private static final List<Double> LOST = List.of(0.05, 0.1, 0.2);

  private final SensitivitiesByKind shipped = SensitivitiesByKind.measured();
  private final List<Measured> classifiers =
      TrainedNetworks.names().stream().map(Measured::of).toList();

  /** A network, and its κ and curve as they were measured. */
  private record Measured(Network network, AccuracyModel model) {
    static Measured of(String name) {
      Network network = new OnnxFormat().shipped(name).orElseThrow();
      return new Measured(network, read(name));
    }

    static AccuracyModel read(String name) {
      String file = "measured/" + name + ".accuracy";
      try (InputStream stream = SensitivitiesByKindTest.class.getResourceAsStream(file)) {
        return AccuracyText.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Networks that differ in training alone are one architecture. */
    String architecture() {
      return network.name().replace("-noise-aware", "");
    }

    double sum(boolean ofTrunk, ToDoubleFunction<Weight> kappa) {
      List<Boolean> trunk = SensitivitiesByKind.trunk(network.layers());
      double sum = 0;
      for (int l = 0; l < trunk.size(); l++) {
        Weight weight = model.weight(network.layers().get(l).name());
        sum += trunk.get(l) == ofTrunk ? kappa.applyAsDouble(weight) : 0;
      }
      return sum;
    }

    long count(boolean ofTrunk) {
      List<Boolean> trunk = SensitivitiesByKind.trunk(network.layers());
      long layers = 0;
      for (int l = 0; l < trunk.size(); l++) {
        layers += trunk.get(l) == ofTrunk && !network.layers().get(l).dynamic() ? 1 : 0;
      }
      return layers;
    }
  }

  private static double share(Measured of, List<Measured> all) {
    return 1.0 / all.stream().filter(each -> each.architecture().equals(of.architecture())).count();
  }

  /** Geometric mean over architectures of means over trunks, or of sums over branches. */
  private static double mean(List<Measured> of, boolean ofTrunk, ToDoubleFunction<Weight> kappa) {
    double logs = 0;
    double shares = 0;
    for (Measured each : of) {
      long layers = each.count(ofTrunk);
      if (layers > 0) {
        double share = share(each, of);
        logs += share * Math.log(each.sum(ofTrunk, kappa) / (ofTrunk ? layers : 1));
        shares += share;
      }
    }
    return Math.exp(logs / shares);
  }

  private static double lost(List<Measured> of, double snr_dB) {
    double lost = 0;
    double shares = 0;
    for (Measured each : of) {
      lost += share(each, of) * each.model().decisions().loss(snr_dB);
      shares += share(each, of);
    }
    return lost / shares;
  }

  private static AccuracyModel fitted(List<Measured> of) {
    List<Weight> weights = new ArrayList<>();
    for (boolean ofTrunk : new boolean[] {true, false}) {
      weights.add(
          Weight.of(
              ofTrunk ? "trunk" : "branches",
              mean(of, ofTrunk, Weight::ofReadout),
              mean(of, ofTrunk, Weight::ofCells),
              Structure.NONE));
    }
    List<Point> points = new ArrayList<>();
    for (double snr_dB = -24; snr_dB <= 44; snr_dB += 2) {
      double lost = lost(of, snr_dB);
      points.add(new Point(snr_dB, lost, lost, lost));
    }
    return new AccuracyModel(0, weights, LossCurve.NONE, new LossCurve(points), "fitted");
  }

  /** The ratio of every layer, half reads and half cells, at which a share is lost. */
  private static double each_dB(AccuracyModel model, double lost) {
    double kappa =
        model.weights().stream().mapToDouble(w -> (w.ofReadout() + w.ofCells()) / 2).sum();
    return model.decisions().snrFor_dB(lost) + 10 * Math.log10(kappa);
  }

  @Test
  void aNetworkThatWasLeftOutIsWithinTheBand() {
    int within = 0;
    int all = 0;
    double squares = 0;
    for (Measured left : classifiers) {
      List<Measured> others =
          classifiers.stream()
              .filter(each -> !each.architecture().equals(left.architecture()))
              .toList();
      AccuracyModel predicted =
          new SensitivitiesByKind(fitted(others), shipped.language()).of(left.network());
      for (double lost : LOST) {
        double off_dB = each_dB(predicted, lost) - each_dB(left.model(), lost);
        squares += off_dB * off_dB;
        within += Math.abs(off_dB) <= BAND_DB ? 1 : 0;
        all++;
      }
    }
    assertTrue(within >= 0.95 * all, within + " of " + all + " within the band");
    assertEquals(BAND_DB, 2 * Math.sqrt(squares / all), 0.2);
  }

  @Test
  void theFileOfClassifiersIsTheFitOfTheMeasuredOnes() {
    AccuracyModel fitted = fitted(classifiers);
    AccuracyModel file = shipped.classifier();
    for (Weight weight : fitted.weights()) {
      Weight stated = file.weight(weight.layer());
      assertEquals(weight.ofReadout(), stated.ofReadout(), 0.002 * weight.ofReadout());
      assertEquals(weight.ofCells(), stated.ofCells(), 0.002 * weight.ofCells());
    }
    for (Point point : fitted.decisions().points()) {
      Point stated = file.decisions().at(point.snr_dB());
      assertEquals(point.loss(), stated.loss(), 1e-5);
      assertEquals(file.decisions().loss(point.snr_dB() + BAND_DB), stated.low(), 0.01);
      assertEquals(file.decisions().loss(point.snr_dB() - BAND_DB), stated.high(), 0.01);
    }
    assertTrue(file.origin().contains("from 7 measured classifiers"), file.origin());
  }

  @Test
  void theFileOfLanguageIsOfOneTransformer() {
    AccuracyModel measured = Measured.read("all-MiniLM-L6-v2");
    Weight branches = shipped.language().weight("branches");
    double reads = measured.weights().stream().mapToDouble(Weight::ofReadout).sum();
    double cells = measured.weights().stream().mapToDouble(Weight::ofCells).sum();
    assertEquals(reads, branches.ofReadout(), 0.002 * reads);
    assertEquals(cells, branches.ofCells(), 0.002 * cells);
    for (Point point : shipped.language().decisions().points()) {
      assertEquals(measured.decisions().loss(point.snr_dB()), point.loss(), 1e-3);
    }
  }

  /** A measurement anew, so that the stated κ are those of today's measurement. */
  @Test
  void theMeasuredSensitivitiesAreThoseOfToday() throws Exception {
    String name = "fashion-mlp";
    DataSet data = ShippedData.fashionTest();
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      float[] item = new float[data.valuesPerSample()];
      data.copy(i, item, 0);
      items.add(item);
    }
    SplitNetwork network = SplitNetwork.of(TrainedNetworks.bytes(name), Map.of());
    AccuracyModel today =
        NoiseSensitivity.measure(network, items, Decisions.CLASS, Optional.empty(), 1, 1);
    AccuracyModel stated = Measured.read(name);
    for (Weight weight : today.weights()) {
      Weight then = stated.weight(weight.layer());
      assertEquals(then.ofReadout(), weight.ofReadout(), 0.01 * then.ofReadout());
      assertEquals(then.ofCells(), weight.ofCells(), 0.01 * then.ofCells());
    }
  }

  private static Network network(String name) {
    return new NetworkCatalogue().find(name).orElseThrow();
  }

  private static List<String> trunk(String name) {
    List<Boolean> trunk = SensitivitiesByKind.trunk(network(name).layers());
    List<String> names = new ArrayList<>();
    for (int l = 0; l < trunk.size(); l++) {
      if (trunk.get(l)) {
        names.add(network(name).layers().get(l).name());
      }
    }
    return names;
  }

  @Test
  void theTrunkIsWhatNoSumPassesBy() {
    assertEquals(List.of("00", "20"), trunk("resnet18"));
    assertEquals(List.of("00", "97"), trunk("vision_transformer"));
    assertEquals(16, trunk("vgg16").size());
    assertEquals(List.of(), trunk("bert_base_seq128"));
    assertEquals(List.of("144"), trunk("gpt2_medium"));
    // Blocks whose shape changes have no sum in MobileNetV2.
    assertTrue(trunk("mobilenet_v2").containsAll(List.of("00", "03", "09")));
    assertFalse(trunk("mobilenet_v2").contains("07"));
  }

  @Test
  void branchesShareOneSumAtAnyDepth() {
    for (String name : List.of("resnet18", "resnet50")) {
      AccuracyModel model = shipped.of(network(name));
      double all = model.weights().stream().mapToDouble(Weight::ofCells).sum();
      Weight trunk = shipped.classifier().weight("trunk");
      Weight branches = shipped.classifier().weight("branches");
      assertEquals(2 * trunk.ofCells() + branches.ofCells(), all, 1e-9 * all);
      assertFalse(model.isOwn());
    }
  }

  @Test
  void transformersOfLanguageHaveTheirOwnFigures() {
    for (String name : List.of("bert_base_seq128", "gpt2_medium", "mobilebert", "msft_phi_1_5")) {
      assertEquals(shipped.language().origin(), shipped.of(network(name)).origin(), name);
    }
    for (String name : List.of("vision_transformer", "dpt_large", "vgg16", "resnet18")) {
      assertEquals(shipped.classifier().origin(), shipped.of(network(name)).origin(), name);
    }
  }
}
