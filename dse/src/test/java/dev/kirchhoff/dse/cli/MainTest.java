package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  @Command(name = "failing")
  private record Failing(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  @Test
  void anErrorAndAnExceptionExitWith3AndASentence() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new StackOverflowError(),
            new ExceptionInInitializerError("x"),
            new IllegalStateException("a bug"))) {
      StringWriter err = new StringWriter();
      CommandLine line = Main.commandLine(new PrintWriter(err), new PrintWriter(err));
      line.addSubcommand(new Failing(failure));
      line.setErr(new PrintWriter(err, true));
      assertEquals(3, line.execute("failing"), failure.toString());
      assertTrue(err.toString().startsWith("kirchhoff: "), err.toString());
      assertTrue(err.toString().contains("KIRCHHOFF_TRACE=1"), err.toString());
      assertEquals(2, err.toString().lines().count(), err.toString());
    }
  }

  @Test
  void aWordThatIsNoCommandIsAnsweredWithTheNearest() {
    CommandRun.of("exlore", "x.yaml").refuses("'exlore' is no command; did you mean explore?");
    CommandRun.of("frobnicate").refuses("'frobnicate' is no command; there are ");
    CommandRun.of("--hlep").refuses("Unknown option: '--hlep'");
  }

  @Test
  void aProgressLineLosesWholeFields() {
    String line = "0:12  3 of 9  33 %  hypervolume 0.339";
    assertEquals(line, Console.wholeFields(line, 40));
    assertEquals("0:12  3 of 9  33 %", Console.wholeFields(line, 36));
    assertEquals("0:12", Console.wholeFields(line, 11));
    assertEquals("0:", Console.wholeFields(line, 2));
  }
}
