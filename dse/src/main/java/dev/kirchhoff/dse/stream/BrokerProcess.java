package dev.kirchhoff.dse.stream;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.FatalError;
import dev.kirchhoff.dse.run.OwnerLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Process of a Kafka broker over the data directory, alone in its JVM. As a companion it shuts down
 * when its standard input ends, that is with its parent, however that ended; in a terminal at
 * Ctrl-C.
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
      code =
          run(
              DataDirectory.open(Path.of(arguments[0])),
              true,
              0,
              Optional.empty(),
              System.err::println);
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
   * Runs a broker in the foreground until Ctrl-C, as {@code broker} in a terminal does.
   *
   * @param data the data directory
   * @param port port on the loopback interface; 0 = that of the last broker, or any
   * @param remote listener for other machines
   * @param talk receiver of messages to the user
   * @return exit code
   */
  public static int runInTerminal(
      DataDirectory data, int port, Optional<BrokerListener> remote, Consumer<String> talk) {
    return run(data, false, port, remote, talk);
  }

  private static int run(
      DataDirectory data,
      boolean companion,
      int wantedPort,
      Optional<BrokerListener> remote,
      Consumer<String> talk) {
    Path directory = data.broker();
    Optional<OwnerLock> taken = OwnerLock.take(Endpoint.lock(directory));
    if (taken.isEmpty()) {
      talk.accept(
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
      Optional<Endpoint> last = Endpoint.read(directory);
      int port = wantedPort > 0 ? wantedPort : last.map(Endpoint::port).orElse(0);
      BrokerCredentials credentials = BrokerCredentials.of(last);
      try (EmbeddedBroker broker =
          EmbeddedBroker.start(directory.resolve("log"), port, credentials, remote)) {
        Endpoint endpoint =
            new Endpoint(broker.bootstrap(), ProcessHandle.current().pid(), credentials.client());
        if (wantedPort > 0 && endpoint.port() != wantedPort) {
          talk.accept("port " + wantedPort + " is taken; another: --port N");
          return FatalError.EXIT_CODE;
        }
        endpoint.write(directory);
        talk.accept("broker ready at " + endpoint.bootstrap() + ", data in " + data.root());
        remote.ifPresent(listener -> talk.accept(opened(listener)));
        end.await();
      }
      return 0;
    } catch (IOException e) {
      talk.accept(directory + ": the broker cannot be started: " + e.getMessage());
      return 3;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 3;
    } finally {
      ended.countDown();
    }
  }

  private static String opened(BrokerListener remote) {
    String at = "for other machines at " + remote.advertised() + ":" + remote.port();
    if (remote.isOpen()) {
      return at
          + ", open: everybody who reaches it reads, changes and deletes the topics of all runs";
    }
    return at
        + ", "
        + remote.protocol()
        + (remote.protocol().equals("SASL_PLAINTEXT")
            ? "; passwords and events travel in clear"
            : "");
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
