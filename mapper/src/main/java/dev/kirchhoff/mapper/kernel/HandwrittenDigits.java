package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.data.DataException;
import dev.kirchhoff.mapper.data.IdxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Handwritten digits, 1,797 images of 8 x 8 pixels of 0 to 16, in an order of a seed: the first
 * {@value #TRAINING} are to learn from, the other 297 to judge by. An accuracy near 88 % has a
 * standard error of 1.9 points.
 *
 * <p>Source: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits (test part), UCI
 * Machine Learning Repository (1998), doi 10.24432/C50P49, licence CC BY 4.0; re-coded as IDX
 * files.
 */
final class HandwrittenDigits {
  static final int PIXELS = 64;
  static final int CLASSES = 10;
  static final int TRAINING = 1500;
  static final int TEST = 297;

  private static final int BRIGHTEST = 16;

  private final IdxFile images = array("digits-images.idx.gz");
  private final IdxFile labels = array("digits-labels.idx.gz");
  private final int[] order = new int[TRAINING + TEST];
  private final RandomKey key;
  private final int train;
  private final int test;

  /**
   * Digits in the order of a seed.
   *
   * @param train images to learn, the first ones
   * @param test images to judge by, the first ones after {@value #TRAINING}
   */
  HandwrittenDigits(int train, int test, long seed) {
    this.train = train;
    this.test = test;
    key = RandomKey.of(seed);
    for (int i = 0; i < order.length; i++) {
      int other = (int) (key.uniform(i) * (i + 1));
      order[i] = order[other];
      order[other] = i;
    }
  }

  /** Keys: numbers of images, and the seed. */
  static List<Key> keys(String train, String test) {
    return List.of(
        Key.of("train", Type.whole(1, TRAINING), train, "images to learn"),
        Key.of("test", Type.whole(1, TEST), test, "images to judge by"),
        Key.of("seed", Type.whole(0, Integer.MAX_VALUE), "1", "seed of their order"));
  }

  /** Digits by the settings of {@link #keys}. */
  static HandwrittenDigits of(Settings settings) {
    return new HandwrittenDigits(
        settings.whole("train"), settings.whole("test"), settings.whole("seed"));
  }

  /** Images to learn. */
  int train() {
    return train;
  }

  /** Images to judge by. */
  int test() {
    return test;
  }

  /** Number of an image to judge by. */
  int testImage(int number) {
    return TRAINING + number;
  }

  /** Random stream of the seed. */
  RandomKey key() {
    return key;
  }

  private static IdxFile array(String name) {
    try (InputStream in = IdxFile.class.getResourceAsStream("kernels/" + name)) {
      return IdxFile.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DataException e) {
      throw new IllegalStateException("The shipped file (" + name + ") must be readable.", e);
    }
  }

  /** Pixels of an image, 0 to 1, row after row. */
  double[] pixels(int image) {
    double[] pixels = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = images.value(order[image] * PIXELS + i) / (double) BRIGHTEST;
    }
    return pixels;
  }

  /** Digit of an image. */
  int label(int image) {
    return labels.value(order[image]);
  }
}
