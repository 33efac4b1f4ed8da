package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.OwnerLock;
import dev.kirchhoff.dse.run.SignedLog;
import dev.kirchhoff.dse.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Listing, description, notes and deletion of runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsCommandTest {
  @TempDir private static Path folder;
  private String good;

  @BeforeAll
  void explore() throws IOException {
    run(
            "explore",
            CommandRun.example("bench/vgg8-pcm"),
            "--no-kafka",
            "--budget",
            "60",
            "--seed",
            "1",
            "--simulate",
            "0",
            "--run-id",
            "r")
        .exits(0);
    good = Files.readString(log("r"));
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static Path log(String run) {
    return folder.resolve("data/runs/" + run + "/log.jsonl");
  }

  private void write(String run, String text) throws IOException {
    Files.createDirectories(log(run).getParent());
    SignedLog.write(log(run), text.replace("/runs/r\"", "/runs/" + run + "\""));
  }

  private static JsonNode summary(String run) {
    for (JsonNode each : run("runs", "--json").exits(0).json().get("runs")) {
      if (each.get("run").asText().equals(run)) {
        return each;
      }
    }
    throw new AssertionError(run + " is not listed");
  }

  @Test
  void anEndedRunIsListedWithItsFigures() {
    JsonNode listed = summary("r");
    assertEquals("finished", listed.get("state").asText());
    assertEquals(60, listed.get("evaluated").asInt());
    JsonNode front = run("show", "r", "--json").exits(0).json().get("front");
    assertEquals(front.size(), listed.get("front").asInt());
    assertEquals("maximise TOPS/W", listed.at("/header/objectives/0").asText());
    assertTrue(listed.get("size_B").asLong() >= good.length());
    assertEquals(
        CommandRun.parse(good.lines().findFirst().get()).get("time"), listed.get("started"));
    assertFalse(listed.has("damage"));
  }

  @Test
  void linesOfTheListHaveEightyColumnsInATerminalOfSo() throws IOException {
    write("a-name-that-somebody-chose-and-that-is-rather-long", good);
    String text =
        CommandRun.in(
                new Terminal(80, true, false), "runs", "--data", folder.resolve("data").toString())
            .exits(0)
            .out();
    text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertTrue(text.contains("All maximise TOPS/W, "), text);
  }

  /** A checksum is wider than its column at 60, and breaks there. */
  @Test
  void aRunIsDescribedWithItsValuesInANarrowTerminal() {
    CommandRun shown =
        CommandRun.in(
            new Terminal(60, true, false),
            "runs",
            "show",
            "r",
            "--data",
            folder.resolve("data").toString());
    String text = shown.exits(0).out();
    assertTrue(text.contains("maximise TOPS/W"), text);
    assertTrue(text.contains("60 designs evaluated in"), text);
    text.lines().forEach(line -> assertTrue(line.length() <= 60, line));
  }

  @Test
  void aGeneratedNameIsShownByItsEndingUnlessAnotherRunEndsSo() throws IOException {
    write("20261124T231235Z-one-k3f9", good);
    assertEquals("k3f9", summary("20261124T231235Z-one-k3f9").get("address").asText());
    write("20261125T231235Z-two-ab2d", good);
    write("other-ab2d", good);
    String whole = "20261125T231235Z-two-ab2d";
    assertEquals(whole, summary(whole).get("address").asText());
  }

  @Test
  void aDamagedRunIsListedWithFileAndLineAndNothingElseOfIt() throws IOException {
    write("hurt", good);
    String text = Files.readString(log("hurt"));
    Files.writeString(log("hurt"), text.replaceFirst("\"evaluated\":", "\"evaluated\" :"));
    JsonNode listed = summary("hurt");
    assertEquals("damaged", listed.get("state").asText());
    String reason = listed.get("damage").asText();
    assertTrue(reason.matches("(?s).*log\\.jsonl:[0-9]+: .*"), reason);
    assertFalse(listed.has("header"));
    assertEquals(0, listed.get("evaluated").asInt());
    assertTrue(run("runs").exits(0).out().contains(reason));
    assertTrue(run("runs", "show", "hurt").exits(0).out().contains("nothing of it is believed"));
  }

  @Test
  void aRunWithoutAnEndIsInterruptedAndOneWithoutALogIsEmpty() throws IOException {
    write("cut", good.substring(0, good.lastIndexOf("{\"specversion\"")));
    assertEquals("interrupted", summary("cut").get("state").asText());
    String shown = run("runs", "show", "cut").exits(0).out();
    assertTrue(shown.contains("./kirchhoff resume cut"), shown);
    Files.createDirectories(log("void").getParent());
    assertEquals("empty", summary("void").get("state").asText());
  }

  @Test
  void aRunIsDescribedInWords() {
    String text = run("runs", "show", "r").exits(0).out();
    for (String word :
        List.of("VGG-8 on PCM", "maximise TOPS/W", "60 designs", "seed 1", "finished: ", "side")) {
      assertTrue(text.contains(word), word + " is missing in\n" + text);
    }
    JsonNode knobs = run("runs", "show", "r", "--json").exits(0).json().get("knobs");
    JsonNode header = CommandRun.parse(good.lines().findFirst().get()).get("data");
    assertEquals(header.get("knobs").size(), knobs.size());
  }

  @Test
  void notesAndTagsAreKeptForTheirOwnerAloneAndUnknownFieldsStay() throws IOException {
    write("noted", good);
    run("runs", "note", "noted", "tighter", "area").exits(0);
    Path file = folder.resolve("data/runs/noted/notes.json");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\\{", "{\"pins\":[3],"));
    run("runs", "tag", "noted", "b", "a", "b").exits(0);
    JsonNode listed = summary("noted");
    assertEquals("tighter area", listed.get("note").asText());
    assertEquals("[\"a\",\"b\"]", listed.get("tags").toString());
    run("runs", "tag", "noted", "--remove", "a").exits(0);
    run("runs", "tag", "noted", "--remove", "a").refuses("has no tag 'a'; its tags: b");
    run("runs", "tag", "noted", "two words").refuses("tag 'two words'");
    assertEquals("[\"b\"]", summary("noted").get("tags").toString());
    assertEquals(3, CommandRun.parse(Files.readString(file)).at("/pins/0").asInt());
    assertTrue(run("runs").exits(0).out().contains("\"tighter area\" [b]"));
    Files.writeString(file, "[");
    run("runs", "note", "noted", "x").refuses("notes.json");
    assertTrue(summary("noted").get("damage").asText().contains("notes.json"));
    assertEquals("finished", summary("noted").get("state").asText());
  }

  @Test
  void aRunIsDeletedWholeAndNotWithoutBeingAskedFor() throws IOException {
    write("gone", good);
    run("runs", "delete", "gone").refuses("--yes deletes run gone");
    assertTrue(Files.exists(log("gone")));
    run("runs", "delete", "gone", "--yes").exits(0);
    assertFalse(Files.exists(log("gone").getParent()));
    try (Stream<Path> left = Files.list(folder.resolve("data"))) {
      assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith(".deleted")));
    }
    run("runs", "show", "gone").refuses("no run ends in 'gone'");
  }

  @Test
  void aRunThatIsBeingWrittenIsNotDeleted() throws IOException {
    write("busy", good);
    Optional<OwnerLock> lock = OwnerLock.take(log("busy").resolveSibling("lock"));
    OwnerLock held = lock.orElseThrow();
    try (held) {
      run("runs", "delete", "busy", "--yes").refuses("run busy is being written");
      assertEquals(Files.readString(log("busy")).length() > 0, Files.exists(log("busy")));
    }
    run("runs", "delete", "busy", "--yes").exits(0);
  }
}
