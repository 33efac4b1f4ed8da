package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.Units;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Designs of a sweep that one worker prices at once. Run and range name it, so that a chunk which
 * is priced twice has one name and the same rows.
 *
 * @param run id of the run
 * @param first index of its first design
 * @param count designs in it
 */
public record Chunk(String run, long first, int count) {
  /** Designs of a chunk at most: their rows must fit a record. */
  public static final int MOST = 16_384;

  private static final Pattern ID =
      Pattern.compile("([A-Za-z0-9._-]{1,80})/(\\d{1,18})\\+(\\d{1,5})");

  public Chunk {
    if (first < 0 || count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "A chunk of " + count + " designs from " + first + " on must have 1 to " + MOST + ".");
    }
  }

  /** {@code RUN/FIRST+COUNT}. */
  public String id() {
    return run + "/" + first + "+" + count;
  }

  /** The chunk of an id; empty if it is none. */
  public static Optional<Chunk> of(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(matcher.group(3));
    return count < 1 || count > MOST
        ? Optional.empty()
        : Optional.of(new Chunk(matcher.group(1), Long.parseLong(matcher.group(2)), count));
  }

  /** Its designs in words. */
  public String designs() {
    return "designs " + Units.count(first) + " to " + Units.count(first + count - 1);
  }
}
