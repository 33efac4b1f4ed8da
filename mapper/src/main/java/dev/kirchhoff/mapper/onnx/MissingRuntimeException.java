package dev.kirchhoff.mapper.onnx;

import java.util.Locale;

/** Absence of the native code by which networks are run: of another platform, or not installed. */
public final class MissingRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingRuntimeException(Throwable cause) {
    super(
        "Networks are run by ONNX Runtime, whose native code for "
            + platform()
            + " is not here.\nMaybe the archive of natives of this release is not unpacked beside"
            + " it (docs/release.md).",
        cause);
  }

  private static String platform() {
    return (System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .toLowerCase(Locale.ROOT);
  }
}
