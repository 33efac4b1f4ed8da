package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose reader ends before them, in processes of their own. */
class ClosedPipeTest {
  @TempDir private Path folder;

  /** First line that a command prints, and its exit code where {@code head} reads no more. */
  private List<String> head(String pipe, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("bash", "-c", "\"$0\" \"$@\" " + pipe + " | head -n 1; echo ${PIPESTATUS[0]}"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start()
        .waitFor();
    assertEquals("", Files.readString(err), "something was said");
    return Files.readAllLines(out);
  }

  @Test
  void moreThanAPipeHoldsEndsSilentlyAsBySigpipe() throws Exception {
    String spec = CommandRun.example("bench/resnet18-12db");
    assertEquals(List.of("{", "141"), head("", "evaluate", spec, "--json"));
  }

  @Test
  @Tag("slow")
  void aSearchEndsWhereNobodyReadsItsProgress() throws Exception {
    List<String> lines =
        head(
            "2>&1 >/dev/null",
            "explore",
            CommandRun.example("bench/resnet18-12db"),
            "--no-kafka",
            "--budget",
            "1000000",
            "--run-id",
            "unread",
            "--data",
            folder.resolve("data").toString());
    assertEquals(List.of("run unread", "141"), lines);
  }
}
