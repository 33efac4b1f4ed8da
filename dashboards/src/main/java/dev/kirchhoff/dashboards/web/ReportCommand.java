package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.NamedPlaces;
import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
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
      "2:no such run, a place that takes no file, or bad usage",
      "3:the run's log is damaged, or the disk is full"
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
  private String output;

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
    NamedPlaces places = ServiceLoader.load(NamedPlaces.class).findFirst().orElseThrow();
    try {
      String id = places.run(data.toString(), run);
      String file = output == null ? id + ".html" : output;
      places.requireWritable(file);
      return write(id, file, runs, places, talk);
    } catch (IllegalArgumentException e) {
      talk.println("kirchhoff: " + e.getMessage());
      return BAD_INPUT;
    }
  }

  private int write(String id, String file, Runs runs, NamedPlaces places, PrintWriter talk) {
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
      places.write(file, page.get());
      int bytes = page.get().getBytes(StandardCharsets.UTF_8).length;
      talk.println(String.format(Locale.ROOT, "report %s, %.1f MB", file, bytes / 1e6));
      return 0;
    } catch (IOException e) {
      talk.println("kirchhoff: " + file + " cannot be written: " + e.getMessage());
      return FAULT;
    }
  }
}
