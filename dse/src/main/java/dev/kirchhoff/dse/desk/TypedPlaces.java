package dev.kirchhoff.dse.desk;

import dev.kirchhoff.arch.event.NamedPlaces;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.ResultFile;
import java.io.IOException;
import java.nio.file.Path;

/** Runs of a data directory by their endings, and files of results. */
public final class TypedPlaces implements NamedPlaces {

  /** Made by the service loader. */
  public TypedPlaces() {}

  @Override
  public String run(String data, String ending) {
    try {
      return DataDirectory.existing(Path.of(data)).find(ending).id().text();
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void requireWritable(String file) {
    try {
      ResultFile.requireWritable(Path.of(file));
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void write(String file, String text) throws IOException {
    try {
      ResultFile.write(Path.of(file), text);
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(ResultFile.reason(e), e);
    }
  }
}
