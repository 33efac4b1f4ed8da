package dev.kirchhoff.dse.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.DesignAddress;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunLogReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finder of designs of logged runs. */
public final class RunDesigns {
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
   * @throws DamagedLogException if the run's log is damaged, wherever
   */
  public static RunDesign find(Path data, String address) {
    DesignAddress wanted = DesignAddress.parse(address);
    RunDirectory run = DataDirectory.existing(data).find(wanted.run());
    long evaluated = 0;
    RunEvent.Run header = null;
    Optional<int[]> ordinals = Optional.empty();
    Optional<RunEvent.Accuracy> accuracy = Optional.empty();
    // The whole log is read, so that nothing of a damaged one is believed.
    try (RunLogReader reader = RunLogReader.open(run)) {
      for (Optional<RawEvent> next = reader.nextLine();
          next.isPresent();
          next = reader.nextLine()) {
        RawEvent line = next.get();
        if (header == null) {
          header = (RunEvent.Run) reader.event(line).event();
        } else if (line.type().equals(RunEvent.Evaluations.TYPE) && ordinals.isEmpty()) {
          RunEvent.Evaluations batch = (RunEvent.Evaluations) reader.event(line).event();
          evaluated = Math.max(evaluated, batch.first() + batch.count());
          if (wanted.index() >= batch.first() && wanted.index() < evaluated) {
            ordinals = Optional.of(batch.ordinals((int) (wanted.index() - batch.first())));
          }
        } else if (line.type().equals(RunEvent.DesignDetails.TYPE) && ordinals.isPresent()) {
          RunEvent.DesignDetails details = (RunEvent.DesignDetails) reader.event(line).event();
          if (details.index() == wanted.index() && details.accuracy() != null) {
            accuracy = Optional.of(details.accuracy());
          }
        }
      }
    }
    if (ordinals.isEmpty()) {
      throw new DataProblemException(
          "run "
              + run.id()
              + " has no design "
              + wanted.index()
              + (evaluated == 0 ? "" : "; its designs are 0 to " + (evaluated - 1)));
    }
    return new RunDesign(
        spec(header), ordinals.get(), run.id(), wanted.index(), header.seed(), accuracy);
  }

  /**
   * The spec that a run's header holds.
   *
   * @throws DataProblemException if another model version made the run, or the header's spec cannot
   *     be read
   */
  public static DesignSpec spec(RunEvent.Run header) {
    return spec(header.version(), header.spec());
  }

  /** The spec that a header of a model version holds. */
  static DesignSpec spec(String version, JsonNode spec) {
    if (!ModelVersion.isOurs(version)) {
      throw new DataProblemException(
          "the run was made by model version "
              + version
              + ", this is "
              + ModelVersion.text()
              + ": its numbers may differ, so they are not computed again."
              + "\nMaybe search on from its front with this version: ./kirchhoff explore --from RUN");
    }
    String file = "the run's spec";
    try {
      return resolved(spec, file);
    } catch (SpecException e) {
      throw new DataProblemException("the run's spec cannot be read again: " + e.getMessage());
    }
  }

  /**
   * A spec in its resolved form, as headers of runs and pieces of work hold it.
   *
   * @param name name that it goes by, as of a file
   * @throws SpecException with everything that is wrong with it now
   */
  public static DesignSpec resolved(JsonNode spec, String name) throws SpecException {
    return DesignSpec.load(
        name, List.of(), List.of(), SpecEnvironment.of(new InMemorySource(name, spec.toString())));
  }

  /**
   * The spec that a run's header holds, with changes; of any model version, since no figure of the
   * run is used.
   *
   * @param name name that it goes by, as of a file
   * @throws SpecException with everything that is wrong with it now
   */
  public static DesignSpec changed(
      RunEvent.Run header, String name, List<Setting> changes, List<String> limits)
      throws SpecException {
    return DesignSpec.load(
        name,
        changes,
        limits,
        SpecEnvironment.of(new InMemorySource(name, header.spec().toString())));
  }
}
