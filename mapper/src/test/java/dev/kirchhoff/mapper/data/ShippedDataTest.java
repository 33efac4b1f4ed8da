package dev.kirchhoff.mapper.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShippedDataTest {
  @Test
  void everyTenImagesAreOneOfEachClass() {
    DataSet test = ShippedData.fashionTest();
    DataSet calibration = ShippedData.fashionCalibration();
    assertEquals(1000, test.size());
    assertEquals(200, calibration.size());
    for (DataSet data : List.of(test, calibration)) {
      assertEquals(List.of(1, 28, 28), data.shape());
      assertEquals(10, data.classes());
      for (int i = 0; i < data.size(); i++) {
        assertEquals(i % 10, data.label(i));
      }
    }
  }

  /** The mean pixel of Fashion-MNIST is 0.286 (training part), of 1,000 images close to it. */
  @Test
  void imagesAreThoseOfTheDataSet() {
    DataSet test = ShippedData.fashionTest();
    double sum = 0;
    for (int i = 0; i < test.size(); i++) {
      for (int p = 0; p < 784; p++) {
        float value = test.value(i, p);
        assertTrue(value >= 0 && value <= 1);
        sum += value;
      }
    }
    assertEquals(0.286, sum / test.size() / 784, 0.01);
  }

  @Test
  void noCalibrationImageIsATestImage() {
    DataSet test = ShippedData.fashionTest();
    DataSet calibration = ShippedData.fashionCalibration();
    for (int c = 0; c < calibration.size(); c++) {
      int image = c;
      assertTrue(
          IntStream.range(0, test.size()).noneMatch(t -> areEqual(calibration, image, test, t)),
          "calibration image " + c);
    }
  }

  private static boolean areEqual(DataSet a, int i, DataSet b, int j) {
    return IntStream.range(0, a.valuesPerSample()).allMatch(p -> a.value(i, p) == b.value(j, p));
  }

  @Test
  void theFirstSamplesOfADataSetAreADataSet() {
    DataSet few = ShippedData.sequenceTest().first(30);
    assertEquals(30, few.size());
    assertEquals(1000, ShippedData.sequenceTest().first(5000).size());
    assertEquals(ShippedData.sequenceTest().label(29), few.label(29));
  }
}
