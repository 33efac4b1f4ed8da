package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.spec.Sources;
import dev.kirchhoff.arch.spec.SpecReader;
import java.nio.charset.StandardCharsets;

/**
 * Sources of a spec that is not yet written to its file; files that it names are read beside it.
 *
 * @param file file that the text is for
 * @param text the text
 * @param files the other files
 */
public record UnwrittenFile(String file, String text, FileSources files) implements Sources {
  @Override
  public String resolve(String from, String name) {
    return files.resolve(from, name);
  }

  @Override
  public byte[] read(String wanted) throws SourceException {
    return read(wanted, SpecReader.SIZE_LIMIT_B);
  }

  @Override
  public byte[] read(String wanted, long limit_B) throws SourceException {
    return wanted.equals(file)
        ? text.getBytes(StandardCharsets.UTF_8)
        : files.read(wanted, limit_B);
  }

  @Override
  public long size(String wanted) throws SourceException {
    return wanted.equals(file) ? read(wanted).length : files.size(wanted);
  }

  @Override
  public byte[] read(String wanted, long offset, int length) throws SourceException {
    return wanted.equals(file)
        ? Sources.super.read(wanted, offset, length)
        : files.read(wanted, offset, length);
  }

  @Override
  public String resolveBeside(String from, String name) throws SourceException {
    return files.resolveBeside(from, name);
  }
}
