package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import dev.kirchhoff.dse.steer.CommandFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A run in a process of its own that is given commands and then killed. */
final class KilledRun {
  static final String ID = "victim";

  private KilledRun() {}

  /** A command with an identifier. */
  static RunEvent.Command command(
      int id, String kind, String constraint, Map<String, String> knobs, Long budget) {
    return new RunEvent.Command("c-" + id, kind, constraint, knobs, null, budget);
  }

  /** Starts a command, gives it commands as its log grows, and kills it. */
  static void kill(
      Path folder,
      List<String> arguments,
      List<RunEvent.Command> commands,
      long end,
      SplittableRandom random)
      throws Exception {
    List<String> all = new ArrayList<>(arguments);
    String data = folder.resolve("data").toString();
    all.addAll(List.of("--no-kafka", "--data", data, "--run-id", ID));
    Path log = folder.resolve("data/runs/" + ID + "/log.jsonl");
    CommandFiles files = new CommandFiles(log.resolveSibling("commands"));
    try (ProgramProcess process = ProgramProcess.start(folder, ProgramProcess.SHORT, all)) {
      for (int c = 0; c < commands.size(); c++) {
        long from = end * (c + 1) / (commands.size() + 1);
        boolean paused = c > 0 && commands.get(c - 1).kind().equals("pause");
        process.await(() -> Files.exists(log) && (paused || Files.size(log) >= from));
        files.write(commands.get(c));
      }
      process.await(() -> Files.exists(log) && Files.size(log) >= end);
      Thread.sleep(random.nextInt(100));
      process.kill();
    }
  }

  /** The run of a folder. */
  static RunDirectory of(Path folder) throws Exception {
    return DataDirectory.open(folder.resolve("data")).run(new RunId(ID));
  }
}
