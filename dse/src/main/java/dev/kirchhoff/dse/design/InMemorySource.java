package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.spec.Sources;
import java.nio.charset.StandardCharsets;

/**
 * One spec that is held in memory.
 *
 * @param file what it is called
 * @param text its text
 */
record InMemorySource(String file, String text) implements Sources {
  @Override
  public String resolve(String from, String name) {
    return name;
  }

  @Override
  public byte[] read(String wanted) throws SourceException {
    if (!wanted.equals(file)) {
      throw SourceException.absent("does not exist");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
