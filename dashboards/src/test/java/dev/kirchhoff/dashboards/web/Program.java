package dev.kirchhoff.dashboards.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A command of the program in a JVM of its own, as a user starts it; its input is a pipe from the
 * test.
 */
final class Program implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  private final Process process;
  private final Path out;
  private final Path talk;

  private Program(Process process, Path out, Path talk) {
    this.process = process;
    this.out = out;
    this.talk = talk;
  }

  /** Starts a command; what it says goes to two files of a folder. */
  static Program start(Path folder, List<String> flags, String... arguments) throws IOException {
    return start(folder, flags, Map.of(), arguments);
  }

  /** Starts a command with further variables of its environment. */
  static Program start(
      Path folder, List<String> flags, Map<String, String> environment, String... arguments)
      throws IOException {
    Path out = Files.createTempFile(folder, arguments[0], ".out");
    Path talk = Files.createTempFile(folder, arguments[0], ".talk");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.kirchhoff.dse.cli.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path home = Path.of("").toAbsolutePath().getParent(); // as the launcher tells its program
    builder.environment().put("KIRCHHOFF_HOME", home.toString());
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(talk.toFile());
    return new Program(builder.start(), out, talk);
  }

  /** Ends it at once, as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its own end. */
  int await() throws InterruptedException, IOException {
    return await(PATIENCE);
  }

  /** Waits for its own end, for a stated time at most. */
  int await(Duration patience) throws InterruptedException, IOException {
    assertTrue(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS), "does not end: " + talk());
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String talk() throws IOException {
    return Files.readString(talk);
  }

  /**
   * The address that a dashboard prints once it serves, without its token, which {@link #get} and
   * {@link #visit} remember.
   */
  String address() throws Exception {
    until(() -> talk().lines().anyMatch(line -> line.startsWith("page http")), this::talk);
    String line = talk().lines().filter(l -> l.startsWith("page http")).findFirst().orElseThrow();
    URI printed = URI.create(line.substring("page ".length()));
    String address = "http://" + printed.getAuthority();
    TOKENS.put(address, printed.getQuery().replaceFirst("^token=", ""));
    return address;
  }

  /** An address as a person opens it the first time, with the token. */
  static String visit(String address) {
    return address + "?token=" + token(address);
  }

  private static String token(String address) {
    return TOKENS.get("http://" + URI.create(address).getAuthority());
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close(); // a companion's sign to end in order
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }

  /** Waits until something holds; otherwise says what there is instead. */
  static void until(Callable<Boolean> holds, Callable<String> instead) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.call()) {
      assertTrue(System.nanoTime() < end, "waited in vain: " + instead.call());
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** An answer of a dashboard. */
  static JsonNode get(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + token(address))
            .build();
    return MAPPER.readTree(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** Columns of the designs of a run. */
  static ReadColumns columns(String run, String names) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(run + "/columns?names=" + names))
            .header("Authorization", "Bearer " + token(run))
            .build();
    return ReadColumns.of(CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }
}
