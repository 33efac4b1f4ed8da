package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Outputs of commands in README.md: what the program prints on 100 columns. A comment above a
 * block, {@code <!-- lines 1-8, -2 -->}, chooses lines, negative ones from the end; an ellipsis
 * stands for the others. {@code -Dkirchhoff.rewrite=true} writes the blocks again; the difference
 * is then reviewed.
 */
class ReadmeOutputsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = ROOT.resolve("README.md");
  private static final int COLUMNS = 100;

  /** A block with a command, its comment before it. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)(?:^<!-- lines (.*) -->\\n)?^```\\n\\$ \\./kirchhoff (.*)\\n([\\s\\S]*?)^```$");

  private static final Pattern RANGE = Pattern.compile("(-?\\d+)(?:-(-?\\d+))?");

  @TempDir private Path data;

  @Test
  @Tag("slow")
  void outputsOfSingleDesignsAreThoseOfTheProgram() throws Exception {
    assertTrue(holds(command -> !isOfRun(command)) >= 4);
  }

  @Tag("slow")
  @Test
  void outputsOfTheSearchAreThoseOfTheProgram() throws Exception {
    assertTrue(holds(ReadmeOutputsTest::isOfRun) >= 2);
  }

  /** True for a search and for what looks at it. */
  private static boolean isOfRun(String command) {
    return command.startsWith("explore ") || command.contains("#");
  }

  @Test
  void chosenLinesAreShownAndTheOthersLeaveAnEllipsis() {
    String output = "head\n  a\n  b\nc\nd\ne\n";
    assertEquals(output, shown(output, null));
    assertEquals("head\n  a\n  …\ne\n", shown(output, "1-2, -1"));
    assertEquals("…\nc\nd\n…\n", shown(output, "4-5"));
    assertEquals("head\n  …\nd\ne\n", shown(output, "1, -2--1"));
  }

  private interface Choice {
    boolean takes(String command);
  }

  /** Compares the blocks of a choice, or writes them again; returns their number. */
  private int holds(Choice choice) throws Exception {
    String readme = Files.readString(README);
    StringBuilder expected = new StringBuilder();
    Matcher blocks = BLOCK.matcher(readme);
    int count = 0;
    while (blocks.find()) {
      MatchResult block = blocks.toMatchResult();
      String text = block.group();
      if (choice.takes(block.group(2))) {
        count++;
        text =
            text.substring(0, block.start(3) - block.start())
                + shown(output(block.group(2)), block.group(1))
                + "```";
      }
      blocks.appendReplacement(expected, Matcher.quoteReplacement(text));
    }
    blocks.appendTail(expected);
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(README, expected);
    }
    assertEquals(
        expected.toString(), Files.readString(README), "README.md is old; scripts/readme-outputs");
    return count;
  }

  private static String shown(String output, String ranges) {
    List<String> lines = output.lines().toList();
    if (ranges == null) {
      return output;
    }
    boolean[] isShown = new boolean[lines.size()];
    Matcher range = RANGE.matcher(ranges);
    while (range.find()) {
      int from = place(range.group(1), lines.size());
      int to = range.group(2) == null ? from : place(range.group(2), lines.size());
      for (int line = from; line <= to; line++) {
        isShown[line] = true;
      }
    }
    List<String> shown = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      if (isShown[line]) {
        shown.add(lines.get(line));
      } else if (line == 0 || isShown[line - 1]) {
        String left = lines.get(line);
        shown.add(" ".repeat(left.length() - left.stripLeading().length()) + "…");
      }
    }
    return String.join("\n", shown) + "\n";
  }

  private static int place(String number, int lines) {
    int line = Integer.parseInt(number);
    return line < 0 ? lines + line : line - 1;
  }

  private String output(String command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(Main.class.getName());
    for (String word : command.split(" ")) {
      // Files that a command writes go to the folder of the test.
      words.add(word.endsWith("mapping.json") ? data.resolve(word).toString() : word);
    }
    if (command.startsWith("explore ")) {
      words.add("--no-kafka");
    }
    Path out = data.resolve("out");
    Path err = data.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(words).directory(ROOT.toFile());
    builder.environment().put("COLUMNS", Integer.toString(COLUMNS));
    builder.environment().put("KIRCHHOFF_DATA", data.resolve("runs").toString());
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    assertTrue(code <= 1, command + " ended with " + code + ": " + Files.readString(err));
    return Files.readString(out);
  }
}
