package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Laws that hold for arrays of SRAM whatever their figures are. */
class SramArraysTest {
  private static final String CHIH = "../designs/chih-isscc-2021/spec.yaml";
  private static final String WANG = "../designs/wang-vlsi-2022/spec.yaml";
  private static final String SINANGIL = "../designs/sinangil-jssc-2021/spec.yaml";
  private static final String COLONNADE = "../designs/kim-colonnade-jssc-2021/spec.yaml";

  private static Evaluation evaluate(String file, String... settings) throws Exception {
    DesignSpec spec =
        DesignSpec.load(
            file,
            Arrays.stream(settings).map(Setting::parse).toList(),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    Design design = spec.newBinder().bind(spec.tree().start());
    return new Evaluator().evaluate(design);
  }

  private static double value(Metric metric, String file, String... settings) throws Exception {
    return evaluate(file, settings).totals().value(metric);
  }

  @Test
  void addersAreExact() throws Exception {
    Evaluation digital =
        evaluate(CHIH, "workload=vgg8_cifar10", "tile.count=fit", "precision.weights=8");
    digital
        .layers()
        .forEach(
            layer -> {
              assertEquals(0, layer.noise().clipping());
              assertEquals(0, layer.noise().readout());
              assertEquals(0, layer.noise().cells());
              assertEquals(0, layer.noise().irDrop());
            });
    double charge = value(Metric.SNR, WANG);
    double exact = value(Metric.SNR, CHIH, "precision={weights: 8, inputs: 8}");
    assertTrue(exact > charge, exact + " and " + charge);
  }

  @Test
  void sparseDataCostLess() throws Exception {
    for (String chip : List.of(CHIH, WANG, SINANGIL, COLONNADE)) {
      double last = 0;
      for (String share : List.of("90 %", "60 %", "30 %", "0 %")) {
        double now =
            value(
                Metric.PEAK_TOPS_PER_W,
                chip,
                "operation.peakData.inputs=" + share,
                "operation.peakData.weights=" + share);
        assertTrue(now > last, chip + " " + share);
        last = now;
      }
    }
  }

  @Test
  void aLowerSupplyIsSlowerAndMoreEfficient() throws Exception {
    for (String chip : List.of(CHIH, WANG, COLONNADE)) {
      String low = "technology.supply=0.7 V";
      String high = "technology.supply=1 V";
      assertTrue(value(Metric.PEAK_TOPS, chip, low) < value(Metric.PEAK_TOPS, chip, high), chip);
      assertTrue(
          value(Metric.PEAK_TOPS_PER_W, chip, low) > value(Metric.PEAK_TOPS_PER_W, chip, high),
          chip);
    }
  }

  @Test
  void wordsOfHalfTheWidthTakeTwoConversions() throws Exception {
    double four = value(Metric.PEAK_TOPS, CHIH);
    // 8 b x 8 b on trees of 4-bit words: twice the passes, half the words.
    double eight = value(Metric.PEAK_TOPS, CHIH, "precision={weights: 8, inputs: 8}");
    assertEquals(four / 4, eight, 1e-9 * four);
    // 128 columns of a chain hold 16 words of 1 + 7 bits, 11 of 4 + 7, 8 of 8 + 7.
    double one = value(Metric.PEAK_TOPS, COLONNADE, "precision={weights: 1, inputs: 1}");
    assertTrue(one > 8 * value(Metric.PEAK_TOPS, COLONNADE), Double.toString(one));
  }

  @Test
  void aChainHoldsWholeWords() throws Exception {
    for (int bits = 1; bits <= 16; bits++) {
      double tops =
          value(
              Metric.PEAK_TOPS,
              COLONNADE,
              "precision={weights: " + bits + ", inputs: 1}",
              "clock=100 MHz");
      // 2 x 128 rows x words at 0.1 GHz: 16 of 1 + 7 columns, 6 of 14 + 7, 5 of 15 + 7.
      assertEquals(0.0256 * (128 / (bits + 7)), tops, 1e-12, bits + " b");
    }
  }

  @Test
  void banksCostAreaAndGiveNoSpeed() throws Exception {
    double tops = value(Metric.PEAK_TOPS, WANG);
    assertEquals(tops, value(Metric.PEAK_TOPS, WANG, "cell.banks=1"), 1e-9 * tops);
    assertTrue(value(Metric.AREA, WANG, "cell.banks=1") < value(Metric.AREA, WANG));
    double stated = value(Metric.PEAK_TOPS, WANG, "crossbar.passTime=4 ns");
    assertEquals(2 * 64 * 16 / 4.0 / 1000, stated, 1e-9);
  }
}
