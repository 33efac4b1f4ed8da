package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.DesignAddress;
import dev.kirchhoff.dse.run.LogLines;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finder of designs of logged runs. */
public final class RunDesigns {
  /** Bytes of a line in which its type stands, as we write it. */
  private static final int HEAD_BYTES = 128;

  private RunDesigns() {}

  /**
   * A design of a run.
   *
   * @param spec the run's spec
   * @param ordinals the design's knobs
   * @param run the run
   * @param index index of the design in the run
   * @param seed seed of the run
   * @param accuracy its accuracy on simulated chips, where the run knows it
   */
  public record RunDesign(
      DesignSpec spec,
      int[] ordinals,
      RunId run,
      long index,
      long seed,
      Optional<RunEvent.Accuracy> accuracy) {

    /** Run and index, as commands take it. */
    public String name() {
      return run + "#" + index;
    }
  }

  /**
   * The design that {@code RUN#N} names.
   *
   * @throws DataProblemException if there is no such run or design, or another model version made
   *     it; the message is for the user
   */
  public static RunDesign find(Path data, String address) {
    DesignAddress wanted = DesignAddress.parse(address);
    if (!Files.isDirectory(data)) {
      throw new DataProblemException(
          "there is no data directory " + data + "; --data names another");
    }
    RunDirectory run = DataDirectory.open(data).find(wanted.run());
    long evaluated = 0;
    try (RunLogReader reader = RunLogReader.open(run.log())) {
      RunEvent.Run header = null;
      for (Optional<RunLogReader.Entry> entry = reader.next();
          entry.isPresent();
          entry = reader.next()) {
        RunEvent event = entry.get().envelope().event();
        if (event instanceof RunEvent.Run next && header == null) {
          header = next;
        } else if (event instanceof RunEvent.Evaluations batch) {
          evaluated = Math.max(evaluated, batch.first() + batch.count());
          if (wanted.index() < batch.first() || wanted.index() >= evaluated) {
            continue;
          }
          return new RunDesign(
              spec(header),
              ordinals(batch, (int) (wanted.index() - batch.first())),
              run.id(),
              wanted.index(),
              header.seed(),
              accuracy(run, entry.get(), wanted.index()));
        }
      }
    }
    throw new DataProblemException(
        "run "
            + run.id()
            + " has no design "
            + wanted.index()
            + (evaluated == 0 ? "" : "; its designs are 0 to " + (evaluated - 1)));
  }

  /** Accuracy in the last details of a design, if any after its evaluation state it. */
  private static Optional<RunEvent.Accuracy> accuracy(
      RunDirectory run, RunLogReader.Entry evaluation, long index) {
    Optional<RunEvent.Accuracy> last = Optional.empty();
    try (LogLines lines = LogLines.open(run.log())) {
      lines.seek(evaluation.end(), evaluation.envelope().seq() + 2);
      for (Optional<LogLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        byte[] bytes = line.get().bytes();
        if (mayBeAccount(bytes)
            && EventJson.parse(bytes, 0, bytes.length).event()
                instanceof RunEvent.DesignDetails details
            && details.index() == index
            && details.accuracy() != null) {
          last = Optional.of(details.accuracy());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EventFormatException e) {
      // What follows cannot be told; the design itself was read.
      return last;
    }
    return last;
  }

  /** True if the type near the beginning of a line is that of details. */
  private static boolean mayBeAccount(byte[] line) {
    String head = new String(line, 0, Math.min(HEAD_BYTES, line.length), StandardCharsets.US_ASCII);
    return head.contains(RunEvent.DesignDetails.TYPE);
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
          SpecEnvironment.of(new InMemorySource(file, header.spec().toString())));
    } catch (SpecException e) {
      throw new DataProblemException("the run's spec cannot be read again: " + e.getMessage());
    }
  }
}
