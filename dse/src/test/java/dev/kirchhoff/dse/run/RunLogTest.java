package dev.kirchhoff.dse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T23:12:35Z"), ZoneOffset.UTC);

  @TempDir Path temporary;
  private RunDirectory run;

  @BeforeEach
  void createRun() {
    run = DataDirectory.open(temporary.resolve("data")).createRun(new RunId("r"));
  }

  @Test
  void everyEventIsAWholeLineForAForeignReaderAsSoonAsItIsAppended() throws IOException {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      assertEquals(1, log.append(front(5)));
      List<String> lines = Files.readAllLines(run.log());
      assertEquals(2, lines.size());
      JsonNode second = new ObjectMapper().readTree(lines.get(1));
      assertEquals("1.0", second.get("specversion").asText());
      assertEquals("/runs/r", second.get("source").asText());
      assertEquals("0-1", second.get("id").asText());
      assertEquals(0, second.get("era").asLong());
      assertEquals(1, second.get("seq").asLong());
      assertEquals("2026-11-24T23:12:35.000Z", second.get("time").asText());
      assertEquals(5, second.get("data").get("index").asLong());
    }
  }

  @Test
  void statusFollowsLockAndLastState() throws IOException {
    assertEquals(RunStatus.EMPTY, RunStatus.of(run));
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      assertEquals(RunStatus.RUNNING, RunStatus.of(run));
      log.append(header("paused"));
      assertEquals(RunStatus.PAUSED, RunStatus.of(run));
      log.append(front(1));
    }
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    Files.writeString(run.log(), "{\"half", StandardOpenOption.APPEND);
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    for (String state : List.of("finished", "stopped", "failed")) {
      RunLog.reopen(run, continuation(), header(state), CLOCK).close();
      assertEquals(RunStatus.valueOf(state.toUpperCase(Locale.ROOT)), RunStatus.of(run));
    }
  }

  @Test
  void cutAtEveryByteTheLogReadsToItsLastWholeLineAndCanBeContinued() throws IOException {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      log.append(front(1));
      log.append(front(2));
    }
    byte[] whole = Files.readAllBytes(run.log());
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(run.log(), cut);
      long lines = new String(cut, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      assertEquals(lines, read().size(), "cut after " + length);
      if (lines == 0) {
        continue;
      }
      try (RunLog log = RunLog.reopen(run, continuation(), header("running"), CLOCK)) {
        assertEquals(lines, log.lastSeq());
        assertEquals(lines + 1, log.append(front(9)));
      }
      assertEquals(lines + 2, read().size());
      assertEquals(1, read().get((int) lines + 1).era());
    }
  }

  /** Zeros, as a file system leaves them behind the data of a file after a loss of power. */
  @Test
  void aLastLineWithoutItsLineEndIsIgnoredAndAnyWholeLineThatIsNoneIsNot() throws IOException {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      log.append(front(1));
    }
    String good = Files.readString(run.log());
    Files.writeString(run.log(), good + "\0\0\0");
    assertEquals(2, read().size());
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
    Files.writeString(run.log(), good + "\0\0\0\n");
    assertDamaged(3, "does not end with its check");
    assertThrows(DamagedLogException.class, () -> RunStatus.of(run));
    Files.writeString(run.log(), good + "\0\0\0\n" + good);
    assertDamaged(3, "does not end with its check");
  }

  @Test
  void aGapARepeatASwapAForeignTypeAndAMissingHeaderStopTheReading() throws IOException {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      log.append(front(1));
      log.append(front(2));
      log.append(front(3));
    }
    List<String> lines = Files.readAllLines(run.log());
    Files.write(run.log(), List.of(lines.get(0), lines.get(2)));
    assertDamaged(2, "missing, doubled or not in its place");
    Files.write(run.log(), List.of(lines.get(0), lines.get(1), lines.get(1)));
    assertDamaged(3, "missing, doubled or not in its place");
    Files.write(run.log(), List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));
    assertDamaged(2, "missing, doubled or not in its place");
    Files.write(run.log(), List.of(lines.get(0), lines.get(1).replace("front.v1", "front.v2")));
    assertDamaged(2, "the line was changed");
    Files.write(run.log(), List.of(lines.get(1)));
    assertDamaged(1, "missing, doubled or not in its place");
    SignedLog.write(run.log(), lines.get(1));
    assertDamaged(1, "seq is 1, must be 0");
    SignedLog.write(run.log(), lines.get(1).replace("\"seq\":1", "\"seq\":0"));
    assertDamaged(1, "header");
    SignedLog.write(run.log(), lines.get(0) + "\n" + lines.get(1).replace("front.v1", "front.v2"));
    assertDamaged(2, "unknown event type 'dev.kirchhoff.front.v2'");
    SignedLog.write(run.log(), lines.get(0) + "\n" + lines.get(2));
    assertDamaged(2, "seq is 2, must be 1");
    SignedLog.write(run.log(), lines.get(0) + "\n" + lines.get(1).replace("era\":0", "era\":1"));
    assertDamaged(2, "era is 1, must be 0");
    SignedLog.write(run.log(), lines.get(0) + "\n" + lines.get(1).replace("runs/r", "runs/s"));
    assertDamaged(2, "another run, s");
  }

  /** Order of events by era and seq: no pair comes twice, and none after it is smaller. */
  @Test
  void eraAndSeqNeverRepeatHoweverOftenARunIsContinued() throws IOException {
    List<EventOrder> seen = new ArrayList<>();
    RunLogReader.Continuation afterHeader;
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      afterHeader = continuation();
      log.append(front(1));
      log.append(front(2));
    }
    new PublishedHint(0, "", 0).write(run.published());
    read().forEach(event -> seen.add(event.order().orElseThrow()));
    for (int again = 1; again <= 4; again++) {
      RunLogReader.Continuation from =
          again == 3 ? afterHeader : afterHeader.in(continuation().era());
      try (RunLog log = RunLog.reopen(run, from, header("running"), CLOCK)) {
        log.append(front(again));
      }
      List<EventEnvelope> events = read();
      assertEquals(again, events.get(events.size() - 1).era());
      events.stream().skip(1).forEach(event -> seen.add(event.order().orElseThrow()));
    }
    assertEquals(seen.size(), seen.stream().distinct().count());
    assertEquals(seen.stream().sorted().toList(), seen);
  }

  @Test
  void aGrowingLogIsReadOn() {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK);
        RunLogReader reader = RunLogReader.open(run)) {
      assertTrue(reader.next().isPresent());
      assertTrue(reader.next().isEmpty());
      log.append(front(1));
      assertEquals(1, reader.next().orElseThrow().envelope().seq().orElseThrow());
      assertTrue(reader.next().isEmpty());
    }
  }

  @Test
  void continuingResetsTheHintOfPublication() throws IOException {
    RunLogReader.Continuation afterHeader;
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      afterHeader = continuation();
      log.append(front(1));
      log.append(front(2));
    }
    new PublishedHint(3, "cluster", 0).write(run.published());
    try (RunLog log = RunLog.reopen(run, afterHeader, header("running"), CLOCK)) {
      assertEquals(
          Optional.of(new PublishedHint(1, "cluster", 1)), PublishedHint.read(run.published()));
      assertEquals(2, log.append(front(7)));
    }
    assertEquals(3, read().size());
  }

  @Test
  void thereIsOneWriterAtATime() {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      assertThrows(
          DataProblemException.class,
          () -> RunLog.reopen(run, continuation(), header("running"), CLOCK));
      assertTrue(run.isBeingWritten());
      assertEquals(0, log.lastSeq());
    }
    assertFalse(run.isBeingWritten());
  }

  @Test
  void anInterruptOfTheSearchDoesNotHurtTheLog() {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      Thread.currentThread().interrupt();
      log.append(front(1));
      assertTrue(Thread.interrupted());
      log.append(front(2));
    }
    assertEquals(3, read().size());
  }

  /** A limit on the size of files stands for a full disk: a write is cut short and then refused. */
  @Test
  void aWriteThatFailsStopsTheRunWithTheReasonAndLeavesAGoodLog() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -f 100 && exec \"$0\" \"$@\"",
                java,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                temporary.resolve("data").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(said.contains("log.jsonl: cannot be written: File too large"), said);
    assertTrue(said.contains("and no more is taken"), said);
    assertTrue(read().size() > 100, said);
    assertTrue(Files.readString(run.log()).endsWith("}\n"));
    assertEquals(RunStatus.INTERRUPTED, RunStatus.of(run));
  }

  static final class Filler {
    public static void main(String[] arguments) {
      RunDirectory run = DataDirectory.open(Path.of(arguments[0])).run(new RunId("r"));
      try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
        try {
          while (true) {
            log.append(front(1));
          }
        } catch (LogWriteException e) {
          System.out.println(e.getMessage());
          LogWriteException again =
              assertThrows(LogWriteException.class, () -> log.append(front(1)));
          assertSame(e, again);
          System.out.println("and no more is taken");
        }
      }
    }
  }

  @Test
  void aHeaderThatDoesNotFitARecordIsRefusedBeforeTheRunStarts() {
    RunEvent.Run small = header("running");
    RunEvent.Run large =
        new RunEvent.Run(
            "running",
            "",
            "v",
            1,
            1,
            "e",
            1,
            TextNode.valueOf("x".repeat(900_000)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "n",
            List.of());
    RunLog.checkHeader(small);
    String message =
        assertThrows(DataProblemException.class, () -> RunLog.create(run, large, CLOCK))
            .getMessage();
    assertTrue(message.contains("must be below 900,000"), message);
    assertFalse(Files.exists(run.log()));
  }

  @Test
  void whatIsNotDurableDoesNotGoIntoTheLog() {
    try (RunLog log = RunLog.create(run, header("running"), CLOCK)) {
      assertThrows(
          IllegalArgumentException.class, () -> log.append(new RunEvent.Progress(0, 0, 0, 0)));
    }
  }

  private List<EventEnvelope> read() {
    List<EventEnvelope> read = new ArrayList<>();
    try (RunLogReader reader = RunLogReader.open(run)) {
      for (var e = reader.next(); e.isPresent(); e = reader.next()) {
        read.add(e.get().envelope());
      }
    }
    return read;
  }

  private RunLogReader.Continuation continuation() {
    try (RunLogReader reader = RunLogReader.open(run)) {
      while (reader.next().isPresent()) {
        continue;
      }
      return reader.continuation();
    }
  }

  private void assertDamaged(long line, String problem) {
    DamagedLogException e = assertThrows(DamagedLogException.class, this::read);
    assertEquals(line, e.line());
    assertTrue(e.getMessage().startsWith(run.log() + ":" + line + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  private static RunEvent front(long index) {
    return new RunEvent.Front("ä" + index, index, "entered", List.of(1.0, 2.0));
  }

  private static RunEvent.Run header(String state) {
    return new RunEvent.Run(
        state,
        "",
        "v",
        1,
        1,
        "e",
        1,
        TextNode.valueOf("s"),
        List.of(),
        List.of(),
        List.of("TOPS/W", "area"),
        List.of(),
        "n",
        List.of());
  }
}
