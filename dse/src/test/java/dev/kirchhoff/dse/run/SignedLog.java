package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Run logs that a test has changed, with digests that agree with the change. */
public final class SignedLog {
  private SignedLog() {}

  /** Writes lines with new digests; text behind the last line end stays as it is. */
  public static void write(Path log, String text) throws IOException {
    StringBuilder signed = new StringBuilder();
    String prev = "00000000";
    String whole = text.endsWith("}") ? text + "\n" : text;
    int end = whole.lastIndexOf('\n') + 1;
    for (String line : whole.substring(0, end).split("\n")) {
      String covered =
          line.replaceFirst(",\"check\":\"[0-9a-f]{8}\"}$", "")
              .replaceFirst("\"prev\":\"[0-9a-f]{8}\"", "\"prev\":\"" + prev + "\"");
      CRC32C crc = new CRC32C();
      crc.update(covered.getBytes(StandardCharsets.UTF_8));
      prev = String.format("%08x", crc.getValue());
      signed.append(covered).append(",\"check\":\"").append(prev).append("\"}\n");
    }
    Files.writeString(log, signed + whole.substring(end));
  }
}
