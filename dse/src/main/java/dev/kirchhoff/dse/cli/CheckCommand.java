package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.Sentence;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.dse.report.ProblemsReport;
import dev.kirchhoff.dse.report.SpaceReport;
import dev.kirchhoff.dse.report.SpecWords;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.dse.terminal.YamlText;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: all problems of a spec, or what it says in words. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Reads a spec and reports all of its problems; a good one is told in words: chip, space,"
            + " start, limits.",
    footer = {"", "Example:", "  ./kirchhoff check examples/resnet18-reram.yaml"})
final class CheckCommand implements Callable<Integer> {
  private static final int BAD_SPEC = 2;

  @Mixin private SpecArguments arguments = new SpecArguments();

  @Mixin private MeasureArguments measured = new MeasureArguments();

  @Option(names = "--resolved", description = "Print the whole spec with the origin of each value.")
  private boolean resolved;

  @Option(
      names = "--json",
      description =
          "Print as JSON: the knobs with path, values, start and condition; of a bad spec its"
              + " problems.")
  private boolean json;

  @Option(names = "--watch", description = "Check again whenever the spec is saved.")
  private boolean watch;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws SpecException, IOException, InterruptedException {
    Console console = Console.of(command);
    if (!watch) {
      return json ? checkAsJson(console) : checkInWords(console);
    }
    Path path = Path.of(arguments.requireFile());
    FileTime last = null;
    while (true) {
      FileTime now = Files.exists(path) ? Files.getLastModifiedTime(path) : null;
      if (last == null || !last.equals(now)) {
        last = now == null ? FileTime.fromMillis(0) : now;
        try {
          check(console);
        } catch (SpecException e) {
          console.message(ProblemText.of(e.problems()));
        }
      }
      Thread.sleep(500);
    }
  }

  private int checkInWords(Console console) throws SpecException {
    check(console);
    return 0;
  }

  /** Problems are the result of a check, so that programs get them as JSON as well. */
  private int checkAsJson(Console console) {
    try {
      check(console);
      return 0;
    } catch (SpecException e) {
      console.json(ProblemsReport.of(e.problems()));
      return BAD_SPEC;
    }
  }

  private void check(Console console) throws SpecException {
    arguments.measured = measured;
    DesignSpec spec = arguments.loadWithExpect();
    Comparisons.of(
        spec,
        () -> new Evaluator().evaluated(spec.newBinder().bind(spec.tree().start())),
        SpecEnvironment.of(arguments.sources()));
    spec.warnings().forEach(w -> console.message("warning: " + w));
    if (resolved && json) {
      console.json(SpecText.json(spec));
    } else if (resolved) {
      console.result(new YamlText(SpecText.yaml(spec)));
    } else if (json) {
      console.json(SpaceReport.of(spec));
    } else {
      console.result(inWords(spec));
    }
  }

  private static Page inWords(DesignSpec spec) {
    TextTable table = new TextTable("  ", 2).keep(1);
    SpecWords.of(spec).forEach(line -> table.row(line.label(), line.text()));
    table.row(
        "defaults",
        Sentence.of(
            "{} values are not written here; see them with: ./kirchhoff check --resolved {}",
            SpecText.defaults(spec),
            spec.file()));
    return new Page().line("{} is {}", spec.file(), Style.GOOD.of("good")).append(table);
  }
}
