package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Optional;

/**
 * Service that checks specs as they are typed and starts explorers; found by {@link
 * java.util.ServiceLoader}. A spec is a text; of files it may name those that are shipped with the
 * program, no others of the machine.
 */
public interface SpecDesk {

  /** Specs to begin with. */
  List<Example> examples();

  /**
   * Checks a spec as {@code check} does.
   *
   * @throws IllegalArgumentException if the check takes longer than a page waits; the message is
   *     for the user
   */
  Verdict check(String spec);

  /**
   * Starts an explorer, a process of its own that outlives this one.
   *
   * @param data path of the data directory
   * @return id of the run, whose log exists
   * @throws IllegalArgumentException if the explorer refuses the spec or an option; the message is
   *     for the user
   */
  String start(String data, Order order);

  /**
   * A spec to begin with.
   *
   * @param name its file, {@code examples/quickstart.yaml}
   * @param title its name in words
   * @param note what it says of itself
   * @param text its text
   */
  record Example(String name, String title, String note, String text) {}

  /**
   * Result of a check.
   *
   * @param problems the first mistakes in the order of the text; none in a good spec
   * @param mistakes number of all mistakes
   * @param warnings sentences
   * @param summary a good spec in words
   */
  record Verdict(List<Problem> problems, int mistakes, List<String> warnings, List<Line> summary) {
    public Verdict {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
      summary = List.copyOf(summary);
    }
  }

  /**
   * A mistake.
   *
   * @param line line, from 1; 0 = the text as a whole, or a file that it names
   * @param column column, from 1; 0 = the whole line
   * @param path path of the value
   * @param message what is wrong, what is allowed, the nearest suggestion
   */
  record Problem(int line, int column, String path, String message) {}

  /** A line of the summary: {@code space}, {@code 42 knobs, …}. */
  record Line(String label, String text) {}

  /**
   * A run to start.
   *
   * @param spec text of the spec
   * @param budget unique designs at most; the spec's if empty
   * @param time time after which no round begins, {@code 10 min}
   * @param seed root seed; the spec's if empty
   * @param limits constraints to add, {@code area <= 40 mm2}
   * @param streams whether events also go to the built-in broker
   */
  record Order(
      String spec,
      Optional<Long> budget,
      Optional<String> time,
      Optional<Long> seed,
      List<String> limits,
      boolean streams) {
    public Order {
      limits = List.copyOf(limits);
    }
  }
}
