package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerCompanion;
import dev.kirchhoff.dse.stream.BrokerRehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The usual commands one after another in one JVM, over a shipped spec and a data directory of
 * their own. The launcher runs it once, to archive the classes that these commands load; nothing is
 * printed. Arguments: a spec, and an empty folder.
 */
public final class Rehearsal {
  private static final String RUN = "rehearsal";

  private Rehearsal() {}

  /**
   * Runs the commands and ends the process: 0 if all of them did what they should, 1 otherwise.
   *
   * @param arguments the spec, and an empty folder for the data
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Path folder = Path.of(arguments[1]).toRealPath();
    DataDirectory data = DataDirectory.open(data(folder));
    boolean isComplete = true;
    BrokerCompanion broker = BrokerCompanion.start(data, said -> {});
    try {
      // A short run may end before its broker answers, and before it has looked for commands.
      isComplete &= BrokerRehearsal.isAnswered(data.broker());
      for (List<String> command : commands(arguments[0], folder)) {
        isComplete &=
            Main.commandLine(nowhere, nowhere).execute(command.toArray(String[]::new)) == 0;
      }
    } finally {
      broker.close();
    }
    System.exit(isComplete ? 0 : 1);
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  /** Each kind of command that reads or writes something of its own. */
  static List<List<String>> commands(String spec, Path folder) {
    String data = data(folder).toString();
    List<List<String>> commands = new ArrayList<>();
    commands.add(List.of("--help"));
    commands.add(List.of("check", spec));
    commands.add(List.of("evaluate", spec, "--layers"));
    commands.add(List.of("evaluate", spec, "--json"));
    commands.add(List.of("explain", spec, "energy"));
    commands.add(List.of("map", spec, "--steps", "100"));
    commands.add(
        List.of(
            "explore", spec, "--budget", "200", "--run-id", RUN, "--data", data, "--seed", "1"));
    commands.add(List.of("show", RUN, "--data", data));
    commands.add(List.of("runs", "--data", data));
    for (String ending : List.of("csv", "jsonl", "parquet")) {
      String table = folder.resolve("table." + ending).toString();
      commands.add(List.of("export", RUN, "--data", data, "--output", table));
    }
    // These two are brought by the module of the page.
    commands.add(
        List.of("report", RUN, "--data", data, "--output", folder.resolve("page.html").toString()));
    commands.add(List.of("dashboard", "--companion", "--port", "0", "--data", data));
    return commands;
  }
}
