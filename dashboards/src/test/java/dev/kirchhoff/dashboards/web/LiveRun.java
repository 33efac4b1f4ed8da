package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real searches in JVMs of their own, with their own brokers and pages, ended with the test. */
@Timeout(600)
abstract class LiveRun {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final Path SPEC = Path.of("..", "examples", "quickstart.yaml");
  static final Path ACCURACY = Path.of("..", "examples", "fashion-accuracy.yaml");
  static final String RUN = "live";
  static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Time for the page, behind a broker, a file and a browser that share their processors. */
  static final double PATIENCE_ms = 60_000;

  @TempDir Path temporary;
  private final List<Program> started = new ArrayList<>();

  @BeforeEach
  void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_ms);
  }

  @AfterEach
  void end() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
  }

  final Path data() {
    return temporary.resolve("data");
  }

  final Program start(List<String> flags, String... arguments) throws IOException {
    Program program = Program.start(temporary, flags, arguments);
    started.add(program);
    return program;
  }

  final Program explore(int budget) throws Exception {
    return explore(SPEC, budget);
  }

  final Program explore(Path spec, int budget, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "explore",
                spec.toString(),
                "--budget",
                Integer.toString(budget),
                "--seed",
                "1",
                "--data",
                data().toString(),
                "--run-id",
                RUN));
    arguments.addAll(List.of(more));
    Program explorer = start(List.of(), arguments.toArray(String[]::new));
    Path endpoint = data().resolve("broker/endpoint.json");
    Program.until(() -> Files.exists(endpoint) && Files.exists(log()), explorer::talk);
    return explorer;
  }

  final Path log() {
    return data().resolve("runs").resolve(RUN).resolve("log.jsonl");
  }

  final JsonNode endpoint() throws IOException {
    return MAPPER.readTree(data().resolve("broker/endpoint.json").toFile());
  }

  static void ends(Optional<ProcessHandle> broker) throws Exception {
    if (broker.isPresent()) {
      broker.get().onExit().get();
    }
  }
}
