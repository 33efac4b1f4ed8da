package dev.kirchhoff.mapper.train;

/**
 * Settings of the training of a network.
 *
 * @param seed of everything drawn
 * @param epochs passes over the training data
 * @param batch samples of a step
 * @param rate step at the beginning; it falls to zero along a half cosine
 * @param decay of weights, relative to the rate
 * @param shift images are moved by up to so many pixels and mirrored half of the time; 0 leaves
 *     them as they are
 * @param noise deviation of the weights of a layer in training, relative to its largest
 * @param clip weights of a layer are cut at so many times their root mean square; 0 leaves them
 */
record Settings(
    long seed,
    int epochs,
    int batch,
    double rate,
    double decay,
    int shift,
    double noise,
    double clip) {
  Settings {
    if (epochs < 1 || batch < 1 || rate <= 0 || decay < 0 || shift < 0 || noise < 0 || clip < 0) {
      throw new IllegalArgumentException(
          "The settings of training ("
              + epochs
              + " epochs of batches of "
              + batch
              + ") must be positive.");
    }
  }

  /** The settings in words, as the metadata of a network say them. */
  @Override
  public String toString() {
    return "Adam, rate "
        + rate
        + " falling along a half cosine, decay "
        + decay
        + ", "
        + epochs
        + " epochs of batches of "
        + batch
        + (shift > 0 ? ", images moved by up to " + shift + " pixels and mirrored" : "")
        + (noise > 0 ? ", weight noise of " + noise + " of the layer's largest weight" : "")
        + (clip > 0 ? ", weights cut at " + clip + " times their root mean square" : "")
        + ", seed "
        + seed;
  }
}
