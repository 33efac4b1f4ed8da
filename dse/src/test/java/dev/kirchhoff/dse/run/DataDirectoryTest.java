package dev.kirchhoff.dse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void theOptionGoesBeforeTheEnvironmentAndThatBeforeTheDefault() {
    Map<String, String> set = Map.of("KIRCHHOFF_DATA", "/data");
    assertEquals(Path.of("x"), DataDirectory.locate(Optional.of(Path.of("x")), set));
    assertEquals(Path.of("/data"), DataDirectory.locate(Optional.empty(), set));
    assertEquals(Path.of("kirchhoff-data"), DataDirectory.locate(Optional.empty(), Map.of()));
  }

  @Test
  void aNewDirectoryGetsItsFormatAndOpensAgain() throws IOException {
    Path path = temporary.resolve("a/b");
    DataDirectory.open(path);
    assertEquals("3\n", Files.readString(path.resolve("format")));
    DataDirectory.open(path);
    try (var entries = Files.list(path)) {
      assertEquals(
          List.of("broker", "format", "log", "runs"),
          entries.map(e -> e.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void anotherFormatIsRefusedWithTheVersionThatReadsIt() throws IOException {
    Files.writeString(temporary.resolve("format"), "4\n");
    String message = problem(temporary);
    assertTrue(
        message.contains("has data format 4; this version reads and writes format 3"), message);
    assertTrue(message.contains("reads format 4"), message);
    Files.writeString(temporary.resolve("format"), "1\n");
    assertTrue(problem(temporary).contains("or another --data"), problem(temporary));
    String reading =
        assertThrows(DataProblemException.class, () -> DataDirectory.existing(temporary))
            .getMessage();
    assertTrue(reading.contains("has data format 1"), reading);
    Files.writeString(temporary.resolve("format"), "one");
    assertTrue(problem(temporary).contains("not a number"));
  }

  @Test
  void aDirectoryOfOtherThingsAndAFileAreRefused() throws IOException {
    Files.writeString(temporary.resolve("thesis.tex"), "x");
    assertTrue(problem(temporary).contains("holds other files"));
    assertTrue(problem(temporary.resolve("thesis.tex")).contains("must be a directory"));
  }

  @Test
  void runsAreListedAndNoneIsMadeTwice() throws IOException {
    DataDirectory data = DataDirectory.open(temporary);
    data.createRun(new RunId("b"));
    data.createRun(new RunId("a-k3f9"));
    Files.createDirectory(temporary.resolve("runs/not an id"));
    Files.writeString(temporary.resolve("runs/file"), "");
    assertEquals(List.of(new RunId("a-k3f9"), new RunId("b")), data.runs());
    assertEquals(new RunId("a-k3f9"), data.find("k3f9").id());
    assertThrows(DataProblemException.class, () -> data.createRun(new RunId("b")));
  }

  @Test
  void aLockIsSeenByThisProcessAndByOthersAndEndsWithItsOwner() throws Exception {
    Path file = temporary.resolve("lock");
    assertFalse(OwnerLock.isHeld(file));
    OwnerLock mine = OwnerLock.take(file).orElseThrow();
    try (mine) {
      assertTrue(OwnerLock.isHeld(file));
      assertTrue(OwnerLock.take(file).isEmpty());
      // Had the probes above opened the file, the lock would be lost now.
      assertEquals("refused", LockHolder.start(file).line());
    }
    assertFalse(OwnerLock.isHeld(file));
    LockHolder other = LockHolder.start(file);
    assertEquals("held", other.line());
    assertTrue(OwnerLock.isHeld(file));
    assertTrue(OwnerLock.take(file).isEmpty());
    other.process().destroyForcibly().waitFor();
    assertFalse(OwnerLock.isHeld(file));
    OwnerLock.take(file).orElseThrow().close();
  }

  private String problem(Path path) {
    return assertThrows(DataProblemException.class, () -> DataDirectory.open(path)).getMessage();
  }

  /** Another process that tries to take a lock, says whether it could, and keeps it. */
  record LockHolder(Process process, BufferedReader output) {
    static LockHolder start(Path file) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LockHolder.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new LockHolder(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    String line() throws IOException {
      return output.readLine();
    }

    public static void main(String[] arguments) throws IOException {
      Optional<OwnerLock> lock = OwnerLock.take(Path.of(arguments[0]));
      System.out.println(lock.isPresent() ? "held" : "refused");
      if (lock.isPresent()) {
        System.in.read();
        lock.get().close();
      }
    }
  }
}
