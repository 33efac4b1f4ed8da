package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.data.DataSet;
import dev.kirchhoff.mapper.data.ShippedData;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import dev.kirchhoff.mapper.onnx.TrainedNetworks;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Score;
import dev.kirchhoff.mapper.simulate.AccuracyStudy.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped networks on simulated chips: what is known of them, and that more of what hurts costs
 * more. {@code -Dsimulate.print=true} prints the table of docs/simulation.md and draws its plot.
 */
class GarmentsTest {
  private static final Path PLOT = Path.of("..", "docs", "images", "simulated-accuracy.svg");
  private static final boolean PRINTS = Boolean.getBoolean("simulate.print");

  private static final int ITEMS = 300;

  /** Networks with 2 to 280 times the products of the others. */
  private static final List<String> DEEP = List.of("fashion-resnet20", "fashion-vit");

  /** More for the table and the plot that are kept. */
  private static final int DRAWS = PRINTS ? 2 : 1;

  private static List<float[]> items(DataSet data, int count) {
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < Math.min(count, data.size()); i++) {
      float[] item = new float[data.valuesPerSample()];
      data.copy(i, item, 0);
      items.add(item);
    }
    return items;
  }

  private static TestChips chip() {
    TestChips chip = new TestChips();
    chip.rows = 128;
    chip.columns = 128;
    chip.rowsActive = 128;
    chip.range = Readout.Range.CALIBRATED;
    chip.adcBits = 8;
    return chip;
  }

  private static AccuracyStudy study(String network, TestChips chip, int count) throws Exception {
    boolean isSequence = network.startsWith("sequence");
    DataSet test = isSequence ? ShippedData.sequenceTest() : ShippedData.fashionTest();
    DataSet calibration =
        isSequence ? ShippedData.sequenceCalibration() : ShippedData.fashionCalibration();
    QuantisedNetwork quantised =
        QuantisedNetwork.of(
            SplitNetwork.of(TrainedNetworks.bytes(network), Map.of()),
            chip.model(),
            layer -> new Precision(8, 8, 8),
            items(calibration, 200));
    return new AccuracyStudy(
        quantised, chip.model(), items(test, count), test.labels(), new Settings(1, DRAWS, 1));
  }

  @Test
  void trainedNetworksAreRightAsOftenAsTheirFilesSayAndQuantisedOnesNearlySo() throws Exception {
    for (String network : TrainedNetworks.names()) {
      if (DEEP.contains(network)) {
        continue;
      }
      AccuracyStudy study = study(network, chip(), 1000);
      assertEquals(
          TrainedNetworks.about(network).shipped().right(), study.trained().right(), 1, network);
      assertEquals(study.trained().mean(), study.quantised().mean(), 0.004, network);
    }
  }

  /** One of a hundred; of their files' figures {@code TrainedNetworksTest} is the judge. */
  @Test
  @Tag("slow")
  void deepNetworksAreNearlyAsRightOfEightBits() throws Exception {
    for (String network : DEEP) {
      AccuracyStudy study = study(network, chip(), 100);
      assertEquals(study.trained().mean(), study.quantised().mean(), 0.01 + 1e-9, network);
    }
  }

  @Test
  @Tag("slow")
  void onIdealHardwareTheConvolutionalNetworkIsTheQuantisedOne() throws Exception {
    TestChips chip = chip();
    chip.range = Readout.Range.FULL;
    chip.adcBits = 12;
    AccuracyStudy study = study("fashion-cnn", chip, 1000);
    double ideal = study.alone(NonIdeality.CONVERTER, 1).mean();
    assertEquals(study.quantised().mean(), ideal, 0.003);
  }

  /** Accuracy of some hardware; told and kept for the plot. */
  private static Score score(TestChips chip, double age_s, AccuracyPlot.Panel panel, String value)
      throws Exception {
    Score score = study("fashion-cnn", chip, ITEMS).at(age_s);
    panel.add(value, score);
    if (PRINTS) {
      System.out.printf(
          "%s %s: %.1f %% (%.1f..%.1f)%n",
          panel.axis(), value, 100 * score.mean(), 100 * score.least(), 100 * score.most());
    }
    return score;
  }

  /** Falls, within the two standard errors that a few hundred items leave. */
  private static double falls(double before, Score score, String what) {
    double tolerance = 2 * Math.sqrt(score.mean() * (1 - score.mean()) / ITEMS);
    assertTrue(score.mean() <= before + tolerance, what + ": " + score + " after " + before);
    return score.mean();
  }

  @Test
  @Tag("slow")
  void accuracyFallsWithEachNonIdeality() throws Exception {
    AccuracyPlot.Panel variations =
        new AccuracyPlot.Panel("programming error, of the published one");
    double before = 1;
    for (double variation : new double[] {0, 0.5, 1, 2, 4}) {
      TestChips chip = chip();
      chip.variation = variation;
      before = falls(before, score(chip, 1, variations, plain(variation)), "variation");
      assertTrue(variation < 2 || before < 0.87, variation + " times the error: " + before);
    }
    assertTrue(before < 0.75, "four times the error: " + before);
    AccuracyPlot.Panel wires = new AccuracyPlot.Panel("wire resistance, ohm a segment");
    before = 1;
    for (double ohm : new double[] {0, 2, 10, 40}) {
      TestChips chip = chip();
      chip.variation = 0.5;
      chip.segment_ohm = ohm;
      chip.driver_ohm = 100 * ohm;
      before = falls(before, score(chip, 1, wires, plain(ohm)), "wires");
    }
    AccuracyPlot.Panel ages = new AccuracyPlot.Panel("age of phase-change cells");
    before = 1;
    String[] ageNames = {"20 s", "1 hour", "1 day", "30 days", "1 year"};
    double[] ages_s = {20, 3600, 86_400, 2_592_000, 31_536_000};
    for (int i = 0; i < ages_s.length; i++) {
      TestChips chip = chip();
      chip.device = "pcm-gst-joshi2020";
      before = falls(before, score(chip, ages_s[i], ages, ageNames[i]), "age");
    }
    AccuracyPlot.Panel converters = new AccuracyPlot.Panel("converter, bits");
    before = 1;
    for (int bits : new int[] {8, 6, 5, 4, 3}) {
      TestChips chip = chip();
      chip.variation = 0.5;
      chip.adcBits = bits;
      before = falls(before, score(chip, 1, converters, Integer.toString(bits)), "bits");
    }
    if (PRINTS) {
      double ideal = study("fashion-cnn", chip(), ITEMS).quantised().mean();
      List<AccuracyPlot.Panel> panels = List.of(variations, wires, converters, ages);
      Files.writeString(PLOT, AccuracyPlot.svg(panels, ideal));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
  }
}
