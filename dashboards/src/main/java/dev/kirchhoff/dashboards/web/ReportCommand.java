package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code report}: the page of one run as a file to keep and to send. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes the page of a run into one file that any browser opens without a server: plots, table, members of the front.",
    footerHeading = "%nExample:%n",
    footer = {"  ./kirchhoff report k3f9 --output front.html", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "2:no such run, or bad usage",
      "3:the run's log is damaged, or the file cannot be written"
    })
public final class ReportCommand implements Callable<Integer>, Subcommand {
  private static final int BAD_INPUT = 2;
  private static final int FAULT = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
  private String run;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default: the run's id with .html).")
  private Path output;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:KIRCHHOFF_DATA:-kirchhoff-data}",
      description = "Data directory (default: KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Override
  public Integer call() {
    PrintWriter talk = spec.commandLine().getErr();
    Runs runs = new Runs(Clock.systemUTC());
    List<String> found =
        FileFeed.runIds(data, runs).stream().filter(id -> id.endsWith(run)).toList();
    if (found.size() != 1) {
      talk.println(
          "kirchhoff: "
              + (found.isEmpty() ? "no run" : found.size() + " runs")
              + " of "
              + data
              + (found.isEmpty() ? " ends in '" : " end in '")
              + run
              + "'"
              + (found.isEmpty()
                  ? "; --data names another directory"
                  : ": " + String.join(", ", found)));
      return BAD_INPUT;
    }
    String id = found.get(0);
    Path file = output == null ? Path.of(id + ".html") : output;
    try {
      FileFeed.readOnce(data, id, runs);
      Optional<Runs.RejectedMessage> damage = runs.read(id, Runs.Entry::damage).flatMap(d -> d);
      if (damage.isPresent()) {
        Path line = data.resolve("runs").resolve(damage.get().where());
        talk.println("kirchhoff: " + line + ": " + damage.get().why());
        return FAULT;
      }
      Optional<String> page =
          new ReportPage().of(runs, id, ServiceLoader.load(Explainer.class).findFirst());
      if (page.isEmpty()) {
        talk.println("kirchhoff: the log of run " + id + " has no event");
        return BAD_INPUT;
      }
      byte[] bytes = page.get().getBytes(StandardCharsets.UTF_8);
      write(file, bytes);
      talk.println(String.format(Locale.ROOT, "report %s, %.1f MB", file, bytes.length / 1e6));
      return 0;
    } catch (IOException e) {
      talk.println("kirchhoff: " + file + " cannot be written: " + e.getMessage());
      return FAULT;
    }
  }

  /** Nothing half-written stays under the name. */
  private static void write(Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.write(temporary, bytes);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
