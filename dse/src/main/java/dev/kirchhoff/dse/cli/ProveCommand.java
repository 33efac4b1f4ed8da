package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.explore.ExploreResult;
import dev.kirchhoff.dse.explore.Replay;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.proof.Proof;
import dev.kirchhoff.dse.proof.Unprovable;
import dev.kirchhoff.dse.report.ProofReport;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.run.SteadyClock;
import dev.kirchhoff.dse.steer.SpecSteering;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code prove}: how far the front of a run may be from the true one. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description =
        "Bounds all designs of a run's space, and prints by how much any of them may be ahead of its"
            + " front; with designs that it found on the way. The run is not changed.",
    footer = {"", "Example:", "  ./kirchhoff prove k3f9 --gap 5 --time 60s"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the gap is within --gap",
      "1:it is not, or not all designs were bounded in time",
      "2:no such run, or a space without bounds: for what reason"
    })
final class ProveCommand implements Callable<Integer> {
  private static final int OPEN = 1;
  private static final int ROWS = 20;

  @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
  private String id;

  @Option(
      names = "--gap",
      paramLabel = "PERCENT",
      description = "Gap at which the proof is done (default: ${DEFAULT-VALUE}).")
  private double gap_percent = 5;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Time after which it ends (default: ${DEFAULT-VALUE}).")
  private String time = "60s";

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    double gap = GapArguments.share(gap_percent);
    Duration limit = RunArguments.duration("--time", time);
    RunDirectory run = data.existing().find(id);
    RunEvent.Run header = RunLogReader.headerOfGoodLog(run);
    if (SweepPlan.isSweep(header.engine())) {
      throw new UsageException("run " + run.id() + " is a sweep; prove takes a search");
    }
    if (!ModelVersion.isOurs(header.version())) {
      throw new UsageException(
          "run "
              + run.id()
              + " was made by model version "
              + header.version()
              + ", this is "
              + ModelVersion.text()
              + ": explore its spec again");
    }
    Replay replay = replay(run, header);
    DesignSpec spec = ((SpecSteering) replay.steering()).spec();
    ExploreResult result = replay.result(ExploreResult.End.UNFINISHED);
    SteadyClock clock = SteadyClock.start();
    long end_ms = clock.millis() + limit.toMillis();
    Proof proof;
    try {
      proof = GapArguments.prove(spec, result, gap, () -> clock.millis() >= end_ms, console);
    } catch (Unprovable unprovable) {
      throw GapArguments.refusal(unprovable);
    }
    ProofReport report = ProofReport.of(run.id().text(), spec, result.front().size(), proof);
    console.print(json, report, () -> text(report));
    return report.gap() != null && report.gap() <= gap * (1 + 1e-9) ? 0 : OPEN;
  }

  private static Replay replay(RunDirectory run, RunEvent.Run header) {
    Replay replay = new Replay(SpecSteering.begin(RunDesigns.spec(header), header.budget()));
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        replay.take(log.event(line.get()).event());
      }
    }
    return replay;
  }

  private Page text(ProofReport report) {
    Page out = new Page();
    out.line(
        "run {}: front of {} member{|s}; {} designs in {} blocks, {} of these bounded",
        report.run(),
        report.members(),
        Units.brief(report.designs().doubleValue()),
        Units.count(report.blocks()),
        report.bounded() == report.blocks() ? "all" : Units.count(report.bounded()));
    if (report.gap() == null) {
      out.line(
          report.bounded() < report.blocks()
              ? "Nothing is proved before all blocks are bounded: --time gives it longer."
              : "No feasible design is known, and none is excluded.");
      return out;
    }
    out.line(
        "No design can be ahead of {} by more than {%.2f} % in every objective at once.",
        report.found().isEmpty() ? "the front" : "the front and the designs below",
        100 * report.gap());
    out.line(
        "{} chips meet the limits on noise and may be ahead; {} designs were evaluated whole.",
        Units.count(report.possible()),
        Units.count(report.evaluated()));
    if (!report.found().isEmpty()) {
      out.line(
          "Found {} design{|s} that no member dominates{}:",
          report.found().size(),
          report.lead() == null
              ? ""
              : Sentence.of(", ahead of the front by up to {%.2f} %", 100 * report.lead()));
      out.append(table(report));
      out.line("Knobs: --json.");
    }
    return out;
  }

  private static TextTable table(ProofReport report) {
    Table<ProofReport.FoundDesign> table = new Table<>("  ");
    for (int m = 0; m < report.objectives().size(); m++) {
      int place = m;
      String name = report.objectives().get(m);
      table.column(name, found -> print(name, found.values().get(place)));
    }
    return table.of(report.found().stream().limit(ROWS).toList());
  }

  private static String print(String objective, double value) {
    return Metric.ofWord(objective)
        .map(metric -> metric.print(value))
        .orElse(Double.toString(value));
  }
}
