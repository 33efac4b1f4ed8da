package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.Units;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Consecutive designs of a sweep.
 *
 * @param first index of its first design
 * @param count designs in it
 */
public record Chunk(long first, int count) implements UnitDesigns {
  /** Designs of a chunk at most: their rows must fit a record. */
  public static final int MOST = 16_384;

  private static final Pattern ID = Pattern.compile("(\\d{1,18})\\+(\\d{1,5})");

  public Chunk {
    if (first < 0 || count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "A chunk of " + count + " designs from " + first + " on must have 1 to " + MOST + ".");
    }
  }

  /** {@code FIRST+COUNT}. */
  @Override
  public String id() {
    return first + "+" + count;
  }

  /** The chunk of a name; empty if it is none. */
  static Optional<Chunk> of(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(matcher.group(2));
    return count < 1 || count > MOST
        ? Optional.empty()
        : Optional.of(new Chunk(Long.parseLong(matcher.group(1)), count));
  }

  @Override
  public String words() {
    return "designs " + Units.count(first) + " to " + Units.count(first + count - 1);
  }
}
