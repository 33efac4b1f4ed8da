package dev.kirchhoff.dse.cli;

import java.nio.file.Path;

/** The data directory: the option, else {@code KIRCHHOFF_DATA}, else {@code ./kirchhoff-data}. */
final class DataOption {
  private DataOption() {}

  static Path resolve(Path option) {
    if (option != null) {
      return option;
    }
    String variable = System.getenv("KIRCHHOFF_DATA");
    return Path.of(variable == null || variable.isEmpty() ? "kirchhoff-data" : variable);
  }

  /** The option in a command that is printed, with a space before it; empty where it is absent. */
  static String words(Path option) {
    return option == null ? "" : " --data " + SpecArguments.quoted(option.toString());
  }
}
