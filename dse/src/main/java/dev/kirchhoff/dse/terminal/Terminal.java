package dev.kirchhoff.dse.terminal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Destination of text: a terminal with its width and colours, or a pipe or file, which take lines
 * of any length.
 *
 * <p>{@code COLUMNS} sets the width of either. A terminal without it has the width that it reports;
 * a pipe has none, so that piped text is the same wherever it is made: nothing is left out of it
 * and no line is broken. Only a terminal gets colours, and none where {@code NO_COLOR} is set or
 * {@code TERM} is {@code dumb}; such a terminal cannot write over a line either.
 *
 * @param columns columns of a line; {@link #UNLIMITED} without a limit
 * @param isInteractive true for a terminal: lines can be written over
 * @param hasColour true if styles are shown
 */
public record Terminal(int columns, boolean isInteractive, boolean hasColour) {
  /** Width without a limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** A terminal that does not report its width (DEC VT100). */
  private static final int USUAL = 80;

  /** Narrower than this nothing can be laid out. */
  private static final int LEAST = 20;

  private static final long PATIENCE_MS = 1000;

  /** Property by which the launcher of Windows tells the columns of its console. */
  private static final String COLUMNS = "kirchhoff.columns";

  /** A standard stream, with the property by which the launcher says what it leads to. */
  public enum Stream {
    STDOUT("kirchhoff.stdout"),
    STDERR("kirchhoff.stderr");

    private final String property;

    Stream(String property) {
      this.property = property;
    }
  }

  /** A pipe or file. */
  public static Terminal none() {
    return new Terminal(UNLIMITED, false, false);
  }

  /** Destination of a standard stream of this process. */
  public static Terminal of(Stream stream) {
    return of(System.getenv(), reported(stream));
  }

  /**
   * Destination of a stream.
   *
   * @param environment variables of the process
   * @param reported columns that the terminal reports, 0 if it reports none; empty for a pipe
   */
  static Terminal of(Map<String, String> environment, Optional<Integer> reported) {
    boolean isDumb = "dumb".equals(environment.get("TERM"));
    boolean isInteractive = reported.isPresent() && !isDumb;
    int columns =
        whole(environment.get("COLUMNS"))
            .filter(wanted -> wanted > 0)
            .or(() -> reported.map(size -> size > 0 ? size : USUAL))
            .orElse(UNLIMITED);
    boolean hasColour = isInteractive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(Math.max(LEAST, columns), isInteractive, hasColour);
  }

  /** Text as it is written here. */
  public String text(TextBlock block) {
    String text = block.at(columns);
    return hasColour ? text : Style.strip(text);
  }

  /** Columns of the terminal that a stream leads to, as the launcher or the system says. */
  private static Optional<Integer> reported(Stream stream) {
    String told = System.getProperty(stream.property);
    if (told != null) {
      return whole(told);
    }
    // Without the launcher: the JVM tells only whether input and output are both a terminal.
    return System.console() == null ? Optional.empty() : Optional.of(size());
  }

  private static int size() {
    Optional<Integer> told = whole(System.getProperty(COLUMNS));
    if (told.isPresent()) {
      return told.get();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return 0;
      }
      String[] size = new String(stty.getInputStream().readAllBytes()).strip().split(" ");
      return size.length == 2 ? whole(size[1]).orElse(0) : 0;
    } catch (IOException e) {
      // No stty: the usual width.
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static Optional<Integer> whole(String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
