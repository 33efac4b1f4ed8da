package dev.kirchhoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.dashboards.DataDirectory;
import dev.kirchhoff.dashboards.SyntheticRun;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.RunState;
import dev.kirchhoff.dashboards.view.Runs;
import dev.kirchhoff.dse.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose log was changed after it was written, before every reader of logs: each refuses it
 * with the line, and believes nothing of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedLogTest {
  private static final long SEED = 20261128;
  private static final int BITS = 50;
  private static final int DIGITS = 20;
  private static final int LINES = 5;

  @TempDir private static Path folder;
  private byte[] good;
  private String printed;

  /** A changed log and the line, from 1, at which it shows. */
  private record Damage(String name, byte[] log, long line) {}

  /** One command in this process with what it said. */
  private record Said(int code, String out, String err) {}

  private Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data().toString()));
    int code =
        Main.commandLine(new PrintWriter(out), new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path log() {
    return data().resolve("runs/r/log.jsonl");
  }

  @BeforeAll
  void explore() throws IOException {
    Said explored =
        run(
            "explore",
            "../examples/bench/vgg8-pcm.yaml",
            "--no-kafka",
            "--budget",
            "60",
            "--run-id",
            "r");
    assertEquals(0, explored.code, explored.err);
    printed = explored.out;
    good = Files.readAllBytes(log());
  }

  private List<String[]> readers() {
    String page = folder.resolve("page.html").toString();
    return List.of(
        new String[] {"resume", "r", "--no-kafka"},
        new String[] {"show", "r"},
        new String[] {"verify", "r"},
        new String[] {"explain", "--design", "r#0"},
        new String[] {"evaluate", "--design", "r#1"},
        new String[] {"compare", "r#0", "r#1"},
        new String[] {"export", "r"},
        new String[] {"report", "r", "-o", page});
  }

  private static long lineAt(byte[] log, int at) {
    long line = 1;
    for (int i = 0; i < at; i++) {
      line += log[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private Damage flipped(RandomGenerator random) {
    byte[] log = good.clone();
    int at = random.nextInt(log.length - 1);
    int bit = random.nextInt(8);
    log[at] ^= (byte) (1 << bit);
    return new Damage("byte " + at + " with bit " + bit + " flipped", log, lineAt(good, at));
  }

  private Damage edited(RandomGenerator random) {
    byte[] log = good.clone();
    int at = random.nextInt(log.length - 1);
    while (!Character.isDigit(log[at])) {
      at = random.nextInt(log.length - 1);
    }
    log[at] = (byte) ('0' + (log[at] - '0' + random.nextInt(1, 10)) % 10);
    return new Damage("digit at byte " + at + " edited", log, lineAt(good, at));
  }

  private static byte[] join(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private List<Damage> damages() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    List<Damage> damages = new ArrayList<>();
    for (int i = 0; i < BITS; i++) {
      damages.add(flipped(random));
    }
    for (int i = 0; i < DIGITS; i++) {
      damages.add(edited(random));
    }
    List<String> lines = new String(good, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < LINES; i++) {
      int at = random.nextInt(lines.size() - 1);
      int other = random.nextInt(at + 1, lines.size());
      List<String> doubled = new ArrayList<>(lines);
      doubled.add(at, lines.get(at));
      damages.add(new Damage("line " + (at + 1) + " doubled", join(doubled), at + 2));
      List<String> missing = new ArrayList<>(lines);
      missing.remove(at);
      damages.add(new Damage("line " + (at + 1) + " missing", join(missing), at + 1));
      List<String> swapped = new ArrayList<>(lines);
      swapped.set(at, lines.get(other));
      swapped.set(other, lines.get(at));
      damages.add(
          new Damage(
              "lines " + (at + 1) + " and " + (other + 1) + " swapped", join(swapped), at + 1));
    }
    return damages;
  }

  @Test
  void everyDamagedLogIsRefusedWithItsLineByTheReadersInTurn() throws IOException {
    List<Damage> damages = damages();
    for (int i = 0; i < damages.size(); i++) {
      int reader = i % readers().size();
      assertRefused(damages.get(i), readers().subList(reader, reader + 1));
    }
  }

  @Test
  @Tag("slow")
  void everyReaderRefusesEveryDamagedLogWithItsLine() throws IOException {
    for (Damage damage : damages()) {
      assertRefused(damage, readers());
    }
  }

  private void assertRefused(Damage damage, List<String[]> readers) throws IOException {
    Files.write(log(), damage.log);
    for (String[] reader : readers) {
      String name = "seed " + SEED + ", " + damage.name + ", " + Arrays.toString(reader);
      Said said = run(reader);
      assertEquals(3, said.code, name + "\n" + said.err);
      assertEquals("", said.out, name);
      assertTrue(said.err.contains("runs/r/log.jsonl:" + damage.line + ": "), name + said.err);
    }
    assertTrue(Arrays.equals(damage.log, Files.readAllBytes(log())), "nothing is repaired");
    Files.write(log(), good);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "a page was written");
    }
  }

  @Test
  void aDashboardShowsTheRunAsDamagedWithTheLineAndServesTheOthers() throws IOException {
    for (Damage damage : damages()) {
      Path other = Files.createTempDirectory(folder, "dashboard");
      Files.writeString(other.resolve("format"), LogPosition.FORMAT + "\n");
      Files.createDirectories(other.resolve("runs/r"));
      Files.write(other.resolve("runs/r/log.jsonl"), damage.log);
      SyntheticRun synthetic = new SyntheticRun("s", 1, 10);
      try (DataDirectory writer = new DataDirectory(other, "s")) {
        writer.write(synthetic.header("running", ""));
        writer.write(synthetic.step(5, true));
        Runs runs = new Runs(Clock.systemUTC());
        assertTrue(FileFeed.readOnce(other, "r", runs));
        assertTrue(FileFeed.readOnce(other, "s", runs));
        RunState state = runs.read("r", runs::state).orElseThrow();
        assertEquals("damaged", state.word(), damage.name);
        assertTrue(
            state.reason().startsWith("r/log.jsonl:" + damage.line + ": "),
            damage.name + ": " + state.reason());
        runs.read(
            "r",
            entry -> {
              assertEquals(0, entry.view().evaluated(), "something is believed");
              assertTrue(entry.view().front().isEmpty());
              return entry;
            });
        assertEquals("running", runs.read("s", runs::state).orElseThrow().word());
        assertEquals(5L, runs.read("s", e -> e.view().evaluated()).orElseThrow());
      } finally {
        delete(other);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Remains of a kill: whole lines missing at the end, or a last line without its line end. */
  @Test
  void aLogThatEndsEarlyIsAnInterruptionAndGoesOnToTheSameFront() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int header = new String(good, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int i = 0; i < 4; i++) {
      int end = random.nextInt(header, good.length);
      Files.write(log(), Arrays.copyOf(good, end));
      Said shown = run("show", "r");
      // Before the first design that meets every limit there is nothing on the front.
      boolean isEmpty =
          shown.out.startsWith("No design is evaluated yet")
              || shown.out.contains("meets every constraint yet");
      assertEquals(isEmpty ? 1 : 0, shown.code, shown.out);
      Said resumed = run("resume", "r", "--no-kafka");
      assertEquals(0, resumed.code, resumed.err);
      assertEquals(printed, resumed.out, "cut after " + end);
      assertEquals(printed, run("show", "r").out);
      assertEquals(0, run("verify", "r").code);
    }
    Files.write(log(), good);
  }

  @Test
  void aDamagedRunGoesOnFromItsLastGoodRoundIfItsUserAsksForIt() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 1);
    int header = new String(good, StandardCharsets.UTF_8).indexOf('\n') + 1;
    for (int i = 0; i < 4; i++) {
      int at = random.nextInt(header, good.length - 1);
      byte[] damaged = good.clone();
      damaged[at] ^= 1;
      Files.write(log(), damaged);
      Said refused = run("resume", "r", "--no-kafka");
      assertEquals(3, refused.code);
      assertTrue(refused.err.contains("./kirchhoff resume r --from-last-good"), refused.err);
      Said resumed = run("resume", "r", "--no-kafka", "--from-last-good");
      assertEquals(0, resumed.code, resumed.err);
      assertEquals(printed, resumed.out, "damaged at " + at);
      assertTrue(resumed.err.contains("log.jsonl:" + lineAt(good, at) + ": "), resumed.err);
      assertTrue(resumed.err.contains("is cut off behind its last good round"), resumed.err);
      assertEquals(0, run("verify", "r").code);
    }
    byte[] headless = good.clone();
    headless[header / 2] ^= 1;
    Files.write(log(), headless);
    Said refused = run("resume", "r", "--no-kafka", "--from-last-good");
    assertEquals(3, refused.code, refused.err);
    assertTrue(refused.err.contains("log.jsonl:1: "), refused.err);
    assertFalse(refused.err.contains("cut off"), refused.err);
    Files.write(log(), good);
  }
}
