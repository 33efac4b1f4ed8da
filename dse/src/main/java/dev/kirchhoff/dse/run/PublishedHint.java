package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Progress of publication as Kafka acknowledged it: a hint, which may be stale or absent. The file
 * holds the seq of the last of them, on a second line the id of the Kafka cluster, since what one
 * cluster has another has not, and on a third the last era of the run.
 *
 * @param events events acknowledged, from the first of the run without a gap
 * @param cluster id of the Kafka cluster; empty if not known
 * @param era last era of which events may have been published
 */
public record PublishedHint(long events, String cluster, int era) {

  /** Reads a hint; empty if there is none that can be read. */
  public static Optional<PublishedHint> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      long seq = Long.parseLong(lines.get(0).strip());
      String cluster = lines.size() > 1 ? lines.get(1).strip() : "";
      int era = lines.size() > 2 ? Integer.parseInt(lines.get(2).strip()) : 0;
      return Optional.of(new PublishedHint(seq + 1, cluster, era));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the hint.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    ReplacedFile.write(file, (events - 1) + "\n" + cluster + "\n" + era + "\n");
  }

  /**
   * Takes a hint back to some events, because what follows them in the log is cut off and written
   * anew in another era. The era is kept here before the log is cut, so that none is opened twice.
   *
   * @param events events that stay
   * @param era era to open, as far as the log tells
   * @return the era to open
   */
  static int open(Path file, long events, int era) throws IOException {
    Optional<PublishedHint> hint = read(file);
    if (hint.isEmpty()) {
      return era;
    }
    int opened = Math.max(era, hint.get().era() + 1);
    long stay = Math.min(events, hint.get().events());
    new PublishedHint(stay, hint.get().cluster(), opened).write(file);
    return opened;
  }
}
