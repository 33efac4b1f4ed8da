package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Operating-system lock on a file, held by the one process that may write beside it. It ends with
 * its process, however that ends. Whoever only wants to know probes with a shared lock, so that two
 * readers do not disturb each other; a writer that meets one tries again for a second.
 *
 * <p>A POSIX lock belongs to the process and is lost as soon as the process closes <em>any</em>
 * channel to the file. Therefore a process knows the locks it holds, never opens one of those files
 * a second time, and takes and probes one at a time.
 */
public final class OwnerLock implements AutoCloseable {
  private static final Duration WRITER_PATIENCE = Duration.ofSeconds(1);
  private static final long PAUSE_MS = 10;

  /**
   * Mirrors what the operating system keeps per process, which is why it is one set per process.
   */
  private static final Set<Path> HELD_BY_THIS_PROCESS = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private OwnerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock; the file is created if it is not there.
   *
   * @param file lock file, in an existing directory
   * @return the lock; empty if somebody else holds it
   */
  public static Optional<OwnerLock> take(Path file) {
    Path key = key(file);
    long end = System.nanoTime() + WRITER_PATIENCE.toNanos();
    try {
      while (true) {
        Optional<OwnerLock> lock = takeAtOnce(key);
        if (lock.isPresent() || System.nanoTime() >= end) {
          return lock;
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be locked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<OwnerLock> takeAtOnce(Path key) throws IOException {
    synchronized (HELD_BY_THIS_PROCESS) {
      if (HELD_BY_THIS_PROCESS.contains(key)) {
        return Optional.empty();
      }
      PrivateFiles.createFileIfAbsent(key);
      FileChannel channel =
          FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return Optional.empty();
      }
      HELD_BY_THIS_PROCESS.add(key);
      return Optional.of(new OwnerLock(key, channel));
    }
  }

  /** True if a living process, this one included, holds the lock. */
  public static boolean isHeld(Path file) {
    Path key = key(file);
    synchronized (HELD_BY_THIS_PROCESS) {
      if (HELD_BY_THIS_PROCESS.contains(key)) {
        return true;
      }
      if (!Files.exists(key)) {
        return false;
      }
      try (FileChannel channel = FileChannel.open(key, StandardOpenOption.READ)) {
        return channel.tryLock(0, Long.MAX_VALUE, true) == null;
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": cannot be probed: " + e.getMessage(), e);
      }
    }
  }

  private static Path key(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute;
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    synchronized (HELD_BY_THIS_PROCESS) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": cannot be unlocked: " + e.getMessage(), e);
      } finally {
        HELD_BY_THIS_PROCESS.remove(file);
      }
    }
  }
}
