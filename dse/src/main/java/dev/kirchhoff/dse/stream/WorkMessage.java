package dev.kirchhoff.dse.stream;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Record of the work topic or of the result topic.
 *
 * @param key id of the piece of work that it is of
 * @param headers short texts about it
 * @param value its content, which is not copied
 */
public record WorkMessage(String key, Map<String, String> headers, byte[] value) {
  public WorkMessage {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** A header; empty text where there is none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
