package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerCompanion;
import dev.kirchhoff.dse.stream.Endpoint;
import dev.kirchhoff.dse.stream.KafkaTarget;
import dev.kirchhoff.dse.stream.WorkQueue;
import dev.kirchhoff.dse.work.SharedWork;
import dev.kirchhoff.dse.work.Worker;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Option that hands the work of a run to workers. */
final class DistributeArguments {
  private static final long BROKER_PATIENCE_MS = 60_000;
  private static final long LOOK_EVERY_MS = 100;

  @Option(
      names = "--distribute",
      description =
          "Hand the work to workers (./kirchhoff worker) through Kafka: designs of a sweep, simulated members of a front. Same result as without.")
  boolean isOn;

  void check(StreamArguments stream) {
    if (isOn && stream.noKafka) {
      throw new UsageException(
          "--distribute hands work out through Kafka and cannot stand beside --no-kafka");
    }
  }

  /** Refuses a search that has nothing to hand out, or too much. */
  static void requireWork(Distribution distribution, SimulationPlan plan) {
    if (!(distribution instanceof Distribution.OfMembers)) {
      return;
    }
    if (!plan.isOn()) {
      throw new UsageException(
          "--distribute of a search hands out members of the front to simulate; this one has none:"
              + " the workload has no network with weights and samples, or --simulate is 0");
    }
    plan.requireSmall();
  }

  /** Threads of a search. */
  static int threads(int islands) {
    return Math.min(islands, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Begins to hand work out. Where no cluster is named the built-in broker is used, which this
   * starts if nobody has.
   *
   * @param run id of the run
   * @param what what is handed out, for the user
   */
  static Shared begin(
      StreamArguments stream, DataDirectory data, String run, String what, Console console) {
    KafkaTarget target =
        KafkaTarget.of(
            Optional.ofNullable(stream.kafka), Optional.ofNullable(stream.kafkaConfig), false);
    Optional<BrokerCompanion> companion =
        target instanceof KafkaTarget.BuiltIn
            ? Optional.of(BrokerCompanion.start(data, console::message))
            : Optional.empty();
    try {
      KafkaTarget.External cluster =
          target instanceof KafkaTarget.External external ? external : await(companion.get());
      WorkQueue queue = WorkQueue.open(cluster, Worker.group());
      console.message(
          what
              + " go to workers at "
              + cluster.bootstrap()
              + ": ./kirchhoff worker "
              + (companion.isPresent()
                  ? "--data " + SpecArguments.quoted(data.root().toString())
                  : "--kafka " + cluster.bootstrap() + config(stream)));
      return new Shared(SharedWork.begin(queue, run, console::message), companion);
    } catch (InterruptedException e) {
      companion.ifPresent(BrokerCompanion::close);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
    } catch (RuntimeException e) {
      companion.ifPresent(BrokerCompanion::close);
      throw e;
    }
  }

  private static String config(StreamArguments stream) {
    return stream.kafkaConfig == null
        ? ""
        : " --kafka-config " + SpecArguments.quoted(stream.kafkaConfig.toString());
  }

  private static KafkaTarget.External await(BrokerCompanion companion) throws InterruptedException {
    for (long waited_ms = 0; waited_ms < BROKER_PATIENCE_MS; waited_ms += LOOK_EVERY_MS) {
      Optional<Endpoint> endpoint = companion.endpoint();
      if (endpoint.isPresent()) {
        return endpoint.get().target();
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
    throw new IllegalStateException(
        "the built-in broker has not started within " + BROKER_PATIENCE_MS / 1000 + " s");
  }

  /**
   * Work that is handed out.
   *
   * @param work the work
   * @param companion the broker, where this process started one
   */
  record Shared(SharedWork work, Optional<BrokerCompanion> companion) implements AutoCloseable {
    @Override
    public void close() {
      work.close();
      companion.ifPresent(BrokerCompanion::close);
    }
  }
}
