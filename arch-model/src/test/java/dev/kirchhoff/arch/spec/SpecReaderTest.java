package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpecReaderTest {

  private static Problems problems(String text) {
    Problems problems = new Problems();
    SpecReader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
    return problems;
  }

  private static String only(String text) {
    Problems problems = problems(text);
    assertEquals(1, problems.sorted().size(), () -> problems.sorted().toString());
    return problems.sorted().get(0).toString();
  }

  @Test
  void everyTokenHasItsPlace() {
    Problems problems = new Problems();
    Node.Mapping root =
        (Node.Mapping)
            SpecReader.readText(
                    "a.yaml", "kirchhoff: 1\nchip:\n  technology: {node: 32 nm}\n", problems)
                .root()
                .orElseThrow();
    Node.Mapping chip = (Node.Mapping) root.get("chip").orElseThrow();
    Node.Mapping technology = (Node.Mapping) chip.get("technology").orElseThrow();
    assertEquals("a.yaml:3:15", technology.place().toString());
    assertEquals("a.yaml:3:16", technology.entry("node").orElseThrow().keyPlace().toString());
    assertEquals("a.yaml:3:22", technology.get("node").orElseThrow().place().toString());
  }

  @Test
  void scalarsStayText() {
    Problems problems = new Problems();
    Node.Sequence list =
        (Node.Sequence)
            SpecReader.readText("a.yaml", "[012, yes, 1_000, 1e3, 0x10, ~]", problems)
                .root()
                .orElseThrow();
    assertEquals("[012, yes, 1_000, 1e3, 0x10, ]", list.items().toString());
  }

  @Test
  void tricksOfYamlAreProblems() {
    assertTrue(only("a: 1\na: 2\n").startsWith("a.yaml:2:1 a: given twice; first at 1:1"));
    assertTrue(only("a: !!str 1\n").contains("has a tag"));
    assertTrue(only("a: &x 1\n").contains("has an anchor"));
    assertTrue(problems("a: &x 1\nb: *x\n").sorted().toString().contains("is an alias"));
    assertTrue(only("<<: {a: 1}\n").contains("merge key"));
    assertTrue(only("a: 1\n---\nb: 2\n").contains("second document"));
  }

  @Test
  void badTextIsReportedInASentence() {
    assertTrue(only("").contains("is empty"));
    assertTrue(only("# a comment only\n").contains("is empty"));
    assertTrue(only("a: \u0000\n").contains("control character U+0000"));
    assertTrue(only("a: [1, 2\nb: 3\n").startsWith("a.yaml:2:"));
    assertTrue(only("[".repeat(5000)).contains("nested more than 100 deep"));
    assertTrue(
        only("{a: ".repeat(101) + "1" + "}".repeat(101)).contains("nested more than 100 deep"));
    Problems problems = new Problems();
    SpecReader.read("a.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2}, problems);
    assertTrue(problems.sorted().get(0).message().contains("not UTF-8"));
    problems = new Problems();
    SpecReader.read("a.yaml", new byte[4 * 1024 * 1024], problems);
    assertTrue(problems.sorted().get(0).message().contains("at most 3 MB"));
  }

  @Test
  void aSyntaxErrorKeepsTheNodesBeforeIt() {
    Problems problems = new Problems();
    SpecReader.Reading reading = SpecReader.readText("a.yaml", "a: 1\nb: {c: 2\nd: 3\n", problems);
    assertTrue(reading.brokenAt().isPresent());
    assertTrue(((Node.Mapping) reading.root().orElseThrow()).has("a"));
  }

  @Test
  void mutatedTextNeverThrows() {
    String text =
        "kirchhoff: 1\nlet: {side: {any: [64, 128]}}\nchip:\n  pe: {readout: {kind: sar, bits: 8}}\n  crossbar: {rows: = side}\n";
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 3000; i++) {
      StringBuilder mutated = new StringBuilder(text);
      for (int m = 0; m < 1 + random.nextInt(4); m++) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.setCharAt(at, (char) random.nextInt(1, 127));
          case 1 -> mutated.deleteCharAt(at);
          default -> mutated.insert(at, "{}[]:,&*!|>%@`'\"#-?\n\t ".charAt(random.nextInt(22)));
        }
      }
      Problems problems = new Problems();
      SpecReader.Reading reading = SpecReader.readText("a.yaml", mutated.toString(), problems);
      assertFalse(reading.root().isEmpty() && problems.isEmpty(), "silent on: " + mutated);
    }
  }
}
