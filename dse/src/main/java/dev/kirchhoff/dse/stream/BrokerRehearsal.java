package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.EventTopic;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A broker and its client in one JVM, once through what an explorer asks of it. The launcher runs
 * it once, to archive the classes that a broker loads, those of its answers included. Argument: an
 * empty folder.
 */
public final class BrokerRehearsal {
  private static final String RUN = "rehearsal";
  private static final long PATIENCE_S = 60;
  private static final int LOOKS = 600;
  private static final long LOOK_MS = 100;

  private BrokerRehearsal() {}

  /**
   * Starts the broker and asks it.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws InterruptedException {
    DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
    Thread broker =
        new Thread(() -> BrokerProcess.runInTerminal(data, 0, Optional.empty(), said -> {}));
    broker.setDaemon(true);
    broker.start();
    boolean isComplete = isAnswered(data.broker());
    System.exit(isComplete ? 0 : 1);
  }

  /**
   * Waits for the broker of a directory, creates the topics, sends a command to its topic and reads
   * it there.
   *
   * @param directory the broker's
   * @return whether all of that was done within a minute or two
   */
  public static boolean isAnswered(Path directory) throws InterruptedException {
    for (int i = 0; i < LOOKS && Endpoint.ofLivingBroker(directory).isEmpty(); i++) {
      Thread.sleep(LOOK_MS);
    }
    Optional<Endpoint> endpoint = Endpoint.ofLivingBroker(directory);
    if (endpoint.isEmpty()) {
      return false;
    }
    Cluster cluster = Cluster.of(endpoint.get().target());
    CountDownLatch taken = new CountDownLatch(1);
    CommandTopic topic =
        CommandTopic.start(RUN, cluster, 0, found -> taken.countDown(), said -> {});
    try (Producer<String, byte[]> producer =
        cluster.connect(endpoint.get().bootstrap()).producer()) {
      RunEvent.Command command = new RunEvent.Command("c", "pause", null);
      producer.send(
          new ProducerRecord<>(EventTopic.COMMAND.topicName(), RUN, EventJson.dataBytes(command)));
      return taken.await(PATIENCE_S, TimeUnit.SECONDS);
    } catch (Cluster.Unreachable e) {
      return false;
    } finally {
      topic.close();
    }
  }
}
