package dev.kirchhoff.dse.stream;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.FatalError;
import dev.kirchhoff.dse.run.OwnerLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The broker role: one Kafka broker over the data directory, the only thing in its JVM. As a
 * companion it ends in order when its standard input ends, that is with its parent, however that
 * ended; in a terminal at Ctrl-C.
 *
 * <p>{@code java -cp … dev.kirchhoff.dse.stream.BrokerProcess DATA} is the companion.
 */
public final class BrokerProcess {
  private static final long PARENT_PATIENCE_S = 20;
  private static final long SHUTDOWN_PATIENCE_S = 20;

  private BrokerProcess() {}

  /** The companion of an explorer. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: BrokerProcess DATA (a companion; its standard input is a pipe)");
      System.exit(2);
    }
    FatalError.endsTheProcess(System.err);
    int code;
    try {
      code = run(DataDirectory.open(Path.of(arguments[0])), true, System.err);
    } catch (DataProblemException e) {
      System.err.println(e.getMessage());
      code = 2;
    } catch (RuntimeException e) {
      e.printStackTrace();
      code = FatalError.EXIT_CODE;
    } catch (Error e) {
      System.err.println(FatalError.sentence(e));
      code = FatalError.EXIT_CODE;
    }
    System.exit(code);
  }

  /**
   * Runs a broker in the foreground until Ctrl-C: what {@code broker} in a terminal does.
   *
   * @param data the data directory
   * @param talk where sentences go
   * @return exit code
   */
  public static int runInTerminal(DataDirectory data, PrintStream talk) {
    return run(data, false, talk);
  }

  private static int run(DataDirectory data, boolean companion, PrintStream talk) {
    Path directory = data.broker();
    Optional<OwnerLock> taken = OwnerLock.take(Endpoint.lock(directory));
    if (taken.isEmpty()) {
      talk.println(
          "a broker runs here already"
              + Endpoint.read(directory)
                  .map(e -> ": " + e.bootstrap() + ", process " + e.pid())
                  .orElse(""));
      return companion ? 0 : 2;
    }
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> endInOrder(companion, end, ended), "broker-end");
    OwnerLock lock = taken.get();
    try (lock) {
      if (companion) {
        watchParent(System.in, end);
      }
      Runtime.getRuntime().addShutdownHook(hook);
      int port = Endpoint.read(directory).map(Endpoint::port).orElse(0);
      try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("log"), port)) {
        Endpoint endpoint = new Endpoint(broker.bootstrap(), ProcessHandle.current().pid());
        endpoint.write(directory);
        talk.println("broker ready at " + endpoint.bootstrap() + ", data in " + data.root());
        end.await();
      }
      return 0;
    } catch (IOException e) {
      talk.println(directory + ": the broker cannot be started: " + e.getMessage());
      return 3;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 3;
    } finally {
      ended.countDown();
    }
  }

  /**
   * A companion's parent has been asked to end by the same Ctrl-C and may still have events to
   * deliver.
   */
  private static void endInOrder(boolean companion, CountDownLatch end, CountDownLatch ended) {
    try {
      if (companion) {
        end.await(PARENT_PATIENCE_S, TimeUnit.SECONDS);
      }
      end.countDown();
      ended.await(SHUTDOWN_PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void watchParent(InputStream pipe, CountDownLatch end) {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (pipe.read() >= 0) {
                  continue;
                }
              } catch (IOException e) {
                // A broken pipe ends it as well.
              } finally {
                end.countDown();
              }
            },
            "broker-parent");
    watcher.setDaemon(true);
    watcher.start();
  }
}
