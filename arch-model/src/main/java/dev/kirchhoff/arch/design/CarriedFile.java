package dev.kirchhoff.arch.design;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Content of a file within a spec, compressed (RFC 1950) and in base 64. A run's spec carries the
 * files of its kernels so, and is read where they are not.
 *
 * <pre>{@code
 * workload: {kernel: dct, image: photo.npy}
 * files: {photo.npy: eJxT…}
 * }</pre>
 */
final class CarriedFile {
  private CarriedFile() {}

  /** A content as text. */
  static String of(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(compressed.toByteArray());
  }

  /**
   * The content that a text carries.
   *
   * @param limit_B most bytes
   * @return the content; empty if it is damaged or larger
   */
  static Optional<byte[]> content(String text, int limit_B) {
    try {
      byte[] compressed = Base64.getDecoder().decode(text);
      try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
        byte[] content = in.readNBytes(limit_B + 1);
        return content.length > limit_B ? Optional.empty() : Optional.of(content);
      }
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }
}
