package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.event.ReportJson;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.report.ChosenDesign;
import dev.kirchhoff.dse.report.MappingReport;
import dev.kirchhoff.dse.report.PlacedMapping;
import dev.kirchhoff.dse.run.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code map}: where every weight of one design is, and what travels between. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = {
      "Maps the networks of one design: layers on crossbars, tiles on the fabric, traffic, schedule.",
      "The placement is refined beyond that of the search; same seed and steps, same placement."
    },
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff map examples/resnet18-reram.yaml",
      "  ./kirchhoff map examples/resnet18-reram.yaml --network resnet50 --output mapping.json",
      "  ./kirchhoff map --design k3f9#148203 --json"
    })
final class MapCommand implements Callable<Integer> {
  /** A hundred times the most that are taken by themselves: minutes on a small chip. */
  private static final long MOST_STEPS = 100_000_000;

  @Mixin private DesignArguments arguments = new DesignArguments();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the complete mapping as JSON, each block of each copy.")
  private Path output;

  @Option(names = "--json", description = "Print that JSON instead of text.")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the placement (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Moves that the placement tries (else 4,000 a tile, 40,000 to 1,000,000, fewer on large chips: a few seconds); 0 takes the better start.")
  private Long steps;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    if (steps != null && (steps < 0 || steps > MOST_STEPS)) {
      throw new UsageException("--steps is " + steps + ", must be 0.." + MOST_STEPS);
    }
    Optional<Path> file = Optional.ofNullable(output);
    file.ifPresent(ResultFile::requireWritable);
    ChosenDesign chosen = arguments.choose();
    Design design = chosen.bind();
    if (design.jobs().isEmpty()) {
      throw new UsageException(
          "map needs a workload; name one in the spec, or with --network resnet18");
    }
    chosen.spec().warnings().forEach(w -> console.message("warning: " + w));
    MappingReport report;
    try (WorkLine line = WorkLine.begin(console, "moves of the placement", 0)) {
      report =
          MappingReport.of(
              PlacedMapping.of(
                  chosen.name(), design, seed, Optional.ofNullable(steps), line::reach));
    }
    if (json || file.isPresent()) {
      String written = ReportJson.text(report);
      if (file.isPresent()) {
        write(file.get(), written);
      }
      if (json) {
        console.document(written);
      }
    }
    if (!json) {
      console.result(MapText.of(report, file));
      file.ifPresent(f -> console.message("written: " + output));
    }
    return report.placement().isEmpty() ? 1 : 0;
  }

  private void write(Path file, String text) {
    try {
      ResultFile.write(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + ResultFile.reason(e), e);
    }
  }
}
