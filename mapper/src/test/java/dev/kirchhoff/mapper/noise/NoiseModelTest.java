package dev.kirchhoff.mapper.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import dev.kirchhoff.mapper.evaluate.MovedPrices;
import dev.kirchhoff.mapper.evaluate.RandomDesigns;
import dev.kirchhoff.mapper.onnx.OnnxFormat;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Memos of the noise's stages change no bit, whatever they keep. */
class NoiseModelTest {
  private static final long SEED = 29;

  /** Nothing, a few results of some stages, some of all, everything. */
  private static final long[] BOUNDS_B = {0, 20_000, 400_000, 100_000_000};

  /** Layers of equal statistics, some of equal matrices. */
  private static final Network ALIKE = alike();

  private static final List<Network> NETWORKS =
      List.of(
          new OnnxFormat().shipped("fashion-cnn").orElseThrow(),
          new OnnxFormat().shipped("fashion-mlp").orElseThrow(),
          new NetworkCatalogue().find("resnet20_cifar10").orElseThrow(),
          ALIKE);

  private static Network alike() {
    List<Layer> layers = new ArrayList<>();
    int[] channels = {16, 32, 32, 64, 32};
    for (int l = 0; l < channels.length; l++) {
      layers.add(
          new Layer(
              "layer" + l,
              new MatrixShape(channels[l], channels[(l + 1) % channels.length], 3, 3, 8, 8, 1, 1),
              false,
              new ValueStatistics(0.5, 0.1, 0.2, 0),
              new ValueStatistics(0, 0.2, 0.3, 0.5),
              List.of(),
              l - 1));
    }
    return new Network("alike", layers, "");
  }

  private static List<NetworkDigits> digits(NoiseModel model, Design design) {
    List<NetworkDigits> digits = new ArrayList<>();
    for (Job job : design.jobs()) {
      digits.add(model.digits(design, job, model.values(job.network())));
    }
    return digits;
  }

  @Test
  void noMemoOfAnySizeChangesABit() {
    Random random = new Random(SEED);
    List<NoiseModel> models = new ArrayList<>();
    for (long bound_B : BOUNDS_B) {
      models.add(new NoiseModel(bound_B));
    }
    Prices.Pricer pricer = new Prices.Pricer();
    List<Design> before = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      // Some designs come again, so that results are kept, evicted and made again.
      Design design =
          i > 10 && random.nextBoolean()
              ? before.get(random.nextInt(before.size()))
              : RandomDesigns.random(random, NETWORKS.get(i % NETWORKS.size()));
      before.add(design);
      PriceTable prices = pricer.price(design);
      NoiseModel none = models.get(0);
      DesignNoise expected = none.of(design, prices, digits(none, design));
      for (NoiseModel model : models) {
        String message = "seed " + SEED + " case " + i;
        assertEquals(expected, model.of(design, prices, digits(model, design)), message);
      }
    }
  }

  @Test
  void designsThatDifferInPricesAloneShareTheirNoise() {
    Random random = new Random(SEED);
    NoiseModel model = new NoiseModel();
    Prices.Pricer pricer = new Prices.Pricer();
    Design design = RandomDesigns.random(random, NETWORKS.get(0));
    PriceTable prices = pricer.price(design);
    DesignNoise noise = model.of(design, prices, digits(model, design));
    DesignNoise again =
        model.of(design, MovedPrices.of(prices, source -> 2), digits(model, design));
    List<Optional<LayerNoise>> layers = noise.networks().get(0).layers();
    for (int l = 0; l < layers.size(); l++) {
      assertSame(layers.get(l).get(), again.networks().get(0).layers().get(l).get());
    }
  }

  @Test
  void networksThatDifferInOneLayerShareTheNoiseOfTheOthers() {
    Random random = new Random(SEED);
    NoiseModel model = new NoiseModel();
    Design design = RandomDesigns.random(random, NETWORKS.get(0));
    PriceTable prices = new Prices.Pricer().price(design);
    NetworkDigits digits = digits(model, design).get(0);
    List<Precision> precision = new ArrayList<>(design.jobs().get(0).precision());
    Precision first = precision.get(0);
    precision.set(0, new Precision(first.weights() + 1, first.inputs(), first.outputs()));
    Job other = new Job(design.jobs().get(0).network(), precision, design.jobs().get(0).weight());
    NetworkDigits wider = model.digits(design, other, digits.values());
    List<Optional<LayerNoise>> noise = layers(model, design, prices, digits);
    List<Optional<LayerNoise>> changed = layers(model, design, prices, wider);
    assertNotEquals(noise.get(0), changed.get(0));
    for (int l = 1; l < noise.size(); l++) {
      assertSame(noise.get(l).orElse(null), changed.get(l).orElse(null));
    }
  }

  private static List<Optional<LayerNoise>> layers(
      NoiseModel model, Design design, PriceTable prices, NetworkDigits digits) {
    return model.of(design, prices, List.of(digits)).networks().get(0).layers();
  }

  @Test
  void layersOfEqualStatisticsShareTheirDistributions() {
    NetworkValues values = NetworkValues.of(NETWORKS.get(0));
    for (int a = 0; a < values.layers(); a++) {
      for (int b = 0; b < values.layers(); b++) {
        assertEquals(
            values.inputs(a) == values.inputs(b), values.inputs(a).equals(values.inputs(b)));
      }
    }
  }
}
