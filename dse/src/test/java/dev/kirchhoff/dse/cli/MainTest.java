package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  void theCommandThatIsNamedIsMadeAloneAndIsTheSameAsAmongAll() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Map<String, CommandLine> all = Main.commandLine(nowhere, nowhere).getSubcommands();
    assertTrue(all.size() > 20, all.keySet().toString());
    all.forEach(
        (name, among) -> {
          Map<String, CommandLine> made =
              Main.commandLine(
                      nowhere, nowhere, Terminal.none(), Terminal.none(), Optional.of(name))
                  .getSubcommands();
          boolean isOfAll = Set.of("help", "completion").contains(name);
          assertEquals(isOfAll ? all.keySet() : Set.of("help", name), made.keySet());
          assertEquals(among.getUsageMessage(), made.get(name).getUsageMessage());
          assertEquals(name, made.get(name).getCommandName());
        });
    assertEquals(
        all.keySet(),
        Main.commandLine(nowhere, nowhere, Terminal.none(), Terminal.none(), Optional.of("exlore"))
            .getSubcommands()
            .keySet());
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
