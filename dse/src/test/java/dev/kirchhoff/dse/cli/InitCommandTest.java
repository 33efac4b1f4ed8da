package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class InitCommandTest {
  @TempDir private Path folder;

  private String spec() {
    return folder.resolve("chip.yaml").toString();
  }

  private static CommandRun init(String file, String... arguments) {
    List<String> all = new ArrayList<>(List.of("init", file, "--yes"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void theSpecIsCheckedEvaluatedAndExplored() {
    init(spec()).exits(0);
    String checked = CommandRun.of("check", spec()).exits(0).out();
    assertTrue(checked.contains("maximise TOPS/W, minimise area"), checked);
    CommandRun.of("evaluate", spec(), "--json");
    JsonNode front =
        CommandRun.of(
                "explore",
                spec(),
                "--no-kafka",
                "--budget",
                "400",
                "--json",
                "--data",
                folder.resolve("data").toString())
            .exits(0)
            .json()
            .get("front");
    assertTrue(front.size() > 1, front.toString());
  }

  @Test
  void everyDeviceGivesASpecThatIsGood() {
    for (String device : new DeviceCatalogue().names()) {
      String text = init("-", "--device", device).exits(0).out();
      assertTrue(text.contains("device: " + device + " "), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fashion-cnn", "mobilenet_v2", "bert_base_seq128"})
  void otherNetworksGiveSpecsThatAreGood(String network) {
    init(spec(), "--network", network).exits(0);
    String checked = CommandRun.of("check", spec()).exits(0).out();
    assertTrue(checked.contains(network + ": "), checked);
    boolean isTrained = network.startsWith("fashion");
    assertEquals(isTrained, checked.contains("accuracyLoss <= 5 %"), checked);
  }

  @Test
  void everyLineIsExplainedOrPlain() throws IOException {
    init(spec()).exits(0);
    String text = Files.readString(Path.of(spec()));
    assertTrue(text.startsWith("# " + spec() + ", begun by kirchhoff init."), text);
    assertTrue(text.lines().filter(line -> line.contains("#")).count() >= 15, text);
  }

  @Test
  void optionsAreInTheSpec() throws IOException {
    init(
            spec(),
            "--network",
            "vgg8_cifar10",
            "--device",
            "pcm-hermes2022",
            "--node",
            "22 nm",
            "--precision",
            "6 x 4",
            "--objectives",
            "minimise energy, maximise throughput",
            "--limit",
            "area <= 50 mm2",
            "--limit",
            "latency <= 2 ms",
            "--name",
            "an edge chip: small")
        .exits(0);
    String checked = CommandRun.of("check", spec()).exits(0).out();
    for (String words :
        List.of(
            "22 nm",
            "6 b weights x 4 b inputs",
            "maximise throughput, minimise energy",
            "area <= 50 mm2, latency <= 2 ms")) {
      assertTrue(checked.contains(words), words + " in\n" + checked);
    }
    assertTrue(Files.readString(Path.of(spec())).contains("name: 'an edge chip: small'\n"));
  }

  /** A conversation: the questions that were asked, and the lines that were said. */
  private record Conversation(int code, List<String> asked, String err) {
    static Conversation of(List<String> answers, String... arguments) {
      Deque<String> left = new ArrayDeque<>(answers);
      List<String> asked = new ArrayList<>();
      StringWriter err = new StringWriter();
      CommandLine program = CommandRun.program();
      program.addSubcommand(
          "begin",
          InitCommand.answeredBy(
              question -> {
                asked.add(question);
                return left.poll();
              }));
      program.setErr(new PrintWriter(err, true));
      List<String> all = new ArrayList<>(List.of("begin"));
      all.addAll(List.of(arguments));
      int code = program.execute(all.toArray(String[]::new));
      return new Conversation(code, asked, err.toString());
    }
  }

  @Test
  void aUserIsAskedWhatNoOptionSaysUntilTheAnswerIsUnderstood() throws IOException {
    Conversation had =
        Conversation.of(
            List.of("vgg8_cifar10", "14 parsec", "45 nm", "", "", "none"),
            spec(),
            "--device",
            "mtj-vcma");
    assertEquals(0, had.code(), had.err());
    assertEquals(6, had.asked().size(), had.toString());
    assertTrue(had.asked().get(1).contains("[32 nm]"), had.toString());
    assertTrue(had.err().contains("parsec"), had.err());
    String text = Files.readString(Path.of(spec()));
    assertTrue(text.contains("node: 45 nm"), text);
    assertTrue(text.contains("constraints: none"), text);
    assertTrue(text.contains("bits: 1   # the device has 2 levels"), text);
  }

  @Test
  void objectivesAndLimitsThatNoSpecMayHaveAreAskedForAgain() throws IOException {
    Conversation had =
        Conversation.of(
            List.of(
                "",
                "",
                "",
                "",
                "minimise accuracyLoss",
                "maximise TOPS/W",
                "area <= 20",
                "a; b",
                "area <= 20 mm2"),
            spec());
    assertEquals(0, had.code(), had.err());
    assertEquals(9, had.asked().size(), had.toString());
    assertTrue(had.err().contains("limits: 'area <= 20': area cannot be"), had.err());
    assertFalse(had.err().contains("chip.yaml:"), had.err());
    assertTrue(Files.readString(Path.of(spec())).contains("area <= 20 mm2"));
  }

  @Test
  void aWrongOptionIsRefusedBeforeTheFirstQuestion() {
    Conversation had = Conversation.of(List.of(), spec(), "--limit", "area <= 20");
    assertEquals(2, had.code());
    assertEquals(List.of(), had.asked());
    assertTrue(had.err().contains("limits: 'area <= 20': area cannot be"), had.err());
  }

  @Test
  void answersThatEndWriteNothing() {
    CommandLine program = CommandRun.program();
    program.addSubcommand("begin", InitCommand.answeredBy(question -> null));
    assertEquals(2, program.execute("begin", spec()));
    assertFalse(Files.exists(Path.of(spec())));
  }

  @Test
  void badAnswersAreRefusedWithTheNearestThatExists() {
    init(spec(), "--network", "resnet81").refuses("no network named", "resnet18");
    init(spec(), "--network", "no.onnx").refuses("no.onnx: there is no such file");
    init(spec(), "--device", "pcm-hermes2202").refuses("did you mean pcm-hermes2022?");
    init(spec(), "--node", "22").refuses("node: ");
    init(spec(), "--node", "1 nm").refuses("must be 5 nm to 180 nm");
    init(spec(), "--precision", "8 by 8").refuses("must be as 8 x 8");
    init(spec(), "--precision", "17").refuses("must be 1 to 16 bits");
    init(spec(), "--objectives", "maximise TOPS/w").refuses("did you mean TOPS/W?");
    init(spec(), "--objectives", "TOPS/W").refuses("'TOPS/W': must be maximise or minimise and");
    init(spec(), "--objectives", "maximize TOPS/W").refuses("'maximize' must be maximise or");
    init(spec(), "--limit", "area <= 5 mm").refuses("limits: 'area <= 5 mm': ");
    init(spec(), "--device", "redox")
        .refuses("of this family there are redox-generic, redox-nvsim");
    init(spec(), "--device", "ReRAM")
        .refuses("of this family there are redox-generic, redox-nvsim");
    assertFalse(Files.exists(Path.of(spec())));
  }

  @Test
  void aFileIsReplacedOnlyIfTheUserSaysSo() throws IOException {
    Files.writeString(Path.of(spec()), "mine");
    init(spec()).refuses("exists; --force replaces it");
    assertEquals("mine", Files.readString(Path.of(spec())));
    init(spec(), "--force").exits(0);
    assertTrue(Files.readString(Path.of(spec())).contains("kirchhoff: 1"));
    init(folder.toString()).refuses("name a file in a folder that exists");
    init(folder.resolve("chip.txt").toString()).refuses("ends in .yaml");
  }
}
