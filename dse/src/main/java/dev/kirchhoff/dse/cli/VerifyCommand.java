package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.explore.Verification;
import dev.kirchhoff.dse.report.DrawnFront;
import dev.kirchhoff.dse.report.RankedFront;
import dev.kirchhoff.dse.report.VerificationReport;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.steer.SpecSteering;
import dev.kirchhoff.dse.table.RunTable;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: every figure of a run computed again and compared bit for bit. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Computes every design of a run again, and the front of every round, and compares them with"
            + " the log bit for bit.",
    footer = {"", "Example:", "  ./kirchhoff verify k3f9"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:equal",
      "1:a figure differs",
      "2:no such run, or one of another model version",
      "3:the log is damaged"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int DIFFERS = 1;

  @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
  private String id;

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    RunDirectory run = data.existing().find(id);
    RunEvent.Run header = RunLogReader.headerOfGoodLog(run);
    DesignSpec spec = RunDesigns.spec(header);
    SpecProblemSpace problem = RunProblem.of(header, spec);
    Verification.Result result;
    try (WorkLine progress = WorkLine.begin(console, "designs", RunTable.of(run).designs());
        Verification verification =
            new Verification(
                SpecSteering.begin(
                    spec, problem, header.budget(), !SweepPlan.isSweep(header.engine())),
                Runtime.getRuntime().availableProcessors(),
                () -> progress.add(1));
        RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        RunEvent event = log.event(line.get()).event();
        if (event instanceof RunEvent.Evaluations evaluations) {
          verification.evaluations(evaluations);
        } else if (event instanceof RunEvent.Front change) {
          verification.front(change);
        } else if (event instanceof RunEvent.Round round) {
          verification.round(round);
        } else if (event instanceof RunEvent.Ack ack) {
          verification.ack(ack);
        } else if (event instanceof RunEvent.Run state) {
          boolean isEnd = state.state().equals("finished") || state.state().equals("stopped");
          boolean isSearch = !SweepPlan.isSweep(header.engine());
          boolean mustHaveDraws = isEnd && isSearch && verification.hasFront();
          if (state.draws() != null || mustHaveDraws) {
            verification.draws(
                Optional.ofNullable(state.draws()),
                DrawnFront.of(front(verification), header.seed()).event());
          }
        }
      }
      result = verification.result();
    }
    VerificationReport report = VerificationReport.of(run.id().text(), header.version(), result);
    console.print(json, report, () -> text(report));
    return result.isEqual() ? 0 : DIFFERS;
  }

  private static RankedFront front(Verification verification) {
    return RankedFront.of(((SpecSteering) verification.steering()).spec(), verification.search());
  }

  private static Page text(VerificationReport report) {
    TextTable table = new TextTable("  ").head("", "in the log", "computed");
    report.differences().forEach(d -> table.row(d.subject(), d.logged(), d.computed()));
    long more = report.differing() - report.differences().size();
    Page out =
        new Page()
            .line(
                "run {}: {} designs, the fronts of {} rounds and the last of {} members, computed"
                    + " again by model version {}: {}.",
                report.run(),
                report.designs(),
                report.rounds(),
                report.front(),
                report.version(),
                report.equal()
                    ? "every bit is equal"
                    : Sentence.of("{} figure{ differs|s differ}", report.differing()));
    if (!report.equal()) {
      out.append(table);
    }
    return more > 0 ? out.line("  ({} more)", more) : out;
  }
}
