package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Trained networks shipped with the program, each an ONNX file among its resources with weights in
 * single precision, by which accuracy is measured offline. docs/networks.md says how they were
 * trained.
 *
 * <p>This class names nothing of the format, so that its classes are loaded only when a model is
 * read.
 *
 * <pre>{@code
 * TrainedNetwork cnn = TrainedNetworks.about("fashion-cnn");
 * cnn.testAccuracy();               // in single precision, of 10,000 images
 * byte[] onnx = TrainedNetworks.bytes("fashion-cnn");
 * }</pre>
 */
public final class TrainedNetworks {
  private static final List<String> NAMES =
      List.of(
          "fashion-mlp",
          "fashion-mlp-noise-aware",
          "fashion-cnn",
          "fashion-cnn-noise-aware",
          "sequence-lstm",
          "fashion-resnet20",
          "fashion-vit");

  private TrainedNetworks() {}

  /** Their names, as a spec writes them. */
  public static List<String> names() {
    return NAMES;
  }

  /** Description of a network, from the metadata of its file. */
  public static TrainedNetwork about(String name) {
    return ModelReader.about(name, bytes(name));
  }

  /** Accuracy of a network under noise; empty if it was not measured. */
  public static Optional<AccuracyModel> accuracy(String name) {
    return resource(name, ".accuracy")
        .map(bytes -> AccuracyText.read(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** The file of a network. */
  public static byte[] bytes(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "The network (" + name + ") must be one of " + NAMES + ".\nMaybe it is a file's name.");
    }
    return resource(name, ".onnx")
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The resource (" + name + ".onnx) must be on the class path."));
  }

  private static Optional<byte[]> resource(String name, String ending) {
    try (InputStream stream =
        TrainedNetworks.class.getResourceAsStream("trained/" + name + ending)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
