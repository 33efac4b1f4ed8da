package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of every design of a small space, read by a CSV reader of this test. */
class SweepCommandTest {
  private static final String EXTRA = "cell.bits * 2 <= 2 + max(1, 1)";

  @TempDir private Path folder;

  /** 3 sides x 2 cell bits x (sar with 3 bits + flash with 2) = 30 designs. */
  private String spec() throws IOException {
    return Files.writeString(
            folder.resolve("small.yaml"),
            """
            kirchhoff: 1
            workload: lenet5
            precision: {weights: 8, inputs: 8}
            let: {side: {any: [64, 128, 256]}}
            chip:
              technology: {node: 32 nm}
              pe:
                perTile: 4
                readout:
                  any:
                    - {kind: sar, bits: {from: 6, to: 8}, columnsPerAdc: 8}
                    - {kind: flash, bits: {from: 3, to: 4}, columnsPerAdc: 8}
              crossbar: {perPe: 4, rows: = side, columns: = side, weights: {encoding: offset}}
              cell: {access: 1T1R, bits: {any: [1, 2]}, device: redox-hfox-wan2022}
            sweep: {columns: [TOPS/W, area]}
            """)
        .toString();
  }

  private CommandRun sweep(String... arguments) {
    List<String> all = new ArrayList<>(List.of("sweep", "--no-kafka", "--data", data()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static List<List<String>> table(String csv) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : csv.split("\n")) {
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      for (char c : line.toCharArray()) {
        if (c == '"') {
          quoted = !quoted;
        } else if (c == ',' && !quoted) {
          cells.add(cell.toString());
          cell.setLength(0);
        } else {
          cell.append(c);
        }
      }
      cells.add(cell.toString());
      rows.add(cells);
    }
    return rows;
  }

  @Test
  void everyDesignHasItsRow() throws IOException {
    String spec = spec();
    JsonNode check = CommandRun.of("check", spec, "--json").exits(0).json();
    assertEquals(30, check.get("designs").asInt());
    List<List<String>> table = table(sweep(spec).exits(0).out());
    assertEquals(
        List.of(
            "index",
            "side",
            "pe.readout",
            "pe.readout.bits",
            "cell.bits",
            "energyEfficiency_TOPSperW",
            "area_mm2",
            "feasible",
            "front",
            "missed"),
        table.get(0));
    assertEquals(31, table.size());
    HashSet<List<String>> designs = new HashSet<>();
    for (int row = 1; row < table.size(); row++) {
      List<String> cells = table.get(row);
      assertEquals(10, cells.size());
      assertEquals(row - 1, Integer.parseInt(cells.get(0)));
      assertTrue(designs.add(cells.subList(1, 5)), "twice: " + cells);
      // One column for the bits of both kinds: 6 to 8 of a SAR, 3 or 4 of a flash.
      assertEquals(cells.get(2).equals("sar"), Integer.parseInt(cells.get(3)) >= 6);
    }
  }

  @Test
  void aRowEqualsTheFiguresOfEvaluate() throws IOException {
    String spec = spec();
    List<List<String>> table = table(sweep(spec).exits(0).out());
    for (int row = 1; row < table.size(); row += 7) {
      List<String> cells = table.get(row);
      CommandRun priced =
          CommandRun.of(
              "evaluate",
              spec,
              "--json",
              "--set",
              "side=" + cells.get(1),
              "--set",
              "cell.bits=" + cells.get(4),
              "--set",
              "pe.readout.kind=" + cells.get(2),
              "--set",
              "pe.readout.bits=" + cells.get(3));
      JsonNode totals = priced.json().get("totals");
      assertEquals(
          totals.get("energyEfficiency_TOPSperW").asDouble(), Double.parseDouble(cells.get(5)), 0);
      assertEquals(totals.get("area_mm2").asDouble(), Double.parseDouble(cells.get(6)), 0);
      assertEquals(priced.code() == 0, Boolean.parseBoolean(cells.get(7)), cells.toString());
    }
  }

  @Test
  void aMissedConstraintWithACommaIsQuoted() throws IOException {
    List<List<String>> table = table(sweep(spec(), "--limit", EXTRA).exits(0).out());
    for (List<String> cells : table.subList(1, table.size())) {
      assertEquals(10, cells.size(), cells.toString());
      assertEquals(cells.get(4).equals("2"), cells.get(9).contains(EXTRA), cells.toString());
    }
  }

  @Test
  void aFileHoldsTheSameTableAndNoPartIsLeft() throws IOException {
    Path file = folder.resolve("table.csv");
    CommandRun written = sweep(spec(), "-o", file.toString()).exits(0);
    assertEquals("", written.out());
    assertTrue(written.err().contains("table in " + file), written.err());
    assertEquals(sweep(spec()).out(), Files.readString(file));
    assertFalse(Files.exists(folder.resolve("table.csv.part")));
  }

  @Test
  void behindALinkTheFileIsReplacedAndTheLinkStays() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
    sweep(spec(), "-o", link.toString()).exits(0);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(file).startsWith("index,"));
  }

  /** A pipe has one writer: the table goes through it, and it is not replaced by a file. */
  @Test
  void aPipeIsWrittenToAndNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    FutureTask<String> read = new FutureTask<>(() -> Files.readString(pipe));
    new Thread(read).start();
    sweep(spec(), "-o", pipe.toString()).exits(0);
    assertEquals(31, read.get().lines().count());
    assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
  }

  @Test
  void aTableThatStopsBeingReadStopsTheSweep() throws IOException {
    StringWriter err = new StringWriter();
    Writer closed =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("closed");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    int code =
        Main.commandLine(new PrintWriter(closed), new PrintWriter(err, true))
            .execute("sweep", "--no-kafka", "--data", data(), spec());
    assertEquals(3, code);
    assertTrue(err.toString().contains("standard output is closed or full"), err.toString());
  }

  @Test
  void aSampleIsRepeatable() throws IOException {
    String[] sample = {CommandRun.example("resnet18-reram"), "--sample", "40", "--seed", "3"};
    CommandRun first = sweep(sample);
    assertEquals(41, table(first.out()).size());
    assertEquals(first.out(), sweep(sample).out());
  }

  @Test
  void aSampleSaysHowItWasDrawnAndHasItsWeights() throws IOException {
    String[] sample = {CommandRun.example("resnet18-reram"), "--sample", "400"};
    CommandRun near = sweep(sample).exits(0);
    assertTrue(near.err().contains("half of them spread over the space"), near.err());
    List<List<String>> table = table(near.out());
    assertEquals(List.of("index", "weight", "near", "side"), table.get(0).subList(0, 4));
    long drawnNear = table.stream().filter(row -> row.get(2).equals("true")).count();
    assertEquals(200, drawnNear);
    double sum = 0;
    for (List<String> row : table.subList(1, table.size())) {
      sum += Double.parseDouble(row.get(1));
    }
    // 199,065,600 designs; the sum of the weights of 400 rows errs by some percent.
    assertEquals(199_065_600, sum, 0.25 * 199_065_600);
    List<String> even = new ArrayList<>(List.of(sample));
    even.addAll(List.of("--spread", "even", "--run-id", "even"));
    CommandRun spread = sweep(even.toArray(String[]::new));
    assertTrue(spread.err().contains("all of them spread over the space"), spread.err());
    assertTrue(
        table(spread.out()).stream().noneMatch(row -> row.get(2).equals("true")), spread.out());
    assertEquals(spread.out(), CommandRun.of("export", "even", "--data", data()).exits(0).out());
  }

  @Test
  void aRuleOfSamplesIsOneOfTwoAndOfASample() throws IOException {
    String spec = CommandRun.example("resnet18-reram");
    sweep(spec, "--sample", "40", "--spread", "wide").refuses("must be limits or even");
    sweep(spec(), "--spread", "even").refuses("--spread is of a sample; add --sample N");
    sweep("--around", "any#1", "--spread", "even").refuses("takes the spec of the run");
    sweep(spec, "--sample", "40", "--distribute").refuses("--no-kafka");
    CommandRun.of("sweep", spec, "--data", data(), "--sample", "40", "--distribute")
        .refuses("--spread even");
  }

  /** A log of at most 20 designs keeps two of the 30, and whatever came on the front. */
  @Test
  void aLargeSweepHasAllRowsInItsTableAndASampleInItsLog() throws IOException {
    List<List<String>> all = table(sweep(spec()).exits(0).out());
    CommandRun large = sweep(spec(), "--logged", "20", "--run-id", "large").exits(0);
    List<List<String>> table = table(large.out());
    int front = all.get(0).indexOf("front");
    for (int row = 0; row < all.size(); row++) {
      List<String> cells = new ArrayList<>(all.get(row));
      cells.remove(front);
      assertEquals(cells, table.get(row));
    }
    assertTrue(large.err().contains("30 designs, "), large.err());
    assertTrue(large.err().contains("the run's log has a sample of "), large.err());
    assertEquals(large.out(), CommandRun.of("export", "large", "--data", data()).exits(0).out());
    CommandRun.of("export", "large", "--parts", "--data", data())
        .refuses("--parts: run large is a sweep");
    CommandRun.of("verify", "large", "--data", data()).exits(0);
    JsonNode shown = CommandRun.of("show", "large", "--data", data(), "--json").json();
    assertEquals(30, shown.get("swept").get("rows").asInt());
    long feasible = all.stream().filter(row -> row.get(front - 1).equals("true")).count();
    assertEquals(feasible, shown.get("swept").get("feasible").asLong());
    assertEquals(
        all.stream().filter(row -> row.get(front).equals("true")).count(),
        shown.get("front").size());
    assertTrue(shown.get("evaluated").asInt() < 30, shown.toString());
    String text = CommandRun.of("show", "large", "--data", data()).out();
    assertTrue(text.contains("30 rows, "), text);
    String runs = CommandRun.of("runs", "show", "large", "--data", data()).exits(0).out();
    assertTrue(runs.contains("of them in the log, as a sample"), runs);
    String pivot =
        CommandRun.of("pivot", "large", "side", "cell.bits", "area", "--data", data()).out();
    assertTrue(pivot.contains("in the log's sample of a sweep of 30 designs"), pivot);
  }

  /** Log and rows cut off anywhere, rows damaged or lost: the same table. */
  @Test
  void aLargeSweepThatWasKilledGoesOnToTheSameTable() throws IOException {
    String whole = sweep(spec(), "--logged", "20", "--run-id", "large").exits(0).out();
    Path run = folder.resolve("data/runs/large");
    String log = Files.readString(run.resolve("log.jsonl"));
    List<String> lines = log.lines().toList();
    byte[] rows = Files.readAllBytes(run.resolve("rows.bin"));
    Random random = new Random(2);
    // The first round says of how many rows rounds are; without one they are as usual.
    int first = log.indexOf("dev.kirchhoff.round.v1");
    int header = log.indexOf('\n', first) + 1;
    int last = lines.get(lines.size() - 1).length() + 1;
    for (int i = 0; i < 6; i++) {
      int length = header + random.nextInt(log.length() - header - last);
      Files.writeString(run.resolve("log.jsonl"), log.substring(0, length));
      byte[] left = Arrays.copyOf(rows, random.nextInt(rows.length));
      if (i % 3 == 1 && left.length > 0) {
        left[random.nextInt(left.length)] ^= 4;
      }
      Files.write(run.resolve("rows.bin"), left);
      if (i % 3 == 2) {
        Files.delete(run.resolve("rows.bin"));
      }
      CommandRun again = CommandRun.of("resume", "large", "--no-kafka", "--data", data()).exits(0);
      assertEquals(whole, again.out(), "cut at " + length);
      assertTrue(Arrays.equals(rows, Files.readAllBytes(run.resolve("rows.bin"))), "rows");
      CommandRun.of("verify", "large", "--data", data()).exits(0);
      assertEquals(facts(lines), facts(Files.readAllLines(run.resolve("log.jsonl"))));
    }
  }

  /** Evaluations, changes of the front and rounds of a log. */
  private static List<String> facts(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.contains("\"dev.kirchhoff.run.v1\""))
        .map(line -> line.substring(line.indexOf("\"data\""), line.indexOf(",\"check\"")))
        .toList();
  }

  /** A log cut off anywhere, gone on with: the table and the log of an unbroken sweep. */
  @Test
  @Tag("slow")
  void aSweepThatWasKilledGoesOnToTheSameTable() throws IOException {
    String spec = CommandRun.example("resnet18-reram");
    String whole =
        sweep(spec, "--sample", "2500", "--seed", "5", "--run-id", "whole").exits(0).out();
    assertEquals(2501, table(whole).size());
    Path runs = folder.resolve("data/runs");
    List<String> lines = Files.readAllLines(runs.resolve("whole/log.jsonl"));
    String log = String.join("\n", lines) + "\n";
    Path folderOfRun = runs.resolve("whole");
    Random random = new Random(1);
    int header = lines.get(0).length() + 1;
    for (int i = 0; i < 3; i++) {
      int length =
          header + random.nextInt(log.length() - header - lines.get(lines.size() - 1).length() - 1);
      Files.writeString(folderOfRun.resolve("log.jsonl"), log.substring(0, length));
      CommandRun again = CommandRun.of("resume", "whole", "--no-kafka", "--data", data()).exits(0);
      assertEquals(whole, again.out(), "cut at " + length);
      assertEquals(
          whole, CommandRun.of("export", "whole", "--data", data()).exits(0).out(), "the export");
      assertTrue(
          CommandRun.of("verify", "whole", "--data", data()).exits(0).out().contains("equal"));
    }
  }

  @Test
  void neighboursOfADesignDifferFromItInOneKnob() throws IOException {
    sweep(spec(), "--run-id", "all").exits(0);
    List<List<String>> all = table(CommandRun.of("export", "all", "--data", data()).exits(0).out());
    List<List<String>> around = table(sweep("--around", "all#7").exits(0).out());
    assertEquals(all.get(0), around.get(0));
    assertEquals(all.get(8).subList(1, 8), around.get(1).subList(1, 8), "the design itself");
    // 2 other sides, 1 kind of readout, 2 or 1 other bits, 1 other number of cell bits.
    boolean isSar = around.get(1).get(2).equals("sar");
    assertEquals(2 + 1 + (isSar ? 2 : 1) + 1, around.size() - 2);
    for (List<String> row : around.subList(2, around.size())) {
      boolean isOtherKind = !row.get(2).equals(around.get(1).get(2));
      int differing = 0;
      for (int c = 1; c <= 4; c++) {
        differing += row.get(c).equals(around.get(1).get(c)) || isOtherKind && c == 3 ? 0 : 1;
      }
      assertEquals(1, differing, row.toString());
    }
    sweep("--around", "all#700").refuses("has no design 700");
    sweep(spec(), "--around", "all#7").refuses("takes the spec of the run");
  }
}
