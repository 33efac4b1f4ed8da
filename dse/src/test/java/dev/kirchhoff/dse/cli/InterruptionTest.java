package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.dse.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Ctrl-C in a run whose results so far are worth having. */
class InterruptionTest {
  @Test
  void resultsAreReportedByOneOfTheTwo() {
    try (Interruption interruption = Interruption.watch(() -> {}, 130)) {
      assertTrue(interruption.claim());
      assertFalse(interruption.claim());
    }
  }

  @Test
  void aCommandThatSaysNothingItselfEndsWithASentence() {
    TopCommand program = new TopCommand(Terminal.none(), Terminal.none());
    assertEquals(
        "Interrupted: what is printed may be incomplete; no file is half-written.",
        program.interruption("export"));
    assertEquals("broker: stopped.", program.interruption("broker"));
    program.tellsInterruption();
    assertEquals("", program.interruption("explore"));
  }

  @Test
  void designsThatAreNotYetSimulatedHaveNoReport() {
    StringWriter err = new StringWriter();
    CommandLine program =
        Main.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(err, true));
    Console console = Console.of(program.getSubcommands().get("simulate").getCommandSpec());
    EstimateReport none = new EstimateReport("network", 20, 1, 1, 0, List.of());
    new SimulateCommand().interrupted(none, console);
    assertEquals(
        "Interrupted before the first design was simulated: there is no report.\n", err.toString());
  }

  @Test
  void anInterruptionAfterTheEndShowsNothing() throws InterruptedException {
    StringBuilder told = new StringBuilder();
    Interruption interruption = Interruption.watch(() -> told.append("again"), 130);
    interruption.claim();
    Thread hook = new Thread(interruption::interrupted);
    hook.start();
    interruption.close();
    hook.join(TimeUnit.SECONDS.toMillis(10));
    assertFalse(hook.isAlive());
    assertEquals("", told.toString());
  }
}
