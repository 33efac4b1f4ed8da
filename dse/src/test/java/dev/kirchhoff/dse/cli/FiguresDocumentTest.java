package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Measured figures of the documentation as commands print them. {@code -Dkirchhoff.rewrite=true}
 * writes them again; the difference is then reviewed.
 */
class FiguresDocumentTest {
  private static final Path FOLDER = Path.of("..", "docs", "figures");
  private static final Path DESIGNS = Path.of("..", "designs");

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

  @Test
  void publishedChips() throws IOException {
    Printed printed = printed("validate", DESIGNS.toString());
    holds("gallery.md", "Published chips", new Printed("validate", printed.text));
  }

  @Test
  void agreementEstimate() throws Exception {
    List<Printed> outputs = new ArrayList<>();
    for (String network : HeldOutDesigns.NETWORKS) {
      outputs.add(
          new Printed(
              "simulate examples/accuracy-study.yaml --network " + network + " --designs N",
              EstimateText.of(HeldOutDesigns.of(network)).toString()));
    }
    holds(
        "agreement-estimate.md",
        "Estimate of agreement against simulated chips",
        outputs.toArray(Printed[]::new));
  }
}
