package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.ChipValidation;
import dev.kirchhoff.arch.event.CommandSender;
import dev.kirchhoff.arch.event.RunNotebook;
import dev.kirchhoff.arch.event.RunTables;
import dev.kirchhoff.arch.event.SpecDesk;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Services over the data directory whose runs the page shows; those that are not installed are
 * absent, and the page does without.
 *
 * @param data path of the data directory
 * @param commands commands to running searches
 * @param notebook notes of runs
 * @param tables tables of designs
 * @param specs checks of specs and starts of explorers
 * @param validation published chips
 */
record Workbench(
    String data,
    Optional<CommandSender> commands,
    Optional<RunNotebook> notebook,
    Optional<RunTables> tables,
    Optional<SpecDesk> specs,
    Optional<ChipValidation> validation) {
  /** No services. */
  static final Workbench EMPTY =
      new Workbench(
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The installed services over a data directory. */
  static Workbench over(Path data) {
    return new Workbench(
        data.toString(),
        installed(CommandSender.class),
        installed(RunNotebook.class),
        installed(RunTables.class),
        installed(SpecDesk.class),
        installed(ChipValidation.class));
  }

  private static <T> Optional<T> installed(Class<T> service) {
    return ServiceLoader.load(service).findFirst();
  }
}
