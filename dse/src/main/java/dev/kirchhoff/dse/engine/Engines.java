package dev.kirchhoff.dse.engine;

import java.util.List;

/** Registry of the engines by name; the first is the default. */
public final class Engines {
  private Engines() {}

  /** Names of all engines. */
  public static List<String> names() {
    return List.of("optaplanner", "pareto-local-search", "random", "exhaustive");
  }

  /**
   * The engine of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static Engine named(String name) {
    return switch (name) {
      case "optaplanner" -> new OptaPlannerEngine();
      case "random" -> new RandomEngine();
      case "exhaustive" -> new ExhaustiveEngine();
      case "pareto-local-search" -> new ParetoLocalSearch();
      default ->
          throw new IllegalArgumentException(
              "There is no engine (" + name + "); there are " + String.join(", ", names()) + ".");
    };
  }
}
