package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.terminal.Terminal;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kirchhoff} without a command. */
@Command(
    name = "kirchhoff",
    mixinStandardHelpOptions = true,
    versionProvider = TopCommand.Version.class,
    description =
        "Explores designs of compute-in-memory chips built on resistive switching materials.",
    subcommands = CommandLine.HelpCommand.class,
    footer = {
      "",
      "First steps:",
      "  ./kirchhoff evaluate examples/isaac.yaml",
      "  ./kirchhoff explore examples/quickstart.yaml --time 30s --dashboard"
    })
final class TopCommand implements Runnable {
  /** Commands that an interruption ends in order. */
  private static final Set<String> UNTIL_INTERRUPTED = Set.of("broker", "worker", "dashboard");

  @Spec private CommandSpec spec;

  private final Terminal stdout;
  private final Terminal stderr;
  private volatile boolean tellsInterruption;

  TopCommand(Terminal stdout, Terminal stderr) {
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Destination of results. */
  Terminal stdout() {
    return stdout;
  }

  /** Destination of progress and diagnostics. */
  Terminal stderr() {
    return stderr;
  }

  /** Notes that the command itself says what an interruption leaves. */
  void tellsInterruption() {
    tellsInterruption = true;
  }

  /**
   * Sentence of an interruption; empty where the command says more itself.
   *
   * @param command its name
   */
  String interruption(String command) {
    if (tellsInterruption) {
      return "";
    }
    return UNTIL_INTERRUPTED.contains(command)
        ? command + ": stopped."
        : "Interrupted: what is printed may be incomplete; no file is half-written.";
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Prints the model version. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"kirchhoff " + ModelVersion.text()};
    }
  }
}
