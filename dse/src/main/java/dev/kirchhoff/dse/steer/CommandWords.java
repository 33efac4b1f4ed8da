package dev.kirchhoff.dse.steer;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.NearNames;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commands as a user writes them: {@code limit "area <= 40 mm2"}, {@code pin pe.readout.bits=7},
 * {@code inject #12 crossbar.rows=128}.
 */
public final class CommandWords {
  private static final Map<String, CommandKind> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("pause", CommandKind.PAUSE);
    WORDS.put("continue", CommandKind.RESUME);
    WORDS.put("stop", CommandKind.STOP);
    WORDS.put("limit", CommandKind.CONSTRAIN);
    WORDS.put("unlimit", CommandKind.RELEASE);
    WORDS.put("pin", CommandKind.PIN);
    WORDS.put("free", CommandKind.FREE);
    WORDS.put("inject", CommandKind.INJECT);
    WORDS.put("exclude", CommandKind.EXCLUDE);
    WORDS.put("budget", CommandKind.BUDGET);
  }

  /** All words that name a command. */
  public static List<String> all() {
    return List.copyOf(WORDS.keySet());
  }

  private final DataDirectory data;
  private final RunDirectory run;

  /**
   * Reader of commands to a run.
   *
   * @param data where designs of other runs are found
   * @param run the run
   */
  public CommandWords(DataDirectory data, RunDirectory run) {
    this.data = data;
    this.run = run;
  }

  /**
   * The command of some words.
   *
   * @param id id of the command
   * @throws DataProblemException if they are no command; the message is for the user
   */
  public RunEvent.Command command(String id, String word, List<String> arguments) {
    CommandKind kind = WORDS.get(word);
    if (kind == null) {
      throw new DataProblemException(
          "'" + word + "' is no command" + NearNames.hint(word, WORDS.keySet()));
    }
    return switch (kind) {
      case PAUSE, RESUME, STOP -> {
        require(arguments, 0, word, "");
        yield command(id, kind, null, null, null, null);
      }
      case CONSTRAIN -> {
        require(arguments, 1, word, "a constraint in quotes, for example \"area <= 40 mm2\"");
        yield command(id, kind, arguments.get(0), null, null, null);
      }
      case RELEASE -> {
        require(arguments, 1, word, "what is limited, for example area");
        yield command(id, kind, arguments.get(0), null, null, null);
      }
      case PIN -> {
        requireSome(arguments, word, "PATH=VALUE, for example pe.readout.bits=7");
        yield command(id, kind, null, settings(arguments), null, null);
      }
      case FREE -> {
        requireSome(arguments, word, "a path, for example pe.readout.bits");
        Map<String, String> paths = new LinkedHashMap<>();
        arguments.forEach(path -> paths.put(path, ""));
        yield command(id, kind, null, paths, null, null);
      }
      case INJECT -> {
        requireSome(
            arguments,
            word,
            "start, #N or RUN#N, and changes PATH=VALUE, for example #12 cell.bits=2");
        yield injected(id, arguments);
      }
      case EXCLUDE -> {
        require(arguments, 1, word, "a design of the run, for example #12");
        yield command(id, kind, null, null, index(arguments.get(0)), null);
      }
      case BUDGET -> {
        require(arguments, 1, word, "a number of designs");
        yield command(id, kind, null, null, null, number(arguments.get(0)));
      }
    };
  }

  private static RunEvent.Command command(
      String id,
      CommandKind kind,
      String constraint,
      Map<String, String> knobs,
      Long index,
      Long budget) {
    return new RunEvent.Command(id, kind.word(), constraint, knobs, index, budget);
  }

  private static void require(List<String> arguments, int count, String word, String what) {
    if (arguments.size() != count) {
      throw new DataProblemException(word + " takes " + (count == 0 ? "nothing more" : what));
    }
  }

  private static void requireSome(List<String> arguments, String word, String what) {
    if (arguments.isEmpty()) {
      throw new DataProblemException(word + " takes " + what);
    }
  }

  private static long index(String text) {
    if (!text.matches("#[0-9]{1,18}")) {
      throw new DataProblemException("'" + text + "' does not name a design of the run; write #N");
    }
    return Long.parseLong(text.substring(1));
  }

  private static long number(String text) {
    String digits = text.replace(",", "").replace("_", "");
    if (!digits.matches("[0-9]{1,18}")) {
      throw new DataProblemException("budget is '" + text + "', must be a number of designs");
    }
    return Long.parseLong(digits);
  }

  private static Map<String, String> settings(List<String> texts) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0 || equals == text.length() - 1) {
        throw new DataProblemException(
            text + ": must be PATH=VALUE, for example pe.readout.bits=7");
      }
      settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
    return settings;
  }

  private RunEvent.Command injected(String id, List<String> arguments) {
    String first = arguments.get(0);
    boolean isNamed = first.indexOf('=') < 0;
    Map<String, String> changes =
        settings(isNamed ? arguments.subList(1, arguments.size()) : arguments);
    if (!isNamed || first.equals("start")) {
      return command(id, CommandKind.INJECT, null, changes, null, null);
    }
    String address = first.startsWith("#") ? run.id() + first : first;
    int mark = address.lastIndexOf('#');
    if (mark < 0 || !address.substring(mark + 1).matches("[0-9]{1,18}")) {
      throw new DataProblemException(
          "'" + first + "' does not name a design; write start, #N or RUN#N");
    }
    RunDirectory source = data.find(address.substring(0, mark));
    long index = Long.parseLong(address.substring(mark + 1));
    if (source.id().equals(run.id())) {
      return command(id, CommandKind.INJECT, null, changes, index, null);
    }
    Map<String, String> all = knobs(source, address);
    all.putAll(changes);
    return command(id, CommandKind.INJECT, null, all, null, null);
  }

  /** All knobs of a design of another run, by path. */
  private Map<String, String> knobs(RunDirectory source, String address) {
    RunDesigns.RunDesign design = RunDesigns.find(data.root(), address);
    DesignSpec spec = design.spec();
    Map<String, String> knobs = new LinkedHashMap<>();
    for (int k = 0; k < spec.knobs().size(); k++) {
      int ordinal = design.ordinals()[k];
      if (ordinal >= 0) {
        knobs.put(spec.knobs().get(k).path(), spec.knobs().get(k).values().get(ordinal));
      }
    }
    return knobs;
  }

  /**
   * Checks a command against the run's spec, as far as that tells.
   *
   * @throws DataProblemException if it speaks of what the spec does not have
   */
  public void check(RunEvent.Command command, RunEvent.Run header) {
    boolean needsSpec =
        command.constraint() != null || command.knobs() != null || command.budget() != null;
    if (needsSpec) {
      Optional<String> fault =
          SpecSteering.begin(RunDesigns.spec(header), header.budget()).fault(command);
      if (fault.isPresent()) {
        throw new DataProblemException(fault.get());
      }
    }
  }
}
