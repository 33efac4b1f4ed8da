package dev.kirchhoff.dse.work;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Work unit: some designs of a job of a run, which one worker does at once. Its id names all three,
 * so that a work unit which is done twice has one id and one result, and a work unit of a job that
 * differs in anything has another.
 *
 * @param run id of the run
 * @param job digest of the job
 * @param designs designs of it
 */
public record WorkUnit(String run, String job, UnitDesigns designs) {
  private static final Pattern ID =
      Pattern.compile("([A-Za-z0-9._-]{1,80})/([0-9a-f]{16})/([0-9.+#-]{1,11000})");

  /** {@code RUN/DIGEST/DESIGNS}. */
  public String id() {
    return run + "/" + job + "/" + designs.id();
  }

  /** The work unit of an id; empty if it is none. */
  public static Optional<WorkUnit> of(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? UnitDesigns.of(matcher.group(3))
            .map(designs -> new WorkUnit(matcher.group(1), matcher.group(2), designs))
        : Optional.empty();
  }

  /** Its designs in words, as the subject of a sentence in the plural. */
  public String words() {
    return designs.words();
  }
}
