package dev.kirchhoff.dse.run;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The archive of parsed classes (class data sharing) that the launcher started this JVM with,
 * handed on to child processes of the same class path. An archive only saves time: a JVM that finds
 * it missing, or made for other jars, loads the classes from the jars.
 */
public final class ClassArchive {
  private static final String FLAG = "-XX:SharedArchiveFile=";

  private ClassArchive() {}

  /** Flags of a child that runs commands: this JVM's archive; none if it has none. */
  public static List<String> flags() {
    return own().map(archive -> List.of(FLAG + archive)).orElse(List.of());
  }

  /**
   * Flags of a child with an archive of its own beside this JVM's.
   *
   * @param name file of that archive; this JVM's stands in where it is missing
   */
  public static List<String> flags(String name) {
    return own()
        .map(archive -> archive.resolveSibling(name))
        .filter(Files::exists)
        .map(archive -> List.of(FLAG + archive))
        .orElseGet(ClassArchive::flags);
  }

  private static Optional<Path> own() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(FLAG))
        .map(argument -> Path.of(argument.substring(FLAG.length())))
        .reduce((first, last) -> last);
  }
}
