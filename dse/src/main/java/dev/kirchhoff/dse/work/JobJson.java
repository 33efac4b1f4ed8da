package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** JSON of jobs and results as it arrives from another process. */
final class JobJson {
  private JobJson() {}

  /**
   * Refuses JSON without some keys.
   *
   * @throws IOException if one is missing or null
   */
  static void require(JsonNode node, String... keys) throws IOException {
    for (String key : keys) {
      if (node == null || !node.hasNonNull(key)) {
        throw new IOException("it has no " + key);
      }
    }
  }
}
