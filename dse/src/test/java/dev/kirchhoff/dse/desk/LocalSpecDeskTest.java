package dev.kirchhoff.dse.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.SpecDesk;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSpecDeskTest {
  private static final Path HOME = Path.of("..");

  private final LocalSpecDesk desk = new LocalSpecDesk(HOME, Duration.ofSeconds(60));

  @TempDir Path folder;

  private static String example(String name) throws IOException {
    return Files.readString(HOME.resolve("examples").resolve(name));
  }

  private String problems(String spec) {
    return desk.check(spec).problems().stream()
        .map(p -> p.line() + ":" + p.column() + " " + p.path() + " " + p.message())
        .collect(Collectors.joining("\n"));
  }

  @Test
  @Tag("slow")
  void everyExampleIsGoodAndToldInWords() {
    List<SpecDesk.Example> examples = desk.examples();
    assertTrue(examples.size() >= 6, "examples");
    for (SpecDesk.Example example : examples) {
      SpecDesk.Verdict verdict = desk.check(example.text());
      assertEquals(List.of(), verdict.problems(), example.name());
      assertTrue(
          verdict.summary().stream().anyMatch(line -> line.label().equals("space")),
          example.name());
    }
  }

  @Test
  void mistakesAreLocatedInTheTextWithASuggestion() throws IOException {
    String bad = example("resnet18-reram.yaml").replace("crossbar:", "crosbar:");
    String told = problems(bad);
    assertTrue(told.matches("(?s)[1-9][0-9]*:[1-9].*crosbar.*did you mean.*crossbar.*"), told);
    assertFalse(problems("").isEmpty());
    assertFalse(problems("a: [").isEmpty());
  }

  @Test
  void aVerdictHasTheFirstMistakesAndTheNumberOfAll() throws IOException {
    StringBuilder spec = new StringBuilder(example("bench/resnet18-12db.yaml"));
    for (int i = 0; i < 1_000; i++) {
      spec.append("wrong").append(i).append(": 1\n");
    }
    SpecDesk.Verdict verdict = desk.check(spec.toString());
    assertEquals(1_000, verdict.mistakes());
    assertEquals(200, verdict.problems().size());
    assertEquals("wrong0", verdict.problems().get(0).path());
  }

  @Test
  void aCheckThatTakesTooLongIsAnsweredAllTheSame() throws IOException {
    String spec = example("bench/resnet18-12db.yaml");
    LocalSpecDesk hasty = new LocalSpecDesk(HOME, Duration.ZERO);
    String told =
        assertThrows(IllegalArgumentException.class, () -> hasty.check(spec)).getMessage();
    assertTrue(told.contains("./kirchhoff check"), told);
  }

  /** A kernel of hours does not stand in the way of the checks after it. */
  @Test
  void aCheckThatTakesTooLongEnds() throws IOException {
    String hours =
        example("annealing.yaml")
            .replace("sweeps: 50", "sweeps: 100000")
            .replace("runs: 20", "runs: 10000");
    LocalSpecDesk hasty = new LocalSpecDesk(HOME, Duration.ofSeconds(4));
    assertThrows(IllegalArgumentException.class, () -> hasty.check(hours));
    assertTrue(hasty.check("kirchhoff: 1").problems().size() < 2);
  }

  /** Texts that grow when they are read: a few kilobytes must not cost time or memory. */
  @Test
  void aTextThatGrowsWhenItIsReadIsRefusedAtOnce() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [" + before + (", " + before).repeat(9) + "]\n");
    }
    String merges =
        "base: &base {a: 1}\n" + "m: {<<: *base, ".repeat(90) + "b: 1" + "}".repeat(90) + "\n";
    String recursive = "kirchhoff: 1\nchip: &chip\n  tile: *chip\n";
    String deep = "kirchhoff: 1\nchip: " + "[".repeat(100_000) + "\n";
    String wide = "kirchhoff: 1\nname: " + "x".repeat(400_000) + "\n";
    String flood = "kirchhoff: 1\n" + "{any: [1, 2]}: 1\n".repeat(50_000);
    String range =
        "kirchhoff: 1\nchip: {pe: {readout: {kind: sar, bits: {from: 1, to: 2000000000}}}}\n";
    long started = System.nanoTime();
    for (String bomb : List.of(laughs.toString(), merges, recursive, deep, wide, flood, range)) {
      String head = bomb.substring(0, 30);
      assertFalse(desk.check(bomb).problems().isEmpty(), head);
    }
    assertTrue(System.nanoTime() - started < 30e9, "seven checks take seconds");
    assertTrue(problems(laughs.toString()).contains("has an anchor"), problems(laughs.toString()));
    assertTrue(problems(recursive).contains("is an alias"), problems(recursive));
  }

  /** Nothing is told of other files, not even whether they exist. */
  @Test
  void aTypedSpecNamesShippedFilesAlone() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.yaml"), "kirchhoff: 1\npassword: x\n");
    String there = problems("kirchhoff: 1\nextends: " + secret + "\n");
    String absent = problems("kirchhoff: 1\nextends: " + folder.resolve("none.yaml") + "\n");
    assertTrue(there.contains("examples/ and designs/ alone"), there);
    assertFalse(there.contains("password"), there);
    assertEquals(there.replace("secret.yaml", "none.yaml"), absent);
    for (String name :
        List.of("../dse/pom.yaml", "/etc/passwd.yaml", "../designs/../p.yaml", "/dev/stdin.json")) {
      String told = problems("kirchhoff: 1\nextends: " + name + "\n");
      assertTrue(told.contains("cannot be named here"), name + ": " + told);
      String network = problems("kirchhoff: 1\nworkload: " + name + ".onnx\n");
      assertTrue(network.contains("cannot be named here"), name + ".onnx: " + network);
    }
    assertEquals("", problems("extends: ../designs/isaac-isca-2016/spec.yaml\n"));
  }

  @Test
  void anExplorerOfItsOwnSearchesWhatWasTyped() throws Exception {
    Path data = folder.resolve("data");
    String run =
        desk.start(
            data.toString(),
            new SpecDesk.Order(
                example("bench/resnet18-12db.yaml"),
                Optional.of(300L),
                Optional.empty(),
                Optional.of(7L),
                List.of("area <= 240 mm2"),
                false));
    RunDirectory directory = DataDirectory.existing(data).find(run);
    var header = RunLogReader.header(directory);
    assertEquals(7, header.seed());
    assertEquals(300, header.budget());
    assertTrue(header.constraints().contains("area <= 240 mm2"), header.constraints().toString());
    while (RunStatus.of(directory) == RunStatus.RUNNING) {
      Thread.sleep(50);
    }
    assertEquals(RunStatus.FINISHED, RunStatus.of(directory));
    try (Stream<Path> left = Files.list(data.resolve("log"))) {
      assertEquals(List.of(run + ".log"), left.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void anExplorerThatRefusesLeavesItsSentenceAndNoRun() throws IOException {
    Path data = folder.resolve("data");
    String spec = example("bench/resnet18-12db.yaml");
    SpecDesk.Order order =
        new SpecDesk.Order(
            spec, Optional.of(0L), Optional.empty(), Optional.empty(), List.of(), false);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> desk.start(data.toString(), order));
    assertTrue(refused.getMessage().contains("--budget is 0, must be 1.."), refused.getMessage());
    SpecDesk.Order limit =
        new SpecDesk.Order(
            spec,
            Optional.empty(),
            Optional.of("1 s"),
            Optional.empty(),
            List.of("aera <= 1 mm2"),
            false);
    IllegalArgumentException misspelt =
        assertThrows(IllegalArgumentException.class, () -> desk.start(data.toString(), limit));
    assertTrue(misspelt.getMessage().contains("did you mean"), misspelt.getMessage());
    assertEquals(List.of(), DataDirectory.existing(data).runs());
  }
}
