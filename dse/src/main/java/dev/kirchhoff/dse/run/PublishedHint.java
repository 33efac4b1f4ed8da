package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Progress of publication as Kafka acknowledged it: a hint, which may be stale or absent. The file
 * holds the seq and, on a second line, the id of the Kafka cluster, since what one cluster has
 * another has not.
 *
 * @param seq last acknowledged seq, all before it being acknowledged too; −1 = nothing
 * @param cluster id of the Kafka cluster; empty if not known
 */
public record PublishedHint(long seq, String cluster) {

  /** Reads a hint; empty if there is none that can be read. */
  public static Optional<PublishedHint> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      long seq = Long.parseLong(lines.get(0).strip());
      return Optional.of(new PublishedHint(seq, lines.size() > 1 ? lines.get(1).strip() : ""));
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
    ReplacedFile.write(file, seq + "\n" + cluster + "\n");
  }

  /** Takes a hint back to a seq, because what follows it in the log is cut off and written anew. */
  static void limit(Path file, long seq) throws IOException {
    Optional<PublishedHint> hint = read(file);
    if (hint.isPresent() && hint.get().seq() > seq) {
      new PublishedHint(seq, hint.get().cluster()).write(file);
    }
  }
}
