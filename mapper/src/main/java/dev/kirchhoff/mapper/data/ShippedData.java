package dev.kirchhoff.mapper.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Samples shipped with the program, by which accuracy is measured offline: 1,000 test and 200
 * calibration images of Fashion-MNIST, and generated sequences.
 *
 * <p>The test images are every tenth of each class in the test part of the data set, the
 * calibration images every 300th of each class in its training part; both are dealt class by class,
 * so that the first 10 n samples are n of each class. With 1,000 images of 10,000 an accuracy near
 * 90 % has a standard error of 0.9 points.
 *
 * <p>Source: H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST, arXiv:1708.07747; Copyright (c) 2017
 * Zalando SE, Expat licence (LICENSE beside the files).
 */
public final class ShippedData {
  /** Garments: T-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, boot. */
  public static final int GARMENTS = 10;

  /** Generated sequences that stand for a test set; others are drawn the same way. */
  public static final int SEQUENCES = 1000;

  private static final int CALIBRATION_SEQUENCES = 200;
  private static final long TEST_SEED = 20_261;
  private static final long CALIBRATION_SEED = 20_262;

  private ShippedData() {}

  /** Images that accuracy is judged on. */
  public static DataSet fashionTest() {
    return fashion("test");
  }

  /** Images that ranges are calibrated on; none is among the test images. */
  public static DataSet fashionCalibration() {
    return fashion("calibration");
  }

  /** Sequences that accuracy is judged on. */
  public static DataSet sequenceTest() {
    return TemporalOrder.generate(SEQUENCES, TEST_SEED);
  }

  /** Sequences that ranges are calibrated on. */
  public static DataSet sequenceCalibration() {
    return TemporalOrder.generate(CALIBRATION_SEQUENCES, CALIBRATION_SEED);
  }

  private static DataSet fashion(String part) {
    try {
      return IdxFile.images(
          "fashion-mnist",
          array(part + "-images.idx.gz"),
          array(part + "-labels.idx.gz"),
          GARMENTS);
    } catch (DataException e) {
      throw new IllegalStateException("The shipped images of " + part + " must be readable.", e);
    }
  }

  private static IdxFile array(String name) throws DataException {
    try (InputStream stream = ShippedData.class.getResourceAsStream("fashion-mnist/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("The resource (" + name + ") must be on the class path.");
      }
      return IdxFile.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
