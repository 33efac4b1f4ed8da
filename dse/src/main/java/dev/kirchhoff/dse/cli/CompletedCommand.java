package dev.kirchhoff.dse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command as the completion of a shell sees it.
 *
 * @param path its words behind the program's name, {@code runs show}; empty for the program
 * @param description a short sentence
 * @param subcommands words of its commands
 * @param options its options
 * @param places its arguments by place; the last stands for all that follow if it repeats
 */
record CompletedCommand(
    String path,
    String description,
    List<String> subcommands,
    List<CompletedOption> options,
    List<CompletedValue> places) {

  /** Longest description, in characters (chosen: a line of a terminal with the option). */
  private static final int MOST_WORDS = 70;

  CompletedCommand {
    subcommands = List.copyOf(subcommands);
    options = List.copyOf(options);
    places = List.copyOf(places);
  }

  /** Source of the words that an argument may be. */
  enum Source {
    /** Words that are known. */
    WORDS,
    /** Files of certain endings, and folders. */
    FILES,
    /** Folders. */
    FOLDERS,
    /** Runs of the data directory. */
    RUNS,
    /** Runs of the data directory, each with the mark that a design's number follows. */
    DESIGNS,
    /** Nothing that can be listed. */
    FREE
  }

  /**
   * A value.
   *
   * @param label its label in the usage text
   * @param words words, or endings of files
   * @param repeats whether more of the kind may follow
   */
  record CompletedValue(String label, Source source, List<String> words, boolean repeats) {
    CompletedValue {
      words = List.copyOf(words);
    }

    private static CompletedValue of(ArgSpec argument) {
      String label = argument.paramLabel();
      boolean repeats = argument.isMultiValue();
      if (argument.completionCandidates() != null) {
        List<String> words =
            StreamSupport.stream(argument.completionCandidates().spliterator(), false).toList();
        return new CompletedValue(label, Source.WORDS, words, repeats);
      }
      return new CompletedValue(label, source(label), endings(label), repeats);
    }

    private static Source source(String label) {
      return switch (label) {
        case "SPEC", "FILE", "DIR|SPEC" -> Source.FILES;
        case "DIR" -> Source.FOLDERS;
        case "RUN", "A", "B" -> Source.RUNS;
        case "RUN#N" -> Source.DESIGNS;
        default -> Source.FREE;
      };
    }

    private static List<String> endings(String label) {
      return label.endsWith("SPEC") ? List.of("yaml", "json") : List.of();
    }
  }

  /**
   * An option.
   *
   * @param names its names, each with its dashes
   * @param description a short sentence
   * @param repeats whether it may be given several times
   * @param value its value; none for a flag
   */
  record CompletedOption(
      List<String> names, String description, boolean repeats, List<CompletedValue> value) {
    CompletedOption {
      names = List.copyOf(names);
      value = List.copyOf(value);
    }
  }

  /** The program and all of its commands. */
  static List<CompletedCommand> all(CommandSpec program) {
    List<CompletedCommand> commands = new ArrayList<>();
    add(program, "", commands);
    return commands;
  }

  private static void add(CommandSpec spec, String path, List<CompletedCommand> into) {
    Map<String, CommandLine> subcommands = new TreeMap<>(spec.subcommands());
    List<CompletedOption> options =
        spec.options().stream()
            .filter(option -> !option.hidden())
            .map(
                option ->
                    new CompletedOption(
                        List.of(option.names()),
                        brief(option.description()),
                        option.isMultiValue(),
                        option.arity().max() == 0 ? List.of() : List.of(CompletedValue.of(option))))
            .toList();
    List<CompletedValue> places =
        path.equals("help")
            ? List.of(new CompletedValue("COMMAND", Source.WORDS, commands(spec.parent()), false))
            : spec.positionalParameters().stream().map(CompletedValue::of).toList();
    into.add(
        new CompletedCommand(
            path,
            brief(spec.usageMessage().description()),
            List.copyOf(subcommands.keySet()),
            options,
            places));
    subcommands.forEach(
        (name, line) -> add(line.getCommandSpec(), (path + " " + name).strip(), into));
  }

  private static List<String> commands(CommandSpec program) {
    return List.copyOf(new TreeMap<>(program.subcommands()).keySet());
  }

  /** The first clause of a description, cut at a word. */
  private static String brief(String... lines) {
    String text =
        lines.length == 0 ? "" : lines[0].replaceAll("@\\|\\S+ |\\|@|%n|\\$\\{[^}]*\\}", "");
    String clause =
        text.split("[.;:](?: |$)", 2)[0].replace("%%", "%").replaceAll(" \\([^)]*$", "");
    if (clause.length() <= MOST_WORDS) {
      return clause;
    }
    return clause.substring(0, clause.lastIndexOf(' ', MOST_WORDS)) + " …";
  }
}
