package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.spec.Sources;
import java.util.HashMap;
import java.util.Map;

/** Files kept in memory. */
final class MapFiles implements Sources {
  private final Map<String, byte[]> files = new HashMap<>();

  MapFiles with(String name, byte[] bytes) {
    files.put(name, bytes);
    return this;
  }

  @Override
  public String resolve(String from, String name) {
    int slash = from.lastIndexOf('/');
    return name.startsWith("/") || slash < 0 ? name : from.substring(0, slash + 1) + name;
  }

  @Override
  public byte[] read(String file) throws SourceException {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw SourceException.absent("does not exist");
    }
    return bytes;
  }
}
