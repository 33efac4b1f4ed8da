package dev.kirchhoff.mapper.onnx;

import java.util.Map;

/**
 * Description of a trained network, from the metadata of its file.
 *
 * @param name as a spec writes it
 * @param title network and data, for people
 * @param data name of the data that it was trained and judged on
 * @param classes number of classes
 * @param test samples that its accuracy was measured on in single precision, and how many were
 *     right
 * @param shipped samples that come with the program, likewise
 * @param training method of training
 * @param source source of data and method
 */
public record TrainedNetwork(
    String name,
    String title,
    String data,
    int classes,
    Score test,
    Score shipped,
    String training,
    String source) {

  /**
   * Score of a network: number of samples that it classifies right.
   *
   * @param right whose best class was their own
   * @param samples all
   */
  public record Score(int right, int samples) {
    /** The share that was right, 0..1. */
    public double share() {
      return (double) right / samples;
    }
  }

  /** From the metadata of a file. */
  static TrainedNetwork of(String name, Map<String, String> metadata) {
    return new TrainedNetwork(
        name,
        word(metadata, "title"),
        word(metadata, "data"),
        number(metadata, "classes"),
        new Score(number(metadata, "testRight"), number(metadata, "testSamples")),
        new Score(number(metadata, "shippedRight"), number(metadata, "shippedSamples")),
        "began with " + word(metadata, "startedFrom") + "; " + word(metadata, "training"),
        word(metadata, "source"));
  }

  /** The share of the test samples that was right in single precision, 0..1. */
  public double testAccuracy() {
    return test.share();
  }

  private static String word(Map<String, String> metadata, String key) {
    if (!metadata.containsKey(key)) {
      throw new IllegalStateException("The metadata of a trained network must say " + key + ".");
    }
    return metadata.get(key);
  }

  private static int number(Map<String, String> metadata, String key) {
    return Integer.parseInt(word(metadata, key));
  }
}
