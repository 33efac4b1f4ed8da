package dev.kirchhoff.dse.desk;

import dev.kirchhoff.arch.event.RunNotebook;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunNotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Notes of runs, which {@code runs note} and {@code runs tag} write too. */
public final class Notebook implements RunNotebook {

  /** Made by the service loader. */
  public Notebook() {}

  @Override
  public Map<String, Notes> all(String data) {
    Map<String, Notes> all = new TreeMap<>();
    Path root = Path.of(data);
    if (!Files.isDirectory(root.resolve("runs"))) {
      return all;
    }
    DataDirectory directory = DataDirectory.existing(root);
    for (RunId id : directory.runs()) {
      RunDirectory run = directory.run(id);
      if (Files.exists(run.notes())) {
        all.put(id.text(), readable(run));
      }
    }
    return all;
  }

  /** Notes that cannot be read are shown as none; a change of them says what is wrong. */
  private static Notes readable(RunDirectory run) {
    try {
      return of(RunNotes.read(run));
    } catch (DataProblemException e) {
      return of(RunNotes.NONE);
    }
  }

  @Override
  public Notes change(String data, String id, Change change) {
    try {
      RunDirectory run = DataDirectory.existing(Path.of(data)).find(id);
      return of(RunNotes.change(run, notes -> changed(notes, change)));
    } catch (DataProblemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static RunNotes changed(RunNotes notes, Change change) {
    RunNotes noted = change.note().map(notes::withNote).orElse(notes);
    RunNotes tagged = change.tags().map(noted::withTags).orElse(noted);
    return change.archived().map(tagged::archived).orElse(tagged);
  }

  private static Notes of(RunNotes notes) {
    return new Notes(notes.note(), notes.tags(), notes.archived());
  }
}
