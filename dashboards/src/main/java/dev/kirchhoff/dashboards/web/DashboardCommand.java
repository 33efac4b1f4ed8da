package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.Subcommand;
import dev.kirchhoff.dashboards.feed.FileFeed;
import dev.kirchhoff.dashboards.feed.KafkaClient;
import dev.kirchhoff.dashboards.feed.KafkaFeed;
import dev.kirchhoff.dashboards.view.Runs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code dashboard}: serves the page over run files and topics until it is ended. */
@Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    description = "Shows runs in a browser while they go on, and after.",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./kirchhoff dashboard --data ~/kirchhoff-data",
      "  then open the address that it prints",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended in order",
      "2:bad usage",
      "3:the port is taken, or the machine's fault"
    })
public final class DashboardCommand implements Callable<Integer>, Subcommand {
  private static final long PARENT_SECONDS = 20;

  /**
   * The token, from the parent of a companion: the environment of a process is its user's alone.
   */
  private static final String TOKEN_VARIABLE = "KIRCHHOFF_PAGE_TOKEN";

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8100",
      description = "Port to listen on, 0 = any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:KIRCHHOFF_BIND:-127.0.0.1}",
      description = {
        "Address to listen on (default: KIRCHHOFF_BIND, else 127.0.0.1).",
        "Every address asks visitors for the token that is printed with it."
      })
  private String bind;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:KIRCHHOFF_DATA:-kirchhoff-data}",
      description = "Data directory (default: KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Broker to read from (default: the one of the data directory, when it runs).")
  private String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Client properties for --kafka, for a cluster with TLS or SASL.")
  private Path kafkaConfig;

  @Option(names = "--no-files", description = "Read no run files, topics only.")
  private boolean noFiles;

  @Option(names = "--companion", hidden = true, description = "End when standard input ends.")
  private boolean companion;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter talk = spec.commandLine().getErr();
    if (port < 0 || port > 65535) {
      talk.println("--port: is " + port + ", must be 0..65535");
      return 2;
    }
    boolean isThere = Files.isDirectory(data);
    if (!noFiles && isThere && !(Files.isReadable(data) && Files.isExecutable(data))) {
      talk.println("kirchhoff: " + data + ": cannot be read: permission denied");
      return 2;
    }
    Map<String, String> client;
    try {
      client = kafkaConfig == null ? Map.of() : KafkaClient.read(kafkaConfig);
    } catch (IOException e) {
      talk.println("--kafka-config: " + e.getMessage());
      return 2;
    }
    Optional<String> address =
        Optional.ofNullable(kafka == null ? client.get(KafkaClient.BOOTSTRAP) : kafka);
    if (kafkaConfig != null && address.isEmpty()) {
      talk.println(
          "--kafka-config: "
              + kafkaConfig
              + " has no "
              + KafkaClient.BOOTSTRAP
              + "; add it or give --kafka host:port");
      return 2;
    }
    Optional<String> token = Optional.ofNullable(System.getenv(TOKEN_VARIABLE));
    Runs runs = Runs.onDemand(Clock.systemUTC(), Runs.heapShare());
    Optional<Explainer> explainer = ServiceLoader.load(Explainer.class).findFirst();
    CountDownLatch parentEnded = new CountDownLatch(1);
    try (PageServer server =
            PageServer.start(bind, port, runs, explainer, Workbench.over(data), token);
        KafkaFeed topics = new KafkaFeed(address, client, data, runs);
        FileFeed files = new FileFeed(data, runs)) {
      if (!noFiles) {
        files.start();
      }
      topics.start();
      Thread hook = new Thread(() -> waitForParent(parentEnded), "kirchhoff-end");
      Runtime.getRuntime().addShutdownHook(hook);
      if (!noFiles && !companion && !isThere) {
        talk.println("there is no data directory " + data + " yet; its runs appear once it is");
      }
      talk.println("page " + server.address());
      talk.flush();
      if (companion) {
        drain(parentEnded);
      } else {
        new CountDownLatch(1).await(); // until Ctrl-C
      }
      return 0;
    } catch (BindException e) {
      talk.println(
          "The page cannot start: "
              + e.getMessage()
              + ". Maybe a dashboard runs already; another port: --port "
              + (port + 1));
      return 3;
    } catch (IllegalArgumentException e) {
      talk.println(TOKEN_VARIABLE + ": " + e.getMessage());
      return 2;
    } catch (UnknownHostException e) {
      talk.println("--bind: '" + bind + "' is no address of this machine");
      return 2;
    } catch (IOException e) {
      talk.println("The page cannot start: " + e.getMessage());
      return 3;
    }
  }

  /** Reads standard input to its end, which comes when the parent ends. */
  private static void drain(CountDownLatch ended) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // a broken pipe is an end as well
    } finally {
      ended.countDown();
    }
  }

  /**
   * Ctrl-C reaches parent and companion alike; the companion outlives its parent, so that nothing
   * is lost on the way.
   */
  private void waitForParent(CountDownLatch parentEnded) {
    if (companion) {
      try {
        parentEnded.await(PARENT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
