package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Sentence;
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
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.steer.SpecSteering;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--all", description = "Print every design of the front.")
  private boolean all;

  @Option(names = "--json", description = "Print the front as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    RunDirectory run = data.existing().find(id);
    RunEvent.Run header = RunLogReader.headerOfGoodLog(run);
    if (SweepPlan.isSweep(header.engine())) {
      return logged(LoggedFront.of(run), console);
    }
    return ModelVersion.isOurs(header.version())
        ? ofOurVersion(run, header, console)
        : ofOtherVersion(run, console);
  }

  private int ofOurVersion(RunDirectory run, RunEvent.Run header, Console console) {
    Replay replay = new Replay(SpecSteering.begin(RunDesigns.spec(header), header.budget()));
    Map<Long, RunEvent.Accuracy> simulated = new TreeMap<>();
    RunEvent.Run last = header;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        RunEvent event = log.event(line.get()).event();
        replay.take(event);
        if (event instanceof RunEvent.Run state) {
          last = state;
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
    DrawnFront drawn =
        last.draws() == null || front.isEmpty()
            ? DrawnFront.of(front, header.seed())
            : DrawnFront.logged(result, header.seed(), last.draws());
    FrontReport report =
        FrontReport.of(
            front,
            drawn,
            new SimulatedFront(simulated, Map.of()),
            Optional.ofNullable(last.proved()));
    console.print(json, report, () -> FrontText.of(report, all));
    if (!front.isEmpty()) {
      return 0;
    }
    if (isOver) {
      console.message(FrontText.next(report, id, data.words(), last.state().equals("finished")));
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
    console.print(json, front, () -> text(front));
    return front.front().isEmpty() ? NOTHING_FEASIBLE : 0;
  }

  private Page text(LoggedFront front) {
    int members = front.front().size();
    int shown = all ? members : Math.min(ROWS, members);
    Table<LoggedFront.LoggedMember> table =
        new Table<LoggedFront.LoggedMember>("  ").column("design", member -> "#" + member.index());
    for (int m = 0; m < front.objectives().size(); m++) {
      int place = m;
      RunEvent.Axis axis = front.objectives().get(m);
      table.column(
          axis.name(),
          member ->
              axis.metric()
                  .map(metric -> metric.print(member.values().get(place)))
                  .orElse(Double.toString(member.values().get(place))));
    }
    Page out = new Page().append(table.of(front.front().subList(0, shown)));
    if (shown < members) {
      out.line("  ({} more: --all)", members - shown);
    }
    return out.line(
        "{} on the front; {}; {}{}. Knobs: --json.",
        members,
        front
            .swept()
            .map(
                swept ->
                    Sentence.of(
                        "{} rows, {} feasible; designs are numbered in a sample of {}",
                        swept.rows(),
                        swept.feasible(),
                        front.evaluated()))
            .orElse(Sentence.of("{} evaluated", front.evaluated())),
        front.state(),
        front.reason().isEmpty() ? "" : ": " + front.reason());
  }
}
