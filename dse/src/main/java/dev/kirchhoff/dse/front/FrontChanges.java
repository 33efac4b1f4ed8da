package dev.kirchhoff.dse.front;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Net changes of a front between two states; designs that entered and left in between are not
 * reported.
 */
public final class FrontChanges {
  private long[] published = new long[0];
  private long[] now = new long[0];

  /**
   * Count of changes of the front that was looked at; 0 of an empty one, empty if another comes.
   */
  private OptionalLong changes = OptionalLong.of(0);

  /** Looks again; returns whether anything may have changed. */
  public boolean look(Archive front) {
    published = now;
    OptionalLong count = OptionalLong.of(front.changes());
    if (count.equals(changes)) {
      return false;
    }
    changes = count;
    now = LongStream.range(0, front.size()).map(place -> front.index((int) place)).toArray();
    Arrays.sort(now);
    return true;
  }

  /** Looks at another front next time, whose own count of changes says nothing. */
  public void replace() {
    changes = OptionalLong.empty();
  }

  /** Designs that left between the last two looks, by rising index. */
  public long[] left() {
    return missing(published, now);
  }

  /** Designs that entered between the last two looks, by rising index. */
  public long[] entered() {
    return missing(now, published);
  }

  private static long[] missing(long[] of, long[] from) {
    return Arrays.stream(of).filter(index -> Arrays.binarySearch(from, index) < 0).toArray();
  }
}
