package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.FatalError;
import dev.kirchhoff.dse.study.StudyException;
import dev.kirchhoff.dse.terminal.ClosedPipeException;
import dev.kirchhoff.dse.terminal.FoldedLines;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.PipeStream;
import dev.kirchhoff.dse.terminal.Style;
import dev.kirchhoff.dse.terminal.Terminal;
import dev.kirchhoff.peripherals.sheet.UndefinedFigureException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Entry point of the program. Only here the process ends: 0 good, 1 nothing feasible, 2 bad input
 * or usage, 3 our fault or the machine's, 130 interrupted.
 */
public final class Main {
  private static final int BAD_INPUT = 2;
  private static final int OUR_FAULT = FatalError.EXIT_CODE;

  /** Columns of a usage text: the fewest that picocli takes, and the most that are read well. */
  private static final int LEAST_USAGE = 55;

  private static final int MOST_USAGE = 100;

  /** The command that tells shells of all. */
  private static final String OF_ALL = "completion";

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(PipeStream.stdout(), false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(PipeStream.stderr(), true, StandardCharsets.UTF_8);
    FatalError.endsTheProcess(System.err);
    Terminal stderr = Terminal.of(Terminal.Stream.STDERR);
    Optional<String> named = Stream.of(arguments).findFirst();
    CommandLine line = commandLine(out, err, Terminal.of(Terminal.Stream.STDOUT), stderr, named);
    TopCommand program = line.getCommand();
    Thread interruption =
        new Thread(
            () -> interrupted(program.interruption(named.orElse("")), FoldedLines.of(err, stderr)),
            "interruption");
    if (stderr.isInteractive()) {
      Runtime.getRuntime().addShutdownHook(interruption);
    }
    int code = code(line, out, err, arguments);
    try {
      Runtime.getRuntime().removeShutdownHook(interruption);
    } catch (IllegalStateException e) {
      // The process ends already, with the code of the interruption.
    }
    System.exit(code);
  }

  /**
   * The terminal shows ^C in the line of progress, or of nothing; what is said begins a new one, as
   * does the shell.
   */
  private static void interrupted(String sentence, PrintWriter err) {
    err.println();
    if (!sentence.isEmpty()) {
      err.println(sentence);
    }
  }

  private static int code(CommandLine line, PrintWriter out, PrintWriter err, String... arguments) {
    try {
      int code = line.execute(arguments);
      if (code != ClosedPipeException.EXIT_CODE && out.checkError() && code < BAD_INPUT) {
        err.println("kirchhoff: the result cannot be written: standard output is closed or full");
        code = OUR_FAULT;
      }
      return code;
    } catch (ClosedPipeException e) {
      return ClosedPipeException.EXIT_CODE;
    }
  }

  /** The command line in no terminal, with the commands that other modules bring. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(out, err, Terminal.none(), Terminal.none());
  }

  /**
   * The command line, with the commands that other modules bring.
   *
   * @param stdout destination of what is written to out
   * @param stderr destination of what is written to err
   */
  static CommandLine commandLine(
      PrintWriter out, PrintWriter err, Terminal stdout, Terminal stderr) {
    return commandLine(out, err, stdout, stderr, Optional.empty());
  }

  /**
   * The command line of one command, which spares the start of the program the options of all
   * others; all commands where none of ours has the name.
   */
  static CommandLine commandLine(
      PrintWriter out, PrintWriter err, Terminal stdout, Terminal stderr, Optional<String> named) {
    CommandLine line = new CommandLine(new TopCommand(stdout, stderr));
    Map<String, Supplier<Object>> own = own();
    Optional<String> only = named.filter(own::containsKey).filter(name -> !name.equals(OF_ALL));
    own.keySet().removeIf(name -> only.isPresent() && !name.equals(only.get()));
    own.values().forEach(command -> line.addSubcommand(command.get()));
    List<CommandLine> others = only.isPresent() ? List.of() : others();
    others.forEach(other -> line.addSubcommand(other.getCommandName(), other));
    line.setOut(out);
    line.setErr(err);
    others.forEach(other -> other.setErr(FoldedLines.of(err, stderr)));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setUsageHelpWidth(Math.max(LEAST_USAGE, Math.min(MOST_USAGE, stdout.columns())));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            stdout.hasColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    // One object each: two alike of picocli's old interface end Java 17 where it archives classes.
    CommandLine.ITypeConverter<Long> whole = Main::whole;
    CommandLine.ITypeConverter<Integer> narrow = text -> narrow(whole(text));
    line.registerConverter(Long.class, whole);
    line.registerConverter(long.class, whole);
    line.registerConverter(Integer.class, narrow);
    line.registerConverter(int.class, narrow);
    line.setParameterExceptionHandler(Main::misuse);
    line.setExecutionExceptionHandler(Main::failure);
    line.setExecutionStrategy(Main::run);
    return line;
  }

  /** Commands of this module by name, in the order of the usage text. */
  private static Map<String, Supplier<Object>> own() {
    Map<String, Supplier<Object>> own = new LinkedHashMap<>();
    own.put("init", InitCommand::new);
    own.put("check", CheckCommand::new);
    own.put("evaluate", EvaluateCommand::new);
    own.put("explain", ExplainCommand::new);
    own.put("circuit", CircuitCommand::new);
    own.put("simulate", SimulateCommand::new);
    own.put("sensitivity", SensitivityCommand::new);
    own.put("map", MapCommand::new);
    own.put("validate", ValidateCommand::new);
    own.put("sweep", SweepCommand::new);
    own.put("explore", ExploreCommand::new);
    own.put("bench", BenchCommand::new);
    own.put("resume", ResumeCommand::new);
    own.put("steer", SteerCommand::new);
    own.put("show", ShowCommand::new);
    own.put("prove", ProveCommand::new);
    own.put("verify", VerifyCommand::new);
    own.put("compare", CompareCommand::new);
    own.put("runs", RunsCommand::new);
    own.put("export", ExportCommand::new);
    own.put("pivot", PivotCommand::new);
    own.put("broker", BrokerCommand::new);
    own.put("worker", WorkerCommand::new);
    own.put("catalog", CatalogCommand::new);
    own.put("completion", CompletionCommand::new);
    return own;
  }

  /** Commands that other modules bring. */
  private static List<CommandLine> others() {
    return ServiceLoader.load(Subcommand.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(c -> c.getClass().getName()))
        .map(CommandLine::new)
        .toList();
  }

  /** Runs the command; an error of the virtual machine is a fault and never "nothing feasible". */
  private static int run(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      return fault(e, FatalError.sentence(e), parsed.commandSpec().commandLine());
    }
  }

  private static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  /** Numbers beyond any range become the end of it, so that the command says what it takes. */
  private static int narrow(long number) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  /** The word in place of a command, if that is what is wrong. */
  private static Optional<String> unknownCommand(CommandLine.ParameterException e) {
    boolean hasCommands = !e.getCommandLine().getSubcommands().isEmpty();
    return hasCommands && e instanceof CommandLine.UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream().findFirst().filter(word -> !word.startsWith("-"))
        : Optional.empty();
  }

  /**
   * An unknown option where the parser misses a parameter first: a word that begins as an option,
   * is none, and is not the value of one.
   */
  private static Optional<String> unknownOption(
      CommandLine.ParameterException e, String... arguments) {
    if (!(e instanceof CommandLine.MissingParameterException)) {
      return Optional.empty();
    }
    Map<String, CommandLine.Model.OptionSpec> known =
        e.getCommandLine().getCommandSpec().optionsMap();
    boolean isValue = false;
    for (String word : arguments) {
      if (word.equals("--")) {
        break;
      }
      String name = word.split("=", 2)[0];
      if (!isValue && name.startsWith("--") && !known.containsKey(name)) {
        return Optional.of(word);
      }
      isValue = known.containsKey(word) && known.get(word).arity().max() > 0;
    }
    return Optional.empty();
  }

  private static int misuse(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    Optional<String> word = unknownCommand(e);
    if (word.isPresent()) {
      String of = command.getParent() == null ? "" : " of " + command.getCommandName();
      String hint = NearNames.hint(word.get(), command.getSubcommands().keySet());
      Console.of(command.getCommandSpec())
          .message(
              new Page()
                  .append(error("'" + word.get() + "' is no command" + of + hint))
                  .append("See: ./" + command.getCommandSpec().qualifiedName() + " --help\n"));
      return BAD_INPUT;
    }
    Optional<String> option = unknownOption(e, arguments);
    if (option.isPresent()) {
      return misuse(
          new CommandLine.UnmatchedArgumentException(command, List.of(option.get())), arguments);
    }
    StringWriter suggestions = new StringWriter();
    CommandLine.UnmatchedArgumentException.printSuggestions(e, new PrintWriter(suggestions, true));
    Console.of(command.getCommandSpec())
        .message(
            new Page()
                .append(error(e.getMessage()))
                .append(suggestions.toString())
                .append("See: ./" + command.getCommandSpec().qualifiedName() + " --help\n"));
    return BAD_INPUT;
  }

  private static int failure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (ClosedPipeException.isCauseOf(e)) {
      return ClosedPipeException.EXIT_CODE;
    }
    Console console = Console.of(command.getCommandSpec());
    if (e instanceof SpecException bad) {
      console.message(ProblemText.of(bad.problems()));
      return BAD_INPUT;
    }
    Optional<UndefinedFigureException> undefined = undefined(e);
    if (undefined.isPresent()) {
      console.message(new Page().append(undefined.get().getMessage() + "\n"));
      return BAD_INPUT;
    }
    if (e instanceof UsageException
        || e instanceof StudyException
        || e instanceof DataProblemException) {
      console.message(new Page().append(error(e.getMessage())));
      return BAD_INPUT;
    }
    return fault(
        e, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), command);
  }

  /** The figure that a circuit beside the spec does not have, wherever a thread asked for it. */
  private static Optional<UndefinedFigureException> undefined(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof UndefinedFigureException undefined) {
        return Optional.of(undefined);
      }
    }
    return Optional.empty();
  }

  private static String error(String sentence) {
    return Style.BAD.of("kirchhoff:") + " " + sentence + "\n";
  }

  private static int fault(Throwable e, String sentence, CommandLine command) {
    Page page = new Page().append(error(sentence));
    boolean isTraced = System.getenv("KIRCHHOFF_TRACE") != null;
    if (e instanceof DamagedLogException damage) {
      page.append(damage.remedy() + "\n");
    } else if (!isTraced) {
      page.append(
          "This is our fault or the machine's, not yours. KIRCHHOFF_TRACE=1 shows where it"
              + " happened.\n");
    }
    Console.of(command.getCommandSpec()).message(page);
    if (isTraced) {
      e.printStackTrace(command.getErr());
      command.getErr().flush();
    }
    return OUR_FAULT;
  }
}
