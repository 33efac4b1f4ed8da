package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.report.RunDescription;
import dev.kirchhoff.dse.report.RunListing;
import dev.kirchhoff.dse.report.RunSummary;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunNotes;
import dev.kirchhoff.dse.run.RunRemoval;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runs}: the runs of a data directory, with notes and tags. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description =
        "Lists the runs of a data directory: state, designs, front, start, size. A damaged run is"
            + " listed with the line of its log that is.",
    subcommands = {
      RunsCommand.ShowRun.class,
      RunsCommand.NoteRun.class,
      RunsCommand.TagRun.class,
      RunsCommand.ArchiveRun.class,
      RunsCommand.DeleteRun.class
    },
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff runs",
      "  ./kirchhoff runs show k3f9",
      "  ./kirchhoff runs note k3f9 'tighter area, for the review'",
      "  ./kirchhoff runs tag k3f9 tapeout",
      "  ./kirchhoff runs archive k3f9",
      "  ./kirchhoff runs delete k3f9"
    })
final class RunsCommand implements Callable<Integer> {
  @Mixin private Place place;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    DataDirectory data = place.data();
    RunListing listing = new RunListing(data.root().toString(), RunSummary.all(data));
    place.console().print(json, listing, () -> RunsText.list(listing));
    return 0;
  }

  /** Data directory and output of each of these commands. */
  static final class Place {
    @Mixin private DataOption folder = new DataOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    DataDirectory data() {
      return folder.existing();
    }

    Console console() {
      return Console.of(command);
    }
  }

  /** {@code runs show}: what a run explores, and how it ended. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Shows what a run explores: objectives, limits, knobs, settings, state and how it ended."
              + " Its front: ./kirchhoff show RUN",
      footer = {"", "Example:", "  ./kirchhoff runs show k3f9"})
  static final class ShowRun implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
    private String id;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
      DataDirectory data = place.data();
      RunDescription run = RunDescription.of(data, data.find(id));
      place.console().print(json, run, () -> RunsText.description(run));
      return 0;
    }
  }

  /** {@code runs note}: the note of a run. */
  @Command(
      name = "note",
      mixinStandardHelpOptions = true,
      description = "Replaces the note of a run; an empty text removes it.",
      footer = {"", "Example:", "  ./kirchhoff runs note k3f9 'tighter area, for the review'"})
  static final class NoteRun implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(
        index = "0",
        paramLabel = "RUN",
        description = "The run's id, or any unique ending of it.")
    private String id;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "TEXT",
        description = "The note; several words are joined by spaces.")
    private List<String> words;

    @Override
    public Integer call() {
      RunDirectory run = place.data().find(id);
      String note = String.join(" ", words);
      RunNotes notes = RunNotes.change(run, old -> old.withNote(note));
      place.console().message("run " + run.id() + RunsText.notes(notes));
      return 0;
    }
  }

  /** {@code runs tag}: the tags of a run. */
  @Command(
      name = "tag",
      mixinStandardHelpOptions = true,
      description = "Adds tags to a run, or removes them.",
      footer = {
        "",
        "Examples:",
        "  ./kirchhoff runs tag k3f9 tapeout 28nm",
        "  ./kirchhoff runs tag k3f9 --remove 28nm"
      })
  static final class TagRun implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(
        index = "0",
        paramLabel = "RUN",
        description = "The run's id, or any unique ending of it.")
    private String id;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "Tags.")
    private List<String> tags;

    @Option(names = "--remove", description = "Remove these tags.")
    private boolean remove;

    @Override
    public Integer call() {
      RunDirectory run = place.data().find(id);
      RunNotes changed = RunNotes.change(run, old -> remove ? old.without(tags) : old.with(tags));
      place.console().message("run " + run.id() + RunsText.notes(changed));
      return 0;
    }
  }

  /** {@code runs archive}: the flag of a run that the page leaves out at first. */
  @Command(
      name = "archive",
      mixinStandardHelpOptions = true,
      description = "Marks a run as archived: the page leaves it out at first. Nothing is moved.",
      footer = {
        "",
        "Examples:",
        "  ./kirchhoff runs archive k3f9",
        "  ./kirchhoff runs archive k3f9 --undo"
      })
  static final class ArchiveRun implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
    private String id;

    @Option(names = "--undo", description = "Take the mark away.")
    private boolean undo;

    @Override
    public Integer call() {
      RunDirectory run = place.data().find(id);
      RunNotes notes = RunNotes.change(run, old -> old.archived(!undo));
      place.console().message("run " + run.id() + RunsText.notes(notes));
      return 0;
    }
  }

  /** {@code runs delete}: the end of a run's files. */
  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description =
          "Deletes the files of a run, whole or not at all; one that is being written is refused."
              + " Events that Kafka has stay there as long as their topics keep them.",
      footer = {"", "Example:", "  ./kirchhoff runs delete k3f9"})
  static final class DeleteRun implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(paramLabel = "RUN", description = "The run's id, or any unique ending of it.")
    private String id;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
      DataDirectory data = place.data();
      RunDirectory run = data.find(id);
      if (!yes && !isConfirmed(RunSummary.of(data, run))) {
        place.console().message("nothing was deleted");
        return 0;
      }
      RunRemoval.remove(data, run);
      place.console().message("run " + run.id() + " is deleted");
      return 0;
    }

    private static boolean isConfirmed(RunSummary run) {
      if (System.console() == null) {
        throw new UsageException(
            "there is no terminal to ask on; --yes deletes run " + run.run() + " without asking");
      }
      String answer =
          System.console()
              .readLine(
                  "%s", "Delete run " + run.run() + " (" + RunsText.content(run) + ")? [y/N] ");
      return answer != null && answer.strip().matches("(?i)y(es)?");
    }
  }
}
