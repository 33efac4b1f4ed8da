package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.DesignAddress;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds designs of logged runs. */
public final class RunDesigns {
  private RunDesigns() {}

  /**
   * A design of a run.
   *
   * @param spec the run's spec
   * @param ordinals the design's knobs
   * @param name run and index
   */
  public record Found(DesignSpec spec, int[] ordinals, String name) {}

  /**
   * The design that {@code RUN#N} names.
   *
   * @throws DataProblemException if there is no such run or design, or another model version made
   *     it; the message is for the user
   */
  public static Found find(Path data, String address) {
    DesignAddress wanted = DesignAddress.parse(address);
    if (!Files.isDirectory(data)) {
      throw new DataProblemException(
          "there is no data directory " + data + "; --data names another");
    }
    RunDirectory run = DataDirectory.open(data).find(wanted.run());
    try (RunLogReader reader = RunLogReader.open(run.log())) {
      RunEvent.Run header = null;
      for (Optional<RunLogReader.Entry> entry = reader.next();
          entry.isPresent();
          entry = reader.next()) {
        RunEvent event = entry.get().envelope().event();
        if (event instanceof RunEvent.Run next && header == null) {
          header = next;
        } else if (event instanceof RunEvent.Evaluations batch
            && wanted.index() >= batch.first()
            && wanted.index() < batch.first() + batch.count()) {
          return new Found(
              spec(header),
              ordinals(batch, (int) (wanted.index() - batch.first())),
              run.id() + "#" + wanted.index());
        }
      }
    }
    throw new DataProblemException("run " + run.id() + " has no design " + wanted.index());
  }

  private static int[] ordinals(RunEvent.Evaluations batch, int row) {
    int[] ordinals = new int[batch.knobs().length];
    for (int k = 0; k < ordinals.length; k++) {
      ordinals[k] = batch.knobs()[k][row];
    }
    return ordinals;
  }

  /**
   * The spec that a run's header holds.
   *
   * @throws DataProblemException if another model version made the run, or the header's spec cannot
   *     be read
   */
  public static DesignSpec spec(RunEvent.Run header) {
    if (!ModelVersion.text().equals(header.version())) {
      throw new DataProblemException(
          "the run was made by model version "
              + header.version()
              + ", this is "
              + ModelVersion.text()
              + ": its numbers may differ, so they are not computed again");
    }
    String file = "the run's spec";
    try {
      return DesignSpec.load(
          file,
          List.of(),
          List.of(),
          SpecEnvironment.of(new TextSource(file, header.spec().toString())));
    } catch (SpecException e) {
      throw new DataProblemException("the run's spec cannot be read again: " + e.getMessage());
    }
  }
}
