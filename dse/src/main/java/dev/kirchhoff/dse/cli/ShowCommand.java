package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.Replay;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.report.DrawnFront;
import dev.kirchhoff.dse.report.FrontReport;
import dev.kirchhoff.dse.report.LoggedFront;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.report.SimulatedFront;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.steer.SpecSteering;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}: the front of a run that ended, goes on or was interrupted. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Prints the front of a run as explore prints it: of a run that ended, or after the last"
            + " whole round of one that goes on. A run of another model version is shown from its"
            + " log alone.",
    footer = {"", "Example:", "  ./kirchhoff show k3f9"})
final class ShowCommand implements Callable<Integer> {
  private static final int ROWS = 20;
  private static final int NOTHING_FEASIBLE = 1;

  @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
  private String id;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (else KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Option(names = "--all", description = "Print every design of the front.")
  private boolean all;

  @Option(names = "--json", description = "Print the front as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    RunDirectory run = DataDirectory.existing(DataOption.resolve(data)).find(id);
    RunEvent.Run header = RunLogReader.headerOfGoodLog(run);
    if (SweepPlan.isSweep(header.engine())) {
      return logged(LoggedFront.of(run), console);
    }
    return ModelVersion.isOurs(header.version())
        ? replayed(run, header, console)
        : ofOtherVersion(run, console);
  }

  private int replayed(RunDirectory run, RunEvent.Run header, Console console) {
    Replay replay = new Replay(SpecSteering.begin(RunDesigns.spec(header), header.budget()));
    Map<Long, RunEvent.Accuracy> simulated = new TreeMap<>();
    RunEvent.Run last = header;
    // Violations are logged in units and ranked in shares, so infeasible designs are computed
    // again.
    try (WorkLine progress = WorkLine.begin(console, "designs replayed", 0);
        RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        RunEvent event = log.event(line.get()).event();
        if (event instanceof RunEvent.Run state) {
          last = state;
        } else if (event instanceof RunEvent.Evaluations evaluations) {
          replay.evaluations(evaluations);
        } else if (event instanceof RunEvent.Round round) {
          replay.round(round);
          progress.reach(round.evaluated(), 0);
        } else if (event instanceof RunEvent.Ack ack) {
          replay.ack(ack);
        } else if (event instanceof RunEvent.DesignDetails details && details.accuracy() != null) {
          simulated.put(details.index(), details.accuracy());
        }
      }
    }
    boolean isOver = last.state().equals("finished") || last.state().equals("stopped");
    ExploreResult result =
        replay.result(isOver ? ExploreResult.End.of(last.reason()) : ExploreResult.End.UNFINISHED);
    simulated
        .keySet()
        .retainAll(result.front().stream().map(ExploreResult.FrontMember::index).toList());
    DesignSpec spec = ((SpecSteering) replay.steering()).spec();
    RankedFront front = RankedFront.of(spec, result);
    DrawnFront drawn = DrawnFront.of(front, header.seed());
    SimulatedFront accuracy = new SimulatedFront(simulated, Map.of());
    FrontReport report = FrontReport.of(front, drawn, accuracy);
    if (json) {
      console.json(report);
    } else {
      console.result(FrontText.of(report, front, drawn, accuracy, all));
    }
    if (!front.isEmpty()) {
      return 0;
    }
    if (isOver) {
      console.message(
          FrontText.next(front, id, DataOption.words(data), last.state().equals("finished")));
    }
    return NOTHING_FEASIBLE;
  }

  private int ofOtherVersion(RunDirectory run, Console console) {
    LoggedFront front = LoggedFront.of(run);
    console.message(
        "run "
            + run.id()
            + " was made by model version "
            + front.version()
            + ", this is "
            + ModelVersion.text()
            + ": its figures are shown as logged, none is computed");
    return logged(front, console);
  }

  private int logged(LoggedFront front, Console console) {
    if (json) {
      console.json(front);
    } else {
      console.result(text(front));
    }
    return front.front().isEmpty() ? NOTHING_FEASIBLE : 0;
  }

  private Page text(LoggedFront front) {
    TextTable table = new TextTable("  ");
    List<String> head = new ArrayList<>(List.of("design"));
    front.objectives().forEach(axis -> head.add(axis.name()));
    table.head(head.toArray(String[]::new));
    int shown = all ? front.front().size() : Math.min(ROWS, front.front().size());
    for (LoggedFront.LoggedMember member : front.front().subList(0, shown)) {
      List<String> cells = new ArrayList<>(List.of("#" + member.index()));
      for (int m = 0; m < member.values().size(); m++) {
        double value = member.values().get(m);
        cells.add(
            front
                .objectives()
                .get(m)
                .metric()
                .map(metric -> metric.print(value))
                .orElse(Double.toString(value)));
      }
      table.row(cells.toArray(String[]::new));
    }
    String more = shown < front.front().size() ? front.front().size() - shown + " more: --all" : "";
    return new Page()
        .append(table)
        .append(more.isEmpty() ? "" : "  (" + more + ")\n")
        .append(Units.count(front.front().size()) + " on the front; ")
        .append(
            front
                .swept()
                .map(
                    all ->
                        Units.count(all.rows())
                            + " rows, "
                            + Units.count(all.feasible())
                            + " feasible; designs are numbered in a sample of "
                            + Units.count(front.evaluated()))
                .orElse(Units.count(front.evaluated()) + " evaluated"))
        .append("; ")
        .append(front.state() + (front.reason().isEmpty() ? "" : ": " + front.reason()))
        .append(". Knobs: --json.\n");
  }
}
