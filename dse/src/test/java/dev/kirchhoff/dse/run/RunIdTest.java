package dev.kirchhoff.dse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RunIdTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T23:12:35.999Z"), ZoneOffset.ofHours(5));

  @Test
  void aNewIdIsUtcStartSpecNameAndFourCharacters() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    for (int trial = 0; trial < 200; trial++) {
      String id = RunId.fresh(CLOCK, "resnet18-reram", random).text();
      assertTrue(id.matches("20261124T231235Z-resnet18-reram-[a-z2-7]{4}"), id);
    }
  }

  @Test
  void aNameThatAnIdCannotHaveIsMadeToFit() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    assertTrue(RunId.fresh(CLOCK, "größe: /mm²", random).text().contains("Z-gr-e-mm-"));
    assertTrue(RunId.fresh(CLOCK, "???", random).text().contains("Z-run-"));
    assertEquals(80, RunId.fresh(CLOCK, "x".repeat(500), random).text().length());
  }

  @Test
  void whatIsNotAnIdIsRefused() {
    new RunId("a");
    new RunId("x".repeat(80));
    for (String bad : List.of("", ".", "..", "a/b", "a b", "ä", "x".repeat(81), "a\n")) {
      assertThrows(DataProblemException.class, () -> new RunId(bad), bad);
    }
  }

  @Test
  void anyUniqueEndingMeansTheRun() {
    List<RunId> known = List.of(new RunId("a-k3f9"), new RunId("b-k3f9"), new RunId("c-2222"));
    assertEquals(new RunId("c-2222"), RunId.resolve(known, "22"));
    assertEquals(new RunId("a-k3f9"), RunId.resolve(known, "a-k3f9"));
    assertProblem(known, "k3f9", "'k3f9' fits 2 runs: b-k3f9, a-k3f9; write more of its ending");
    assertProblem(known, "zz", "no run ends in 'zz'; newest runs: c-2222, b-k3f9, a-k3f9");
    assertProblem(List.of(), "zz", "no run ends in 'zz'; there are no runs yet");
    assertProblem(known, "", "a run must be named; newest runs: c-2222, b-k3f9, a-k3f9");
  }

  @Test
  void aWholeNameWinsOverBeingTheEndingOfAnother() {
    List<RunId> known = List.of(new RunId("big-run"), new RunId("run"));
    assertEquals(new RunId("run"), RunId.resolve(known, "run"));
  }

  @Test
  void aDesignIsNamedByRunAndIndex() {
    assertEquals(new DesignAddress("k3f9", 1234), DesignAddress.parse("k3f9#1234"));
    for (String bad : List.of("", "k3f9", "#1", "k3f9#", "k3f9#-1", "k3f9#1x")) {
      assertThrows(DataProblemException.class, () -> DesignAddress.parse(bad), bad);
    }
  }

  private static void assertProblem(List<RunId> known, String ending, String message) {
    assertEquals(
        message,
        assertThrows(DataProblemException.class, () -> RunId.resolve(known, ending)).getMessage());
  }
}
