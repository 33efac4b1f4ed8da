package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.CommandSender;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Services over the data directory whose runs the page shows; those that are not installed are
 * absent, and the page does without.
 *
 * @param data path of the data directory
 * @param commands commands to running searches
 */
record Workbench(String data, Optional<CommandSender> commands) {
  /** No services. */
  static final Workbench EMPTY = new Workbench("", Optional.empty());

  /** The installed services over a data directory. */
  static Workbench over(Path data) {
    return new Workbench(data.toString(), installed(CommandSender.class));
  }

  private static <T> Optional<T> installed(Class<T> service) {
    return ServiceLoader.load(service).findFirst();
  }
}
