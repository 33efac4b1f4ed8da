package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Measured figures of the documentation as commands print them. {@code -Dkirchhoff.rewrite=true}
 * writes them again; the difference is then reviewed.
 */
class FiguresDocumentTest {
  private static final Path FOLDER = Path.of("..", "docs", "figures");
  private static final Path DESIGNS = Path.of("..", "designs");
  private static final String STUDY = "../examples/accuracy-study.yaml";

  private record Printed(String command, String text) {}

  private static Printed printed(String... command) {
    CommandRun run = CommandRun.of(command).exits(0);
    return new Printed(fromRoot(String.join(" ", command)), fromRoot(run.out()));
  }

  private static void holds(String name, String title, Printed... outputs) throws IOException {
    StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
    text.append("Output of commands, written by `FiguresDocumentTest`.\n");
    for (Printed output : outputs) {
      text.append("\n```\n$ ./kirchhoff ").append(output.command).append('\n');
      text.append(output.text).append("```\n");
    }
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertEquals(
        text.toString(), Files.readString(file), file + " is old; -Dkirchhoff.rewrite=true");
  }

  /** Paths as they are from the project's folder. */
  private static String fromRoot(String text) {
    return text.replace("../", "");
  }

  private static Printed estimated(String network, String designs) {
    return printed(
        "simulate",
        STUDY,
        "--network",
        network,
        "--from",
        "../examples/simulated/" + designs + ".json");
  }

  @Test
  void publishedChips() throws IOException {
    Printed printed = printed("validate", DESIGNS.toString());
    holds("gallery.md", "Published chips", new Printed("validate", printed.text));
  }

  @Test
  void accuracyEstimate() throws IOException {
    holds(
        "accuracy-estimate.md",
        "Estimate of accuracy against simulated chips",
        estimated("fashion-mlp", "fashion-mlp-unseen"),
        estimated("fashion-cnn", "fashion-cnn-unseen"),
        estimated("fashion-mlp", "fashion-mlp"),
        estimated("fashion-cnn", "fashion-cnn"),
        estimated("sequence-lstm", "sequence-lstm"));
  }
}
