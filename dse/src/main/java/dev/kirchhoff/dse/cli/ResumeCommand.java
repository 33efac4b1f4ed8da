package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.engine.Engines;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.SweepPlan;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code resume}: goes on with a run that was interrupted or stopped. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description =
        "Goes on with a run that was interrupted or stopped, from its last whole round: the same"
            + " designs and the same front as if nothing had happened.",
    footer = {"", "Example:", "  ./kirchhoff resume k3f9 --dashboard"})
final class ResumeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
  private String id;

  @Option(
      names = "--from-last-good",
      description =
          "Go on with a run whose log is damaged, from the last round before the damage; what"
              + " follows it in the log is cut off.")
  private boolean fromLastGood;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File of the table that a sweep ends with; without it stdout.")
  private Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = WordLists.Formats.class,
      description = "csv, jsonl or parquet (default: by the ending of the file, else csv).")
  private String format;

  @Mixin private RunArguments run = new RunArguments();
  @Mixin private ChunkArguments chunks = new ChunkArguments();

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    run.simulation.check();
    run.stream.check();
    chunks.check(run.stream);
    Console console = Console.of(command);
    DataDirectory data = run.stream.data.existing();
    RunDirectory directory = data.find(id);
    Resumption resumption = Resumption.of(directory, fromLastGood);
    resumption
        .damage()
        .ifPresent(
            damage ->
                console.message(
                    damage
                        + "\nThe log is cut off behind its last good round, after "
                        + Units.count(resumption.evaluated())
                        + " designs."));
    if (resumption.state().equals("finished")) {
      throw new DataProblemException(
          "run "
              + resumption.run().id()
              + " is finished, by its budget or its --time: nothing is left to do; a new run begins"
              + " at its front with ./kirchhoff explore --from "
              + resumption.run().id());
    }
    RunEvent.Run header = resumption.header();
    DesignSpec spec = RunDesigns.spec(header);
    boolean isSweep = SweepPlan.isSweep(header.engine());
    Distribution distribution = distribution(header, spec);
    SpecProblemSpace problem = RunProblem.of(header, spec);
    ExploreSettings settings =
        new ExploreSettings(
            isSweep
                ? SweepPlan.of(header, problem.space()).engine()
                : Engines.named(header.engine()),
            header.seed(),
            header.budget(),
            header.islands(),
            DistributeArguments.threads(header.islands()),
            run.limit(),
            Optional.ofNullable(header.warmStart()));
    FileSources sources = new FileSources();
    Optional<TableArguments.Target> table =
        isSweep
            ? Optional.of(TableArguments.Target.of(format, output, command.commandLine().getOut()))
            : Optional.empty();
    SimulationPlan plan =
        isSweep
            ? SimulationPlan.none("")
            : SimulationPlan.of(spec, sources, run.simulation, settings.seed(), settings.threads());
    DistributeArguments.requireWork(distribution, plan);
    ExploreRun.Inputs inputs =
        new ExploreRun.Inputs(
            spec,
            problem,
            settings,
            header.engine(),
            sources,
            spec.fileStem(),
            ExploreRun.starts(spec),
            table,
            distribution);
    ExploreRun resumed = new ExploreRun(inputs, run.stream, plan, console);
    return resumed.resume(data, resumption, run.all, run.json);
  }

  private Distribution distribution(RunEvent.Run header, DesignSpec spec) {
    if (!chunks.distribution.isOn) {
      return new Distribution.None();
    }
    if (SweepPlan.isAround(header.engine())) {
      throw new UsageException(
          "--distribute: this run is a sweep around a design, which has too few for it; leave it"
              + " out");
    }
    if (SweepPlan.isLimitSample(header.engine())) {
      throw new UsageException(
          "--distribute: half of this run's sample depends on the figures of the other half; leave"
              + " it out");
    }
    return SweepPlan.isSweep(header.engine())
        ? new Distribution.OfChunks(chunks.size(spec, header.budget()))
        : new Distribution.OfMembers();
  }
}
