package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removal of a run, whole or not at all: its directory is renamed out of {@code runs/} in one step
 * and then emptied. Files that an earlier removal left behind, because it was killed, go with it.
 */
public final class RunRemoval {
  private static final String PREFIX = ".deleted-";

  private RunRemoval() {}

  /**
   * Removes a run.
   *
   * @throws DataProblemException if a process is writing it
   * @throws UncheckedIOException if it cannot be renamed, and is as it was
   */
  public static void remove(DataDirectory data, RunDirectory run) {
    Optional<OwnerLock> lock = OwnerLock.take(run.lock());
    if (lock.isEmpty()) {
      throw new DataProblemException(
          "run " + run.id() + " is being written; stop its process first");
    }
    Path grave = data.root().resolve(PREFIX + run.id() + "-" + ProcessHandle.current().pid());
    OwnerLock held = lock.get();
    try (held) {
      Files.move(run.path(), grave, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          run.path() + ": cannot be removed, nothing was: " + e.getMessage(), e);
    }
    for (Path each : graves(data)) {
      empty(each);
    }
  }

  private static List<Path> graves(DataDirectory data) {
    try (Stream<Path> entries = Files.list(data.root())) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(data.root() + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static void empty(Path grave) {
    try {
      Files.walkFileTree(
          grave,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the run is removed, its files are still in " + grave + ": " + e.getMessage(), e);
    }
  }
}
