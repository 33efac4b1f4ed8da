package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory: the option, else {@code KIRCHHOFF_DATA}, else {@code ./kirchhoff-data}. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (else KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path option;

  static Path resolve(Path option) {
    if (option != null) {
      return option;
    }
    String variable = System.getenv("KIRCHHOFF_DATA");
    return Path.of(variable == null || variable.isEmpty() ? "kirchhoff-data" : variable);
  }

  Path folder() {
    return resolve(option);
  }

  /** The directory, which must be there. */
  DataDirectory existing() {
    return DataDirectory.existing(folder());
  }

  /** The directory, made where it is not there. */
  DataDirectory open() {
    return DataDirectory.open(folder());
  }

  /** The option in a command that is printed, with a space before it; empty where it is absent. */
  String words() {
    return option == null ? "" : " --data " + SpecArguments.quoted(option.toString());
  }
}
