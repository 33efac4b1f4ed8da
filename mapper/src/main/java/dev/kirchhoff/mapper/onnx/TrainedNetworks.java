package dev.kirchhoff.mapper.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The trained networks that come with the program, each an ONNX file among its resources with its
 * weights in single precision, so that accuracy can be judged offline. docs/networks.md says how
 * they were trained.
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
          "sequence-lstm");

  private TrainedNetworks() {}

  /** Their names, as a spec writes them. */
  public static List<String> names() {
    return NAMES;
  }

  /** What the file of a network says about it. */
  public static TrainedNetwork about(String name) {
    return ModelReader.about(name, bytes(name));
  }

  /** The file of a network. */
  public static byte[] bytes(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "The network (" + name + ") must be one of " + NAMES + ".\nMaybe it is a file's name.");
    }
    String resource = "trained/" + name + ".onnx";
    try (InputStream stream = TrainedNetworks.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            "The resource (" + resource + ") must be on the class path.");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
