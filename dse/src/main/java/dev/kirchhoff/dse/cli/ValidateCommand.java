package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Gallery;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.report.SurveyReport;
import dev.kirchhoff.dse.report.ValidationReport;
import dev.kirchhoff.dse.run.ResultFile;
import dev.kirchhoff.dse.survey.Survey;
import dev.kirchhoff.dse.survey.SurveyPrediction;
import dev.kirchhoff.dse.survey.SurveyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: published values against ours. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Compares published values with ours: those that the specs of chips expect. Ends with 1 if one is off by more than its spec allows.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff validate",
      "  ./kirchhoff validate designs/isaac-isca-2016 ours.yaml --json",
      "  ./kirchhoff validate --survey"
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "DIR|SPEC",
      description = "Galleries, folders of chips or specs with expect; the project's designs/.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--survey",
      description =
          "Predict the macros of a published survey by one rule a family: errors with all factors"
              + " 1, with the family's factor and with the chip left out, beside the family's"
              + " median. Ends with 0: a survey measures, it allows nothing.")
  private boolean survey;

  @Option(
      names = "--specs",
      paramLabel = "DIR",
      description = "With --survey: write the generated specs to an empty or new folder.")
  private Optional<Path> specs = Optional.empty();

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    DesignSpec.Environment environment = SpecEnvironment.of(new FileSources());
    if (survey) {
      survey(console, environment);
      return 0;
    }
    if (specs.isPresent()) {
      throw new UsageException("--specs writes the specs of a survey; add --survey");
    }
    List<GalleryChip> chips = new ArrayList<>();
    List<SpecProblem> problems = new ArrayList<>();
    for (String file : files()) {
      try {
        GalleryChip chip = GalleryChip.read(file, environment);
        if (chip.comparisons().values().isEmpty()) {
          console.message("warning: " + file + " expects nothing");
        }
        chips.add(chip);
      } catch (SpecException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    ValidationReport report = ValidationReport.of(chips);
    if (json) {
      console.json(report);
    } else {
      console.result(ValidationText.of(report));
    }
    return report.allMet() ? 0 : 1;
  }

  private void survey(Console console, DesignSpec.Environment environment) throws SpecException {
    if (!paths.isEmpty()) {
      throw new UsageException("--survey has its own macros; leave out " + paths.get(0));
    }
    specs.ifPresent(ValidateCommand::requireEmpty);
    Survey predicted =
        Survey.of(
            SurveyTable.rows(),
            design -> {
              Path spec = home().resolve(design).resolve(Gallery.SPEC);
              return Files.exists(spec)
                  ? Optional.of(GalleryChip.read(spec.toString(), environment))
                  : Optional.empty();
            },
            environment);
    if (specs.isPresent()) {
      write(predicted, specs.get());
      console.message(predicted.predictions().size() + " specs are in " + specs.get());
    }
    SurveyReport report = SurveyReport.of(predicted);
    if (json) {
      console.json(report);
    } else {
      console.result(SurveyText.of(report));
    }
  }

  private static void write(Survey survey, Path folder) {
    try {
      Files.createDirectories(folder);
      for (SurveyPrediction prediction : survey.predictions()) {
        Files.writeString(folder.resolve(prediction.spec().name()), prediction.spec().text());
      }
    } catch (IOException e) {
      throw new UsageException(folder + " cannot be written: " + ResultFile.reason(e));
    }
  }

  /** Makes no folder yet: an interrupted survey leaves none. */
  private static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      Path above = folder.toAbsolutePath().normalize();
      while (above != null && !Files.exists(above)) {
        above = above.getParent();
      }
      if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
        throw new UsageException(folder + ": cannot be made; name a folder that may be written");
      }
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(folder + ": is a file; name a new folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new UsageException(folder + ": is not empty; name a new folder");
      }
    } catch (IOException e) {
      throw new UsageException(folder + " cannot be read: " + ResultFile.reason(e));
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(folder + ": may not be written; name another folder");
    }
  }

  private List<String> files() {
    List<String> files = new ArrayList<>();
    for (Path path : paths.isEmpty() ? List.of(designs()) : named()) {
      List<String> found = Gallery.specs(path);
      if (found.isEmpty()) {
        throw new UsageException(
            path + ": has no " + Gallery.SPEC + ", and no folder in it has one");
      }
      files.addAll(found);
    }
    return files;
  }

  private List<Path> named() {
    try {
      return paths.stream().map(Path::of).toList();
    } catch (InvalidPathException e) {
      throw new UsageException(e.getInput() + ": is no file name: " + e.getReason());
    }
  }

  /** The gallery beside the launcher. */
  private static Path designs() {
    Path designs = home();
    if (!Files.isDirectory(designs)) {
      throw new UsageException("there is no " + designs + "; name a gallery, a chip or a spec");
    }
    return designs;
  }

  private static Path home() {
    String home = System.getenv("KIRCHHOFF_HOME");
    return Path.of(home == null || home.isEmpty() ? "." : home, "designs");
  }
}
