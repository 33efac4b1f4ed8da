package dev.kirchhoff.dse.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.RunNotebook.Change;
import dev.kirchhoff.arch.event.RunNotebook.Notes;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.OwnerLock;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunNotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookTest {
  @TempDir Path folder;
  private final Notebook notebook = new Notebook();

  private static Change change(String note, List<String> tags, Boolean archived) {
    return new Change(
        Optional.ofNullable(note), Optional.ofNullable(tags), Optional.ofNullable(archived));
  }

  @Test
  void aChangeReplacesItsFieldsAloneInAFileForItsOwner() throws Exception {
    String data = folder.resolve("data").toString();
    assertEquals(Map.of(), notebook.all(data));
    RunDirectory run = DataDirectory.open(Path.of(data)).createRun(new RunId("a-1"));
    assertEquals(Map.of(), notebook.all(data));
    notebook.change(data, "a-1", change("<b>tight</b> area", List.of("tapeout", "28nm"), null));
    Notes archived = notebook.change(data, "a-1", change(null, null, true));
    assertEquals(new Notes("<b>tight</b> area", List.of("28nm", "tapeout"), true), archived);
    assertEquals(Map.of("a-1", archived), notebook.all(data));
    assertEquals(new RunNotes(archived.note(), archived.tags(), true), RunNotes.read(run));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run.notes())));
    IllegalArgumentException bad =
        assertThrows(
            IllegalArgumentException.class,
            () -> notebook.change(data, "a-1", change(null, List.of("two words"), null)));
    assertTrue(bad.getMessage().contains("tag 'two words'"), bad.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> notebook.change(data, "a-1", change("half \ud83d", null, null)));
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "t" + i).toList();
    assertThrows(
        IllegalArgumentException.class,
        () -> notebook.change(data, "a-1", change(null, many, null)));
    assertEquals(Map.of("a-1", archived), notebook.all(data));
    assertThrows(
        IllegalArgumentException.class, () -> notebook.change(data, "b", change("x", null, null)));
  }

  /** A page's note and a terminal's tag at the same moment: both stay. */
  @Test
  void writersOfDifferentFieldsDoNotLoseEachOthersChange() throws Exception {
    String data = folder.resolve("data").toString();
    RunDirectory run = DataDirectory.open(Path.of(data)).createRun(new RunId("a-1"));
    Thread terminal =
        new Thread(
            () ->
                IntStream.range(0, 50)
                    .forEach(i -> RunNotes.change(run, old -> old.with(List.of("t" + i)))));
    terminal.start();
    for (int i = 0; i < 50; i++) {
      notebook.change(data, "a-1", change("note " + i, null, null));
    }
    terminal.join();
    RunNotes left = RunNotes.read(run);
    assertEquals("note 49", left.note());
    assertEquals(50, left.tags().size(), left.tags().toString());
  }

  @Test
  void aChangeThatAnotherHoldsUpIsRefused() throws Exception {
    String data = folder.resolve("data").toString();
    RunDirectory run = DataDirectory.open(Path.of(data)).createRun(new RunId("a-1"));
    OwnerLock held = OwnerLock.take(run.notesLock()).orElseThrow();
    try (held) {
      String told =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> notebook.change(data, "a-1", change("x", null, null)))
              .getMessage();
      assertTrue(told.contains("being changed by another process"), told);
    }
    assertEquals("x", notebook.change(data, "a-1", change("x", null, null)).note());
  }
}
