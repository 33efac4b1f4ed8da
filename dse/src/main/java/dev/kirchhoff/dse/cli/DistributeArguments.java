package dev.kirchhoff.dse.cli;

import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.stream.BrokerCompanion;
import dev.kirchhoff.dse.stream.Endpoint;
import dev.kirchhoff.dse.stream.KafkaTarget;
import dev.kirchhoff.dse.stream.WorkQueue;
import dev.kirchhoff.dse.work.Chunk;
import dev.kirchhoff.dse.work.SharedSweep;
import dev.kirchhoff.dse.work.SweepJob;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a sweep that workers price. */
final class DistributeArguments {
  private static final int CHUNK = 8_192;
  private static final long BROKER_PATIENCE_MS = 60_000;
  private static final long LOOK_EVERY_MS = 100;

  @Option(
      names = "--distribute",
      description =
          "Hand the designs to workers (./kirchhoff worker) through Kafka; this process prices none. Same rows as without.")
  boolean isOn;

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description = "Designs that a worker takes at once (default: 8192).")
  Integer chunk;

  /** Designs of a chunk. */
  int chunk() {
    return chunk == null ? CHUNK : chunk;
  }

  void check(StreamArguments stream) {
    if (chunk != null && !isOn) {
      throw new UsageException("--chunk is the size of what --distribute hands out; add it");
    }
    if (chunk != null && (chunk < 1 || chunk > Chunk.MOST)) {
      throw new UsageException("--chunk is " + chunk + ", must be 1.." + Chunk.MOST);
    }
    if (isOn && stream.noKafka) {
      throw new UsageException(
          "--distribute hands work out through Kafka and cannot stand beside --no-kafka");
    }
  }

  /**
   * Begins to hand a sweep out. Where no cluster is named the built-in broker is used, which this
   * starts if nobody has.
   */
  Shared begin(StreamArguments stream, DataDirectory data, SweepJob job, Console console) {
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
      WorkQueue queue = WorkQueue.open(cluster, SweepJob.workers());
      console.message(
          "chunks of "
              + chunk()
              + " designs go to workers at "
              + cluster.bootstrap()
              + ": ./kirchhoff worker "
              + (companion.isPresent()
                  ? "--data " + SpecArguments.quoted(data.root().toString())
                  : "--kafka " + cluster.bootstrap()));
      return new Shared(SharedSweep.begin(queue, job, console::message), companion);
    } catch (InterruptedException e) {
      companion.ifPresent(BrokerCompanion::close);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The sweep was interrupted.", e);
    } catch (RuntimeException e) {
      companion.ifPresent(BrokerCompanion::close);
      throw e;
    }
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
   * A sweep that is handed out.
   *
   * @param sweep the sweep
   * @param companion the broker, where this process started one
   */
  record Shared(SharedSweep sweep, Optional<BrokerCompanion> companion) implements AutoCloseable {
    @Override
    public void close() {
      sweep.close();
      companion.ifPresent(BrokerCompanion::close);
    }
  }
}
