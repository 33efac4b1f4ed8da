package dev.kirchhoff.dse.work;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Piece of work that one worker does at once: some designs of a job of a run. Its id names all
 * three, so that a task which is done twice has one id and one result, and a task of a job that
 * differs in anything has another.
 *
 * @param run id of the run
 * @param job digest of the job
 * @param designs designs of it
 */
public record Task(String run, String job, TaskDesigns designs) {
  private static final Pattern ID =
      Pattern.compile("([A-Za-z0-9._-]{1,80})/([0-9a-f]{16})/([0-9.+#-]{1,11000})");

  /** {@code RUN/DIGEST/DESIGNS}. */
  public String id() {
    return run + "/" + job + "/" + designs.id();
  }

  /** The task of an id; empty if it is none. */
  public static Optional<Task> of(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? TaskDesigns.of(matcher.group(3))
            .map(designs -> new Task(matcher.group(1), matcher.group(2), designs))
        : Optional.empty();
  }

  /** Its designs in words, as the subject of a sentence in the plural. */
  public String words() {
    return designs.words();
  }
}
