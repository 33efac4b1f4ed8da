package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.run.RunStatus;
import dev.kirchhoff.dse.run.SignedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose logs were cut off, gone on with: what comes out is what an unbroken run says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeCommandTest {
  private static final String ROUND = "dev.kirchhoff.round.v1";

  @TempDir private static Path folder;

  private CommandRun whole;
  private CommandRun simulated;

  @BeforeAll
  void explore() {
    whole = explore("whole", "bench/vgg8-pcm", "--budget", "600");
    simulated =
        explore(
            "simulated",
            "fashion-accuracy",
            "--network",
            "sequence-lstm",
            "--set",
            "let.side=64",
            // Fewer passes and columns: what is asked here does not depend on their number.
            "--set",
            "precision.inputs=6",
            "--set",
            "precision.weights=6",
            "--budget",
            "150",
            "--simulate",
            "6",
            "--simulations",
            "2");
  }

  private static String data() {
    return folder.resolve("data").toString();
  }

  private static CommandRun explore(String run, String spec, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "explore",
                CommandRun.example(spec),
                "--no-kafka",
                "--seed",
                "1",
                "--data",
                data(),
                "--run-id",
                run));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new)).exits(0);
  }

  private static CommandRun resume(String run, String... more) {
    List<String> all = new ArrayList<>(List.of("resume", run, "--no-kafka", "--data", data()));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static Path log(String run) {
    return folder.resolve("data/runs/" + run + "/log.jsonl");
  }

  /** A copy of a run that ends so many characters into its log. */
  private static void cut(String from, String to, String text) throws IOException {
    Files.createDirectories(log(to).getParent());
    SignedLog.write(log(to), text.replace("/runs/" + from + "\"", "/runs/" + to + "\""));
  }

  private static int nth(String text, String what, int count) {
    int at = -1;
    for (int i = 0; i < count; i++) {
      at = text.indexOf(what, at + 1);
    }
    return at;
  }

  private static List<JsonNode> events(String run) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(log(run))) {
      JsonNode event = CommandRun.parse(line);
      assertEquals(events.size(), event.get("seq").asInt());
      events.add(event);
    }
    return events;
  }

  /** Events of the search, without details, whose places depend on time. */
  private static List<JsonNode> search(String run) throws IOException {
    return events(run).stream()
        .filter(e -> e.get("type").asText().matches(".*[.](evaluations|front|round)[.]v1"))
        .map(e -> e.get("data"))
        .toList();
  }

  private static Map<Integer, JsonNode> accuracies(String run) throws IOException {
    Map<Integer, JsonNode> known = new TreeMap<>();
    for (JsonNode event : events(run)) {
      if (event.get("type").asText().contains(".design.")) {
        int index = event.at("/data/index").asInt();
        known.remove(index);
        if (event.get("data").has("accuracy")) {
          known.put(index, event.at("/data/accuracy"));
        }
      }
    }
    return known;
  }

  @Test
  void aRunThatWasKilledGoesOnAsIfNothingHadHappened() throws IOException {
    String text = Files.readString(log("whole"));
    int third = text.indexOf('\n', nth(text, ROUND, 3));
    cut("whole", "torn", text.substring(0, third + 300));
    CommandRun resumed = resume("torn").exits(0);
    assertEquals(whole.out(), resumed.out());
    assertTrue(resumed.err().contains("resumes after "), resumed.err());
    assertEquals(search("whole"), search("torn"));
    RunStatus status =
        RunStatus.of(DataDirectory.open(folder.resolve("data")).run(new RunId("torn")));
    assertEquals(RunStatus.FINISHED, status);
    resume("torn").refuses("torn is finished");
  }

  @Test
  void aRunThatWasKilledInItsFirstRoundBeginsAnew() throws IOException {
    String text = Files.readString(log("whole"));
    cut("whole", "early", text.substring(0, text.indexOf('\n') + 400));
    assertEquals(whole.out(), resume("early").exits(0).out());
    assertEquals(search("whole"), search("early"));
  }

  /** Cut after the first accuracy, and once more before the end of the search. */
  @Test
  @Tag("slow")
  void whatWasSimulatedIsKeptAndTheRestIsSimulated() throws IOException {
    String text = Files.readString(log("simulated"));
    int known = text.indexOf('\n', text.indexOf("\"accuracy\":{")) + 1;
    cut("simulated", "half", text.substring(0, known));
    String[] same = {"--simulate", "6", "--simulations", "2"};
    assertEquals(simulated.out(), resume("half", same).exits(0).out());
    // Simulations of designs that left depend on time; those that both know are the same.
    Map<Integer, JsonNode> before = accuracies("simulated");
    Map<Integer, JsonNode> after = accuracies("half");
    before.keySet().retainAll(after.keySet());
    after.keySet().retainAll(before.keySet());
    assertTrue(after.size() >= 2, "designs that both simulated: " + after.size());
    assertEquals(before, after);
    int second = text.indexOf('\n', nth(text, ROUND, 2)) + 1;
    cut("simulated", "third", text.substring(0, second));
    assertEquals(simulated.out(), resume("third", same).exits(0).out());
  }

  @Test
  void runsThatCannotBeResumedAreReported() throws IOException {
    resume("nowhere").refuses("nowhere");
    String text = Files.readString(log("whole"));
    int third = text.indexOf('\n', nth(text, ROUND, 3)) + 1;
    String version = "\"version\":\"";
    int at = text.indexOf(version) + version.length();
    String other = text.substring(0, at) + "9" + text.substring(at, third);
    cut("whole", "foreign", other);
    resume("foreign").refuses("model version 9");
  }
}
