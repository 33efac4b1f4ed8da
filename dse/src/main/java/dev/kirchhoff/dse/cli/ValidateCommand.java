package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.SpecProblem;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Gallery;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.report.ValidationReport;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        "Compares published values with ours: those that the specs of chips expect. Ends with 1 if"
            + " one is off by more than its spec allows.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff validate",
      "  ./kirchhoff validate designs/isaac-isca-2016 ours.yaml --json"
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "DIR|SPEC",
      description = "Galleries, folders of chips or specs with expect; the project's designs/.")
  private List<String> paths = new ArrayList<>();

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException {
    Console console = Console.of(command);
    DesignSpec.Environment environment = SpecEnvironment.of(new FileSources());
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
    console.print(json, report, () -> ValidationText.of(report));
    return report.allMet() ? 0 : 1;
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
    String home = System.getenv("KIRCHHOFF_HOME");
    Path designs = Path.of(home == null || home.isEmpty() ? "." : home, "designs");
    if (!Files.isDirectory(designs)) {
      throw new UsageException("there is no " + designs + "; name a gallery, a chip or a spec");
    }
    return designs;
  }
}
