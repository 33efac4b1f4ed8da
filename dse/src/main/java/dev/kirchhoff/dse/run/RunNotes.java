package dev.kirchhoff.dse.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The user's note, tags and archive flag of a run, {@code notes.json} beside its log. The file is
 * replaced as a whole, by rename, readable by its owner alone; fields of it that are not known here
 * stay.
 *
 * @param note free text; empty if there is none
 * @param tags words without spaces and commas, sorted, each once
 * @param archived whether lists of runs leave it out at first
 */
public record RunNotes(String note, List<String> tags, boolean archived) {
  /** Notes of a run that has none. */
  public static final RunNotes NONE = new RunNotes("", List.of(), false);

  private static final int LONGEST_NOTE = 10_000;
  private static final int MOST_TAGS = 100;
  private static final String TAG = "[^\\s,\"]{1,40}";

  /**
   * @throws DataProblemException if the note is too long or no text, a tag is not a word, or there
   *     are too many tags
   */
  public RunNotes {
    if (note.length() > LONGEST_NOTE) {
      throw new DataProblemException(
          "the note has " + note.length() + " characters, must have at most " + LONGEST_NOTE);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(note + String.join("", tags))) {
      throw new DataProblemException("the note or a tag has half of a character");
    }
    if (tags.size() > MOST_TAGS) {
      throw new DataProblemException(
          "there are " + tags.size() + " tags, must be at most " + MOST_TAGS);
    }
    for (String tag : tags) {
      if (!tag.matches(TAG)) {
        throw new DataProblemException(
            "tag '" + tag + "' must be 1 to 40 characters without spaces, commas and quotes");
      }
    }
    tags = List.copyOf(new TreeSet<>(tags));
  }

  /**
   * Notes of a run; empty ones if it has none.
   *
   * @throws DataProblemException if the file is not what was written
   */
  public static RunNotes read(RunDirectory run) {
    ObjectNode file = file(run);
    List<String> tags = new ArrayList<>();
    file.path("tags").forEach(tag -> tags.add(tag.asText()));
    return new RunNotes(file.path("note").asText(""), tags, file.path("archived").asBoolean(false));
  }

  /** These notes with another text. */
  public RunNotes withNote(String text) {
    return new RunNotes(text.strip(), tags, archived);
  }

  /** These notes with other tags in place of all. */
  public RunNotes withTags(List<String> others) {
    return new RunNotes(note, others, archived);
  }

  /** These notes, archived or not. */
  public RunNotes archived(boolean archive) {
    return new RunNotes(note, tags, archive);
  }

  /** These notes with more tags. */
  public RunNotes with(List<String> added) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(added);
    return new RunNotes(note, all, archived);
  }

  /**
   * These notes with fewer tags.
   *
   * @throws DataProblemException if one of them is no tag of the run
   */
  public RunNotes without(List<String> removed) {
    List<String> left = new ArrayList<>(tags);
    for (String tag : removed) {
      if (!left.remove(tag)) {
        throw new DataProblemException(
            "the run has no tag '"
                + tag
                + "'; "
                + (tags.isEmpty() ? "it has none" : "its tags: " + String.join(", ", tags)));
      }
    }
    return new RunNotes(note, left, archived);
  }

  /**
   * Changes the notes of a run from those that it has now; no other process changes them meanwhile.
   *
   * @return the changed notes
   * @throws DataProblemException if another process holds them for a second, the file is not what
   *     was written, or the change is refused
   */
  public static RunNotes change(RunDirectory run, UnaryOperator<RunNotes> change) {
    Optional<OwnerLock> lock = OwnerLock.take(run.notesLock());
    if (lock.isEmpty()) {
      throw new DataProblemException(
          "the notes of run " + run.id() + " are being changed by another process; try again");
    }
    OwnerLock held = lock.get();
    try (held) {
      RunNotes changed = change.apply(read(run));
      changed.write(run);
      return changed;
    }
  }

  private void write(RunDirectory run) {
    ObjectNode file = file(run);
    file.put("note", note);
    ArrayNode list = file.putArray("tags");
    tags.forEach(list::add);
    file.put("archived", archived);
    try {
      ReplacedFile.write(run.notes(), EventJson.mapper().writeValueAsString(file) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(
          run.notes() + ": cannot be written: " + ResultFile.reason(e), e);
    }
  }

  private static ObjectNode file(RunDirectory run) {
    Path path = run.notes();
    if (!Files.exists(path)) {
      return EventJson.mapper().createObjectNode();
    }
    try {
      JsonNode node = EventJson.mapper().readTree(Files.readAllBytes(path));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new DataProblemException(path + ": is no JSON object; move it away to write notes");
    } catch (IOException e) {
      throw new DataProblemException(
          path + ": cannot be read as JSON; move it away to write notes");
    }
  }
}
