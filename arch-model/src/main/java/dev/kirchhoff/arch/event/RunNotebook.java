package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Service that keeps the user's notes of runs in their data directory, beside the logs and never in
 * them; found by {@link java.util.ServiceLoader}.
 */
public interface RunNotebook {

  /**
   * Notes of the runs that have some, by id.
   *
   * @param data path of the data directory
   */
  Map<String, Notes> all(String data);

  /**
   * Changes the notes of a run.
   *
   * @param data path of the data directory
   * @param run id of the run
   * @return the notes after the change
   * @throws IllegalArgumentException if there is no such run, or the change is not allowed; the
   *     message is for the user
   */
  Notes change(String data, String run, Change change);

  /**
   * Notes of a run.
   *
   * @param note free text
   * @param tags words
   * @param archived whether lists leave the run out at first
   */
  record Notes(String note, List<String> tags, boolean archived) {
    public Notes {
      tags = List.copyOf(tags);
    }
  }

  /** Fields of notes that are to be replaced; the others stay. */
  record Change(Optional<String> note, Optional<List<String>> tags, Optional<Boolean> archived) {}
}
