package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys of the JSON documents of commands, in their order. {@code -Dgolden.rewrite=true} writes them
 * again; the difference is then reviewed, for programs read these documents.
 */
class JsonDocumentsTest {
  private static final Path FILE = Path.of("src/test/resources/golden/json-keys.txt");

  /** Objects whose keys are data: paths of knobs, texts of constraints. */
  private static final Set<String> MAPS = Set.of("knobs", "missed");

  @TempDir private Path folder;

  private static void document(StringBuilder text, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    text.append("## ").append(title(arguments)).append('\n');
    Set<String> keys = new LinkedHashSet<>();
    addKeys("", run.json(), keys);
    keys.forEach(key -> text.append(key).append('\n'));
    text.append('\n');
  }

  private static String title(String... arguments) {
    List<String> words = new ArrayList<>();
    for (String word : arguments) {
      Path path = Path.of(word);
      words.add(path.isAbsolute() ? "DIR" : word.startsWith("..") ? path.getFileName() + "" : word);
    }
    return String.join(" ", words);
  }

  private static void addKeys(String path, JsonNode node, Set<String> keys) {
    if (node.isArray()) {
      node.forEach(item -> addKeys(path + "[]", item, keys));
    } else if (node.isObject()) {
      boolean isMap = MAPS.contains(path.substring(path.lastIndexOf('.') + 1));
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String key = (path.isEmpty() ? "" : path + ".") + (isMap ? "*" : field.getKey());
        keys.add(key);
        addKeys(key, field.getValue(), keys);
      }
    }
  }

  private String documents() {
    StringBuilder text = new StringBuilder();
    for (String kind :
        List.of(
            "devices",
            "networks",
            "kernels",
            "circuits",
            "technology",
            "calibration",
            "metrics",
            "converterBits")) {
      document(text, "catalog", kind, "--json");
    }
    document(text, "catalog", "devices", "--survey", "--json");
    document(text, "catalog", "circuits", "--kind", "readout", "--json");
    document(text, "check", CommandRun.example("bench/resnet18-12db"), "--json");
    document(
        text, "check", CommandRun.example("bench/resnet18-12db"), "--set", "cell.bits=9", "--json");
    document(text, "circuit", "../examples/crossbar.json", "--nodes", "--json");
    document(text, "evaluate", CommandRun.example("two-networks"), "--json");
    document(text, "evaluate", CommandRun.example("fashion-accuracy"), "--json");
    document(text, "evaluate", CommandRun.example("isaac"), "--json");
    document(text, "evaluate", CommandRun.example("image-transform"), "--json");
    document(text, "explain", CommandRun.example("vgg8-pcm"), "--json");
    document(
        text,
        "bench",
        CommandRun.example("bench/enumerable"),
        "--seeds",
        "1",
        "--designs",
        "300",
        "--engines",
        "pareto-local-search",
        "--json");
    document(text, "map", CommandRun.example("two-networks"), "--steps", "0", "--json");
    document(text, "validate", "../designs/hermes-vlsi-2021", "--json");
    String data = folder.resolve("data").toString();
    String[] explore = {
      "explore",
      CommandRun.example("bench/resnet18-reram"),
      "--no-kafka",
      "--budget",
      "1500",
      "--seed",
      "1",
      "--run-id",
      "keys",
      "--json",
      "--data",
      data
    };
    document(text, explore);
    String[] bounded = explore.clone();
    bounded[1] = CommandRun.example("bench/enumerable");
    bounded[4] = "200";
    bounded[8] = "bounds";
    CommandRun.of(bounded).exits(0);
    document(text, "show", "keys", "--json", "--data", data);
    document(text, "verify", "keys", "--json", "--data", data);
    document(text, "prove", "bounds", "--gap", "50", "--json", "--data", data);
    document(text, "compare", "keys#0", "keys#1", "--json", "--data", data);
    explore[6] = "2";
    explore[8] = "other";
    CommandRun.of(explore).exits(0);
    document(text, "compare", "keys#0", "other#1", "--json", "--data", data);
    document(text, "compare", "keys", "other", "--json", "--data", data);
    CommandRun.of("runs", "tag", "other", "second", "--data", data).exits(0);
    document(text, "runs", "--json", "--data", data);
    document(text, "runs", "show", "keys", "--json", "--data", data);
    document(
        text, "pivot", "keys", "pe.readout.bits", "cell.bits", "area", "--json", "--data", data);
    document(
        text,
        "simulate",
        CommandRun.example("bench/resnet18-reram"),
        "--network",
        "sequence-lstm",
        "--items",
        "2",
        "--draws",
        "1",
        "--json");
    return text.toString();
  }

  @Test
  void keysOfAllDocumentsAreThoseOfTheList() throws IOException {
    String text = documents();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(FILE, text);
    }
    assertEquals(Files.readString(FILE), text, FILE + " is old; -Dgolden.rewrite=true");
  }
}
