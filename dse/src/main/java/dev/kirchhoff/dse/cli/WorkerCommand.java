package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.stream.Endpoint;
import dev.kirchhoff.dse.stream.KafkaTarget;
import dev.kirchhoff.dse.stream.WorkProblemException;
import dev.kirchhoff.dse.stream.WorkShare;
import dev.kirchhoff.dse.work.UnitRunner;
import dev.kirchhoff.dse.work.Worker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code worker}: does work units of runs that other processes hand out. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description =
        "Does the work of sweeps and searches that were begun with --distribute, until Ctrl-C. As"
            + " many as wanted, on any machine that reaches the Kafka cluster.",
    footer = {
      "",
      "Examples:",
      "  ./kirchhoff worker --data kirchhoff-data",
      "  ./kirchhoff worker --kafka broker:9092 --kafka-config client.properties --idle 10min"
    })
final class WorkerCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final int MOST_THREADS = 1_024;
  private static final long RETRY_MS = 2_000;
  private static final long END_PATIENCE_S = 20;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka cluster that the work comes through.")
  private String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Client properties for --kafka.")
  private Path kafkaConfig;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Without --kafka: data directory whose built-in broker the work comes through (else"
              + " KIRCHHOFF_DATA, else ./kirchhoff-data).")
  private Path data;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that do a work unit (default: the processors).")
  private Integer threads;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name in the reports of a run (default: host and process).")
  private String name;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "End after this time without work: 90s, 10min (default: never).")
  private String idle;

  @Spec private CommandSpec command;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean interrupted;
  private volatile Optional<Worker> working = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.of(command);
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || count > MOST_THREADS) {
      throw new UsageException("--threads is " + count + ", must be 1.." + MOST_THREADS);
    }
    String own = name == null ? defaultName() : name;
    if (!own.matches("[A-Za-z0-9._-]{1,80}")) {
      throw new UsageException(
          "--name is '" + own + "', must be 1 to 80 of letters, digits, '.', '_' and '-'");
    }
    if (kafka != null && data != null) {
      throw new UsageException("--data names a built-in broker and cannot stand beside --kafka");
    }
    Optional<Duration> limit =
        Optional.ofNullable(idle).map(text -> RunArguments.duration("--idle", text));
    KafkaTarget target =
        KafkaTarget.of(Optional.ofNullable(kafka), Optional.ofNullable(kafkaConfig), false);
    Thread hook = new Thread(this::interrupt, "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try (UnitRunner runner = new UnitRunner(count)) {
      work(target, own, count, limit, runner, console);
    } finally {
      ended.countDown();
    }
    if (interrupted) {
      return INTERRUPTED;
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    return 0;
  }

  private void work(
      KafkaTarget target,
      String own,
      int count,
      Optional<Duration> limit,
      UnitRunner runner,
      Console console)
      throws InterruptedException {
    long begin_ns = System.nanoTime();
    boolean told = false;
    boolean done = false;
    while (!done && !interrupted) {
      Optional<KafkaTarget.External> cluster = cluster(target);
      if (cluster.isPresent()) {
        try (WorkShare share = WorkShare.open(cluster.get(), Worker.group())) {
          console.message(
              "worker "
                  + own
                  + " ("
                  + count
                  + (count == 1 ? " thread" : " threads")
                  + ", model version "
                  + ModelVersion.text()
                  + ") takes work at "
                  + cluster.get().bootstrap());
          Worker worker = new Worker(own, share, runner, console::message);
          working = Optional.of(worker);
          if (interrupted) {
            worker.stop();
          }
          try {
            worker.run(limit);
            done = true;
          } finally {
            console.message("worker " + own + ": " + worker.summary());
          }
        } catch (WorkProblemException | DataProblemException e) {
          console.message(e.getMessage() + "; tries again");
          told = true;
        }
      } else if (!told) {
        told = true;
        console.message("waits for the built-in broker of " + DataOption.resolve(data));
      }
      if (!done && !interrupted) {
        boolean over = limit.isPresent() && System.nanoTime() - begin_ns > limit.get().toNanos();
        if (over) {
          return;
        }
        Thread.sleep(RETRY_MS);
      }
    }
  }

  private Optional<KafkaTarget.External> cluster(KafkaTarget target) {
    if (target instanceof KafkaTarget.External external) {
      return Optional.of(external);
    }
    DataDirectory directory = DataDirectory.open(DataOption.resolve(data));
    return Endpoint.ofLivingBroker(directory.broker()).map(Endpoint::target);
  }

  /** Runs in the shutdown hook: gives the work unit in hand back before the process ends. */
  private void interrupt() {
    interrupted = true;
    working.ifPresent(Worker::stop);
    try {
      ended.await(END_PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(INTERRUPTED);
  }

  private static String defaultName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "worker";
    }
    String safe = host.replaceAll("[^A-Za-z0-9._-]", "-");
    return safe.substring(0, Math.min(60, safe.length())) + "-" + ProcessHandle.current().pid();
  }
}
