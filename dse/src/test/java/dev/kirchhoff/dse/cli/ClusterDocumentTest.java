package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.kirchhoff.dse.stream.BrokerListener;
import dev.kirchhoff.dse.stream.KafkaTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Command lines of docs/cluster.md and of examples/cluster, read by the program's own grammar. */
class ClusterDocumentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("examples/cluster");

  /** A command of a line, up to its comment. */
  private static final Pattern COMMAND = Pattern.compile("\\./kirchhoff ([^#`]*[^#` ])");

  /** A word, in quotation marks or without. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private static final Map<String, String> VARIABLES =
      Map.of(
          "$BROKER", "broker.example:9092",
          "$SLURM_CPUS_PER_TASK", "16",
          "$SLURM_ARRAY_TASK_ID-$SLURMD_NODENAME", "3-node7");

  @TempDir private Path temporary;

  private static void parse(List<String> words) {
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    assertDoesNotThrow(
        () -> Main.commandLine(nowhere, nowhere).parseArgs(words.toArray(String[]::new)),
        () -> "./kirchhoff " + String.join(" ", words));
  }

  private static List<List<String>> commands(Path file) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher command = COMMAND.matcher(line);
      while (command.find()) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command.group(1))
            .results()
            .map(word -> word.group().replaceAll("[\"']", ""))
            .forEach(word -> words.add(VARIABLES.getOrDefault(word, word)));
        commands.add(words);
      }
    }
    return commands;
  }

  @Test
  void commandsOfTheDocumentAndOfTheScriptAreLegal() throws Exception {
    List<List<String>> commands = commands(ROOT.resolve("docs/cluster.md"));
    assertTrue(commands.size() >= 8, commands::toString);
    commands.forEach(ClusterDocumentTest::parse);
    List<List<String>> workers = commands(FOLDER.resolve("workers.sbatch"));
    assertEquals(1, workers.size());
    workers.forEach(ClusterDocumentTest::parse);
    assertThrows(
        CommandLine.ParameterException.class,
        () ->
            Main.commandLine(
                    new PrintWriter(PrintWriter.nullWriter()),
                    new PrintWriter(PrintWriter.nullWriter()))
                .parseArgs("worker", "--kafak", "a:1"));
  }

  private static List<JsonNode> manifests() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    List<JsonNode> manifests = new ArrayList<>();
    try (var found =
        yaml.readerFor(JsonNode.class).readValues(FOLDER.resolve("kubernetes.yaml").toFile())) {
      while (found.hasNext()) {
        manifests.add((JsonNode) found.next());
      }
    }
    return manifests;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void everyContainerRunsALegalCommandOfTheReleaseAndFindsItsVolumes() throws Exception {
    Set<String> commands = new HashSet<>();
    for (JsonNode manifest : manifests()) {
      assertTrue(manifest.at("/metadata/name").isTextual(), manifest::toString);
      JsonNode pod = manifest.at("/spec/template/spec");
      for (JsonNode container : pod.path("containers")) {
        List<String> words = texts(container.get("args"));
        parse(words);
        commands.add(words.get(0));
        assertEquals("kirchhoff:" + version(), container.get("image").asText());
        Set<String> volumes = new HashSet<>(pod.get("volumes").findValuesAsText("name"));
        Set<String> mounts = new HashSet<>(container.get("volumeMounts").findValuesAsText("name"));
        assertTrue(volumes.containsAll(mounts), () -> mounts + " of " + volumes);
      }
      if (manifest.get("kind").asText().equals("Deployment")) {
        assertEquals(
            manifest.at("/spec/selector/matchLabels"),
            manifest.at("/spec/template/metadata/labels"));
      }
    }
    assertEquals(Set.of("broker", "worker", "sweep"), commands);
  }

  private static String version() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]*)</version>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertTrue(version.find());
    return version.group(1).replace("-SNAPSHOT", "");
  }

  @Test
  void theSecretsFilesAreTakenByBrokerAndWorkers() throws Exception {
    JsonNode secret =
        manifests().stream()
            .filter(manifest -> manifest.get("kind").asText().equals("Secret"))
            .findFirst()
            .orElseThrow();
    Path listener = temporary.resolve("listener.properties");
    Files.writeString(listener, secret.at("/stringData/listener.properties").asText());
    BrokerListener remote =
        BrokerListener.of("0.0.0.0", 9092, Optional.of(listener), false).orElseThrow();
    assertEquals("SASL_PLAINTEXT", remote.protocol());
    Path client = temporary.resolve("client.properties");
    Files.writeString(client, secret.at("/stringData/client.properties").asText());
    KafkaTarget.External target =
        (KafkaTarget.External)
            KafkaTarget.of(Optional.of("kirchhoff-broker:9092"), Optional.of(client), false);
    assertEquals(remote.protocol(), target.client().get("security.protocol"));
    assertTrue(
        remote
            .settings()
            .get("plain.sasl.jaas.config")
            .contains("user_kirchhoff=\"" + password(target.client().get("sasl.jaas.config"))));
  }

  private static String password(String login) {
    Matcher password =
        Pattern.compile("username=\"kirchhoff\" password=\"([^\"]*\")").matcher(login);
    assertTrue(password.find(), login);
    return password.group(1);
  }
}
