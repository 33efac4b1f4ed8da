package dev.kirchhoff.arch.workload;

import java.util.Optional;

/**
 * Value statistics assumed for a layer whose own are unknown, by what it reads.
 *
 * <p>Source: means over networks of MAC-weighted means over layers, of the value histograms that
 * CiMLoop (github.com/mit-emze/cimloop, workspace/models/workloads) ships with its networks; which
 * networks and layers stands at each constant. They are a guess for any other network: among the
 * four convolutional networks the mean magnitude behind a rectifier varies from 0.085 to 0.124.
 */
public enum TypicalValues {
  /** First layer: normalised images. ResNet-18, VGG-16, AlexNet, DenseNet-201. */
  IMAGE("image", new ValueStatistics(0.0234, 0.504, 0.582, 0.344)),
  /**
   * First layer: pixels that are not negative, 0 to 1 or 0 to 255. Mean of the three channels'
   * means and root mean squares of ImageNet, from mean 0.485, 0.456, 0.406 and deviation 0.229,
   * 0.224, 0.225 of pixels / 255 (docs.pytorch.org/vision, models: the normalisation of its
   * networks); no zeros, assumed.
   */
  PIXELS("pixels", new ValueStatistics(0, 0.449, 0.504, 0)),
  /** Behind a rectifier: the other layers of the same four networks. */
  RELU("relu", new ValueStatistics(0.620, 0.106, 0.213, 0)),
  /** Behind a layer without activation: what the expansions of MobileNet V3 read. */
  LINEAR_BOTTLENECK("linearBottleneck", new ValueStatistics(0.0705, 0.285, 0.361, 0.422)),
  /** Signed activations: linear layers of ViT-B/16 and GPT-2 medium not behind a GELU. */
  SIGNED("signed", new ValueStatistics(0.0853, 0.288, 0.366, 0.455)),
  /** Behind a GELU: second feed-forward layers of the same two networks. */
  GELU("gelu", new ValueStatistics(0.314, 0.119, 0.171, 0.603)),
  /** Behind a softmax: products of attention weights and values of the same two networks. */
  PROBABILITY("probability", new ValueStatistics(0.727, 0.0454, 0.119, 0)),
  /**
   * Behind a sigmoid: uniform in 0 to 1, as the sigmoid of a logistically distributed value is;
   * assumed.
   */
  GATE("gate", new ValueStatistics(0, 0.5, 0.577, 0)),
  /**
   * Positive, without zeros: behind an exponential, softplus, magnitude or norm. The values of
   * {@link #RELU} that are not zero: mean 0.106 / 0.38, mean square 0.213² / 0.38; assumed.
   */
  POSITIVE("positive", new ValueStatistics(0, 0.279, 0.346, 0)),
  /** Weights of convolutional networks: all layers of the four of {@link #IMAGE}. */
  CNN_WEIGHTS("cnnWeights", new ValueStatistics(0.102, 0.246, 0.323, 0.483)),
  /** Weights of depthwise layers: MobileNet V3. */
  DEPTHWISE_WEIGHTS("depthwiseWeights", new ValueStatistics(0.206, 0.192, 0.279, 0.373)),
  /** Weights of transformers: linear layers of ViT-B/16 and GPT-2 medium. */
  TRANSFORMER_WEIGHTS("transformerWeights", new ValueStatistics(0.0848, 0.299, 0.373, 0.457));

  private final String word;
  private final ValueStatistics statistics;

  TypicalValues(String word, ValueStatistics statistics) {
    this.word = word;
    this.statistics = statistics;
  }

  /** The word that stands for these values in a network's table. */
  public String word() {
    return word;
  }

  /** The statistics. */
  public ValueStatistics statistics() {
    return statistics;
  }

  /** Typical values of a sum, a concatenation or a choice of these values and others. */
  public TypicalValues with(TypicalValues other) {
    if (this == other) {
      return this;
    }
    if (statistics.signed() == other.statistics.signed()) {
      return !statistics.signed()
          ? RELU
          : this == LINEAR_BOTTLENECK || other == LINEAR_BOTTLENECK ? LINEAR_BOTTLENECK : SIGNED;
    }
    return statistics.signed() ? this : other;
  }

  /** The constant that a word stands for. */
  public static Optional<TypicalValues> of(String word) {
    for (TypicalValues each : values()) {
      if (each.word.equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
