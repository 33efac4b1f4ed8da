package dev.kirchhoff.mapper.train;

/** Networks of images that PyTorch trains, with their settings. */
enum TorchRecipe {
  FASHION_RESNET20(
      "fashion-resnet20",
      "ResNet-20 of 16, 32 and 64 filters, Fashion-MNIST",
      new Settings(31, 6, 128, 3e-3, 0.05, 2, 0, 0)),
  FASHION_VIT(
      "fashion-vit",
      "vision transformer of 4 encoders on 7 x 7 patches, Fashion-MNIST",
      new Settings(32, 10, 64, 1e-3, 0.05, 0, 0, 0));

  private static final int CLASSES = 10;
  private static final int SIDE = 28;

  private final String word;
  private final String title;
  private final Settings settings;

  TorchRecipe(String word, String title, Settings settings) {
    this.word = word;
    this.title = title;
    this.settings = settings;
  }

  /** Name in a spec. */
  String word() {
    return word;
  }

  /** Title, for people. */
  String title() {
    return title;
  }

  Settings settings() {
    return settings;
  }

  /** The network before it has weights. */
  TorchNetwork network() {
    return switch (this) {
      case FASHION_RESNET20 -> new ResidualNetwork(16, 3, CLASSES);
      case FASHION_VIT -> new VisionTransformer(SIDE, 7, 4, 4, 64, 128, CLASSES);
    };
  }
}
