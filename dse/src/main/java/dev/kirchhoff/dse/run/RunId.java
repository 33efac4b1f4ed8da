package dev.kirchhoff.dse.run;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Name of a run: {@code 20261124T231235Z-resnet18-reram-k3f9}, UTC start, spec name, four random
 * characters; or what the user chose. On the command line any unique ending of it will do.
 *
 * @param text the name: 1 to 80 of {@code A-Z a-z 0-9 . _ -}, not {@code .} or {@code ..}
 */
public record RunId(String text) implements Comparable<RunId> {
  private static final int MAX_LENGTH = 80;
  private static final int RANDOM_LENGTH = 4;
  private static final int SHOWN = 5;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}");
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * @throws DataProblemException if the text is not a run id
   */
  public RunId {
    if (!isValid(text)) {
      throw new DataProblemException(
          "run id '" + text + "' must be 1 to " + MAX_LENGTH + " letters, digits, '.', '_' or '-'");
    }
  }

  static boolean isValid(String text) {
    return SYNTAX.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  /**
   * A new id.
   *
   * @param clock gives the start
   * @param specName name of the spec; characters that an id cannot have become {@code -}
   * @param random gives the last four characters; secure unless a test wants the same again
   */
  public static RunId fresh(Clock clock, String specName, RandomGenerator random) {
    String start = START.format(clock.instant());
    String name = specName.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^-+|-+$", "");
    int room = MAX_LENGTH - start.length() - RANDOM_LENGTH - 2;
    name = name.isEmpty() ? "run" : name.substring(0, Math.min(room, name.length()));
    StringBuilder text = new StringBuilder(start).append('-').append(name).append('-');
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new RunId(text.toString());
  }

  /**
   * Finds the one run that a text means: the run of that name, else the only one that ends so.
   *
   * @param known the runs there are
   * @param ending name or ending
   * @throws DataProblemException if none or more than one fits; the message names those there are
   */
  public static RunId resolve(Collection<RunId> known, String ending) {
    if (ending.isEmpty()) {
      throw new DataProblemException("a run must be named; " + listing(known));
    }
    List<RunId> fitting = known.stream().filter(id -> id.text.endsWith(ending)).sorted().toList();
    for (RunId id : fitting) {
      if (id.text.equals(ending)) {
        return id;
      }
    }
    if (fitting.isEmpty()) {
      throw new DataProblemException("no run ends in '" + ending + "'; " + listing(known));
    }
    if (fitting.size() > 1) {
      throw new DataProblemException(
          "'"
              + ending
              + "' fits "
              + fitting.size()
              + " runs: "
              + newest(fitting)
              + "; write more of its ending");
    }
    return fitting.get(0);
  }

  private static String listing(Collection<RunId> known) {
    return known.isEmpty() ? "there are no runs yet" : "newest runs: " + newest(known);
  }

  private static String newest(Collection<RunId> ids) {
    List<String> newest =
        ids.stream().sorted((a, b) -> b.compareTo(a)).limit(SHOWN).map(RunId::text).toList();
    return String.join(", ", newest) + (ids.size() > SHOWN ? ", …" : "");
  }

  @Override
  public int compareTo(RunId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
