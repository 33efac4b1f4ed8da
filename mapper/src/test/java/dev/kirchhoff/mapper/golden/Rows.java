package dev.kirchhoff.mapper.golden;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values of an evaluation by path, in the order of their computation; repeated paths numbered. */
final class Rows {
  private final Map<String, String> values = new LinkedHashMap<>();

  void put(String path, double value) {
    put(path, Double.toString(value));
  }

  void put(String path, long value) {
    put(path, Long.toString(value));
  }

  void put(String path, String value) {
    String unique = path;
    for (int n = 2; values.containsKey(unique); n++) {
      unique = path + "#" + n;
    }
    values.put(unique, value.replace("\n", " "));
  }

  void putAll(Rows others) {
    others.values.forEach(this::put);
  }

  Map<String, String> values() {
    return values;
  }
}
