package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.workload.NetworkCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Specs kept in memory. */
final class MapSources implements Sources {
  private final Map<String, String> texts;

  MapSources(Map<String, String> texts) {
    this.texts = texts;
  }

  static DesignSpec.Environment environment(Map<String, String> texts) {
    return new DesignSpec.Environment(
        new MapSources(texts), new DeviceCatalogue(), new NetworkCatalogue(), part -> List.of());
  }

  @Override
  public String resolve(String from, String name) {
    return name;
  }

  @Override
  public byte[] read(String file) throws SourceException {
    String text = texts.get(file);
    if (text == null) {
      throw SourceException.absent("does not exist");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
