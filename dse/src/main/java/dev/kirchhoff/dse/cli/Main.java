package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.FatalError;
import dev.kirchhoff.dse.study.StudyException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/**
 * The program. Only here the process ends: 0 good, 1 nothing feasible, 2 bad input or usage, 3 our
 * fault or the machine's, 130 interrupted.
 */
public final class Main {
  private static final int BAD_INPUT = 2;
  private static final int OUR_FAULT = FatalError.EXIT_CODE;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    FatalError.endsTheProcess(System.err);
    int code = commandLine(out, err).execute(arguments);
    if (out.checkError() && code < BAD_INPUT) {
      err.println("kirchhoff: the result cannot be written: standard output is closed or full");
      code = OUR_FAULT;
    }
    err.flush();
    System.exit(code);
  }

  /** The command line, with the commands that other modules bring. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new TopCommand());
    List<Object> own =
        List.of(
            new CheckCommand(),
            new EvaluateCommand(),
            new ExplainCommand(),
            new CircuitCommand(),
            new SimulateCommand(),
            new MapCommand(),
            new ValidateCommand(),
            new SweepCommand(),
            new ExploreCommand(),
            new ResumeCommand(),
            new SteerCommand(),
            new ShowCommand(),
            new VerifyCommand(),
            new CompareCommand(),
            new RunsCommand(),
            new ExportCommand(),
            new PivotCommand(),
            new BrokerCommand(),
            new CatalogCommand());
    own.forEach(line::addSubcommand);
    ServiceLoader.load(Subcommand.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(c -> c.getClass().getName()))
        .forEach(line::addSubcommand);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setUsageHelpWidth(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
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

  /** Runs the command; an error of the virtual machine is a fault and never "nothing feasible". */
  private static int run(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      return fault(e, FatalError.sentence(e), parsed.commandSpec().commandLine().getErr());
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

  private static int misuse(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("kirchhoff: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See: ./" + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return BAD_INPUT;
  }

  private static int failure(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof SpecException bad) {
      ProblemText.print(bad.problems(), err);
      return BAD_INPUT;
    }
    if (e instanceof UsageException
        || e instanceof StudyException
        || e instanceof DataProblemException) {
      err.println("kirchhoff: " + e.getMessage());
      err.flush();
      return BAD_INPUT;
    }
    return fault(e, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), err);
  }

  private static int fault(Throwable e, String sentence, PrintWriter err) {
    err.println("kirchhoff: " + sentence);
    if (System.getenv("KIRCHHOFF_TRACE") != null) {
      e.printStackTrace(err);
    } else {
      err.println(
          "This is our fault or the machine's, not yours. KIRCHHOFF_TRACE=1 shows where it happened.");
    }
    err.flush();
    return OUR_FAULT;
  }
}
