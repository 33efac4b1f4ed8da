package dev.kirchhoff.dse.run;

import java.nio.file.Path;

/**
 * The files of one run. The log is the truth, all else is derived from it; {@code notes.json} is
 * the user's and is never touched here.
 *
 * @param id the run
 * @param path its directory
 */
public record RunDirectory(RunId id, Path path) {
  /** Every durable event, one a line, append-only. */
  public Path log() {
    return path.resolve("log.jsonl");
  }

  /** Rows of a large sweep, all of them; can be priced again. */
  public Path rows() {
    return path.resolve("rows.bin");
  }

  /** Held while the log is being written. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** Hint: how much of the log Kafka has acknowledged. */
  public Path published() {
    return path.resolve("published");
  }

  /** The user's note and tags; may be absent. */
  public Path notes() {
    return path.resolve("notes.json");
  }

  /** Held while note and tags are being changed. */
  public Path notesLock() {
    return path.resolve("notes.lock");
  }

  /** One file for each command that waits for the search. */
  public Path commands() {
    return path.resolve("commands");
  }

  /** True if a process is writing this run. */
  public boolean isBeingWritten() {
    return OwnerLock.isHeld(lock());
  }
}
