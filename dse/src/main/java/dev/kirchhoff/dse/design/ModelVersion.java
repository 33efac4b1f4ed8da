package dev.kirchhoff.dse.design;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Version of the models: release version + source revision, written by the build. Equal version,
 * equal numbers.
 */
public final class ModelVersion {
  private ModelVersion() {}

  /** True if a version is this one: equal numbers. */
  public static boolean isOurs(String version) {
    return text().equals(version);
  }

  /** {@code 1.0.0+ab12cd3}; the revision is {@code unknown} outside a checkout. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream in =
        ModelVersion.class.getResourceAsStream("/dev/kirchhoff/dse/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The version cannot be read.", e);
    }
    String revision = properties.getProperty("revision", "unknown");
    return properties.getProperty("version", "unknown")
        + "+"
        + (revision.isEmpty() || revision.startsWith("$") ? "unknown" : revision);
  }
}
