package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.design.TimeEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
  private static final long SEED = 20_240_817;

  @TempDir private Path folder;

  @Test
  void aGoodSpecIsReportedInWords() {
    String text = CommandRun.of("check", CommandRun.example("resnet18-reram")).exits(0).out();
    for (String words :
        new String[] {
          "resnet18-reram.yaml is good",
          "32 nm, 0.9 V; 300 K; tiles as needed > 4..16 PEs > 4..16 crossbars",
          "resnet18: 21 matrix layers, 1.814 GMAC, 11.68 M weights, 8 b weights x 8 b inputs",
          "22 knobs (9 of them conditional), 199,065,600 designs; all of them would take about ",
          "2,864 of them, 45 tiles",
          "maximise TOPS/W, minimise area",
          "agreement >= 90 %, latency <= 5 ms; agreement is estimated by kind of layer"
        }) {
      assertTrue(text.contains(words), words + " in\n" + text);
    }
  }

  @Test
  void problemsInExpectedValuesAreFoundAllAtOnce() throws IOException {
    Path spec = folder.resolve("macro.yaml");
    Files.writeString(
        spec,
        "kirchhoff: 1\nchip: {tile: none}\nexpect:\n"
            + "  - {energyShares: {readuot: 30 %}}\n"
            + "  - {when: {pe.readout.bit: 3}, TOPS: 1}\n");
    String told = CommandRun.of("check", spec.toString()).exits(2).err();
    assertTrue(told.contains("macro.yaml:4:30 expect[0].energyShares.readuot:"), told);
    assertTrue(told.contains("did you mean readout?"), told);
    assertTrue(told.contains("pe.readout.bit: unknown key of a sar readout"), told);
  }

  @Test
  void problemsAreJsonWhereJsonIsAskedFor() throws IOException {
    Path spec = folder.resolve("bad.yaml");
    Files.writeString(spec, "kirchhoff: 1\nchip: {pe: {readout: {kind: sar, bist: 3}}}\n");
    CommandRun run = CommandRun.of("check", spec.toString(), "--json").exits(2);
    JsonNode problem = run.json().at("/problems/0");
    assertEquals(spec.toString(), problem.get("file").asText());
    assertEquals(2, problem.get("line").asInt());
    assertEquals(34, problem.get("column").asInt());
    assertEquals("pe.readout.bist", problem.get("path").asText());
    assertTrue(problem.get("message").asText().contains("did you mean bits?"), run.out());
    assertEquals("", run.err());
    JsonNode missing = CommandRun.of("check", "no.yaml", "--json").exits(2).json();
    assertEquals("no.yaml", missing.at("/problems/0/file").asText());
    assertFalse(missing.at("/problems/0").has("line"), missing.toString());
  }

  @Test
  void aWorkloadThatIsAKnobIsReportedWithItsOthers() {
    String text = CommandRun.of("check", CommandRun.example("array-adc-sweep")).exits(0).out();
    assertTrue(text.contains("; or vgg16, mobilenet_v2"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isaac",
        "quickstart",
        "resnet18-reram",
        "array-adc-sweep",
        "vgg8-pcm",
        "mram-binary"
      })
  void theResolvedSpecIsASpecWithTheSameDesigns(String example) throws IOException {
    String spec = CommandRun.example(example);
    String resolved = CommandRun.of("check", spec, "--resolved").exits(0).out();
    assertTrue(resolved.contains("# default"), resolved);
    Path again = Files.writeString(folder.resolve("again.yaml"), resolved);
    JsonNode was = CommandRun.of("check", spec, "--json").exits(0).json();
    JsonNode is = CommandRun.of("check", again.toString(), "--json").exits(0).json();
    assertEquals(was.get("designs"), is.get("designs"));
    assertEquals(was.get("knobs").size(), is.get("knobs").size());
    assertEquals(
        CommandRun.of("evaluate", spec, "--json").json().get("totals"),
        CommandRun.of("evaluate", again.toString(), "--json").json().get("totals"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, less than a second",
    "1.23, 1 s",
    "89, 89 s",
    "100, 2 min",
    "3540, 59 min",
    "5400, 2 hours",
    "14000, 4 hours",
    "86400, 24 hours",
    "200000, 2 days",
    "3.2e10, 'more than 1,000 years'",
    "6e7, 2 years"
  })
  void aTimeIsPrintedInWords(double seconds, String words) {
    assertEquals(words, TimeEstimate.words(seconds));
  }

  /** Whatever happens to a spec, it is good or the user's mistake, never ours. */
  @Test
  @Tag("slow")
  void aDamagedSpecIsNeverOurFault() throws IOException {
    String text = Files.readString(Path.of(CommandRun.example("resnet18-reram")));
    int good = 0;
    for (int trial = 0; trial < 2000; trial++) {
      SplittableRandom random = new SplittableRandom(SEED + trial);
      Path file = Files.writeString(folder.resolve("damaged.yaml"), damaged(text, random));
      CommandRun run = CommandRun.of("check", "--json", file.toString());
      int seed = trial;
      assertTrue(
          run.code() == 0 || run.code() == 2, () -> "seed " + (SEED + seed) + ": " + run.err());
      assertFalse(
          run.err().contains("our fault"), () -> "seed " + (SEED + seed) + ": " + run.err());
      if (run.code() == 2) {
        assertFalse(run.json().get("problems").isEmpty(), () -> "seed " + (SEED + seed));
      } else if (good++ % 20 == 0) {
        int code = CommandRun.of("evaluate", file.toString()).code();
        assertTrue(code == 0 || code == 1, "seed " + (SEED + seed));
      }
    }
    assertTrue(good > 100 && good < 1900, good + " of the damaged specs are good");
  }

  private static final String[] PIECES = {
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "any",
    "from",
    " 0",
    "-1",
    "1e9",
    "1e400",
    "=",
    "= side",
    "none",
    "fit",
    "null",
    "~",
    "\"",
    "'",
    "#",
    "&a",
    "*a",
    "!!int",
    "<<: ",
    "---",
    "nm",
    "V",
    "%",
    "kind: flash",
    "\t",
    "\n",
    "é",
    "0x10",
    "NaN",
    ".inf",
    "yes",
    "1_000",
    "2020-01-01",
    "start: 3",
    "\\",
    "|",
    ">",
    "?",
    "extends: x.yaml",
    "let"
  };

  private static String damaged(String text, SplittableRandom random) {
    StringBuilder out = new StringBuilder(text);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(out.length());
      int length = Math.min(out.length() - at, 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> out.delete(at, at + length);
        case 1 -> out.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> out.replace(at, at + length, PIECES[random.nextInt(PIECES.length)]);
        case 3 -> swapWords(out, random);
        case 4 -> number(out, random);
        default -> out.insert(at, line(out.toString(), random));
      }
    }
    return out.toString();
  }

  /** Puts one word of the text in the place of another. */
  private static void swapWords(StringBuilder out, SplittableRandom random) {
    String[] words = out.toString().split("[\\s{}\\[\\],:]+");
    String word = words[random.nextInt(words.length)];
    int at = word.isEmpty() ? -1 : out.indexOf(word);
    if (at >= 0) {
      out.replace(at, at + word.length(), words[random.nextInt(words.length)]);
    }
  }

  /** Changes a number. */
  private static void number(StringBuilder out, SplittableRandom random) {
    int from = random.nextInt(out.length());
    for (int at = from; at < out.length(); at++) {
      if (Character.isDigit(out.charAt(at))) {
        out.replace(at, at + 1, Integer.toString(random.nextInt(-2, 2000)));
        return;
      }
    }
  }

  private static String line(String text, SplittableRandom random) {
    String[] lines = text.split("\n");
    return lines[random.nextInt(lines.length)] + "\n";
  }
}
