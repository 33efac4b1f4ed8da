package dev.kirchhoff.arch.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LogPositionTest {
  private static final String RUN = "20261124T231235Z-sample-k3f9";
  private static final long SEED = 20261128;

  private static List<byte[]> lines() {
    List<byte[]> lines = new ArrayList<>();
    LogPosition position = LogPosition.start();
    for (RunEvent event : SampleEvents.all()) {
      if (event instanceof RunEvent.Progress || event instanceof RunEvent.Command) {
        continue;
      }
      EventEnvelope envelope = SampleEvents.envelope(event, position.seq());
      byte[] line = position.line(envelope);
      position = position.after(envelope, line);
      lines.add(line);
    }
    return lines;
  }

  private static byte[] join(List<byte[]> lines) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    lines.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  /** Number of the line that is refused, from 1; 0 if all are good. */
  private static int refused(byte[] log) {
    LogPosition position = LogPosition.start();
    int start = 0;
    int number = 0;
    for (int i = 0; i < log.length; i++) {
      if (log[i] == '\n') {
        number++;
        try {
          position = position.after(position.read(log, start, i - start, RUN));
        } catch (EventFormatException e) {
          return number;
        }
        start = i + 1;
      }
    }
    return 0;
  }

  /** The digest is that of RFC 3720, appendix B.4, so that other tools can compute it. */
  @Test
  void aLineEndsWithTheCastagnoliDigestOfItsBytesAndRepeatsThatOfTheLineBefore() throws Exception {
    String prev = "00000000";
    for (byte[] bytes : lines()) {
      String line = new String(bytes, StandardCharsets.UTF_8);
      JsonNode node = EventJson.mapper().readTree(line);
      assertEquals(prev, node.get("prev").asText());
      prev = node.get("check").asText();
      String covered = line.substring(0, line.indexOf(",\"check\":\"" + prev + "\"}\n"));
      assertEquals(prev, String.format("%08x", castagnoli(covered)));
    }
    assertEquals(0xe3069283, castagnoli("123456789"));
  }

  /** Bit by bit, polynomial 0x1EDC6F41 reflected. */
  private static int castagnoli(String text) {
    int crc = ~0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
      }
    }
    return ~crc;
  }

  @Test
  void whatIsWrittenReadsBackWithTheSameDataBytes() throws Exception {
    LogPosition position = LogPosition.start();
    for (byte[] line : lines()) {
      RawEvent raw = position.read(line, 0, line.length - 1, RUN);
      EventEnvelope whole = EventJson.parse(line, 0, line.length - 1);
      assertEquals(EventJson.line(whole), EventJson.line(EventJson.envelope(raw)));
      assertEquals(position.seq(), raw.seq().orElseThrow());
      position = position.after(raw);
    }
  }

  @Test
  void everyFlippedBitIsRefusedAtItsLineOrIsTheEndOfTheLastLine() {
    byte[] log = join(lines());
    int line = 1;
    for (int at = 0; at < log.length; at++) {
      byte good = log[at];
      for (int bit = 0; bit < 8; bit++) {
        log[at] = (byte) (good ^ 1 << bit);
        int expected = at == log.length - 1 ? 0 : line;
        assertEquals(expected, refused(log), "byte " + at + ", bit " + bit);
      }
      log[at] = good;
      line += good == '\n' ? 1 : 0;
    }
    assertEquals(0, refused(log));
  }

  @Test
  void missingDoubledAndSwappedLinesAreRefusedWhereverTheyStand() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    List<byte[]> lines = lines();
    for (int i = 0; i < lines.size() - 1; i++) {
      List<byte[]> missing = new ArrayList<>(lines);
      missing.remove(i);
      assertEquals(i + 1, refused(join(missing)), "missing " + i);
      List<byte[]> swapped = new ArrayList<>(lines);
      int other = random.nextInt(i + 1, lines.size());
      swapped.set(i, lines.get(other));
      swapped.set(other, lines.get(i));
      assertEquals(i + 1, refused(join(swapped)), "swapped " + i + " and " + other);
    }
    for (int i = 0; i < lines.size(); i++) {
      List<byte[]> doubled = new ArrayList<>(lines);
      doubled.add(i, lines.get(i));
      assertEquals(i + 2, refused(join(doubled)), "doubled " + i);
      assertEquals(0, refused(join(lines.subList(0, i))), "whole lines missing at the end");
    }
  }

  @Test
  void anEraOpensWithAHeaderAndGoesUp() throws Exception {
    LogPosition position = LogPosition.start();
    EventEnvelope first = SampleEvents.envelope(SampleEvents.run(), 0);
    byte[] line = position.line(first);
    LogPosition second = position.after(first, line);
    assertEquals("0-0", EventJson.mapper().readTree(line).get("id").asText());
    for (int era : new int[] {1, 3}) {
      EventEnvelope again =
          new EventEnvelope(RunEvent.Run.TYPE, RUN, era, 1, "", SampleEvents.run());
      byte[] opens = second.line(again);
      assertEquals(era, second.read(opens, 0, opens.length - 1, RUN).era());
      LogPosition third = second.after(again, opens);
      EventEnvelope earlier =
          new EventEnvelope(RunEvent.Run.TYPE, RUN, era - 1, 2, "", SampleEvents.run());
      byte[] before = third.line(earlier);
      EventFormatException e =
          assertThrows(
              EventFormatException.class, () -> third.read(before, 0, before.length - 1, RUN));
      assertTrue(e.getMessage().contains("era is " + (era - 1)), e.getMessage());
    }
    RunEvent front = new RunEvent.Front("a", 1, "entered", List.of(1.0));
    byte[] bad = second.line(new EventEnvelope(RunEvent.Front.TYPE, RUN, 1, 1, "", front));
    assertThrows(EventFormatException.class, () -> second.read(bad, 0, bad.length - 1, RUN));
  }
}
