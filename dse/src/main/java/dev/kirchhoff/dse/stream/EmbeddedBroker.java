package dev.kirchhoff.dse.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A single-node Kafka broker and controller (KRaft) on the loopback address. Its caller owns the
 * directory. A directory is formatted once; afterwards the cluster id in its {@code
 * meta.properties} is used, since another is refused.
 */
final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;
  private static final String LOOPBACK = "127.0.0.1";

  /** The default of 128 MiB is for millions of keys; ours are runs and front members. */
  private static final int CLEANER_BUFFER_BYTES = 2 << 20;

  // Kafka changes levels of Log4j's loggers from afar where it finds them. It logs through SLF4J,
  // so
  // Log4j's API has no provider here; it is told so, or it says so on standard error.
  static {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
  }

  private final KafkaRaftServer server;
  private final String bootstrap;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrap) {
    this.server = server;
    this.bootstrap = bootstrap;
  }

  /**
   * Starts a broker; it is ready when this returns.
   *
   * @param log Kafka's directory
   * @param wantedPort port to use if it is free; 0 = any
   * @param credentials password that it asks for on the loopback address
   * @param remote listener for other machines
   * @throws IOException if the directory cannot be formatted or read
   */
  static EmbeddedBroker start(
      Path log, int wantedPort, BrokerCredentials credentials, Optional<BrokerListener> remote)
      throws IOException {
    int port = freePort(wantedPort);
    int controllerPort = freePort(0);
    Path meta = log.resolve("meta.properties");
    if (!Files.exists(meta)) {
      format(log, Uuid.randomUuid().toString());
    }
    checkFormatted(meta);
    Map<String, String> settings = configuration(log, port, controllerPort, remote);
    settings.putAll(credentials.listener("broker"));
    settings.putAll(credentials.listener("controller"));
    KafkaConfig configuration = new KafkaConfig(settings);
    KafkaRaftServer server = new KafkaRaftServer(configuration, Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, LOOPBACK + ":" + port);
  }

  private static void checkFormatted(Path meta) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(meta)) {
      properties.load(in);
    }
    if (properties.getProperty("cluster.id") == null) {
      throw new IOException(meta + " has no cluster.id");
    }
  }

  private static void format(Path log, String clusterId) throws IOException {
    Files.createDirectories(log);
    Formatter formatter =
        new Formatter()
            .setNodeId(NODE)
            .setClusterId(clusterId)
            .addDirectory(log.toString())
            .setMetadataLogDirectory(log.toString())
            .setControllerListenerName("CONTROLLER")
            .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
            .setReleaseVersion(MetadataVersion.latestProduction());
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static Map<String, String> configuration(
      Path log, int port, int controllerPort, Optional<BrokerListener> remote) {
    Map<String, String> map = new HashMap<>();
    map.put("process.roles", "broker,controller");
    map.put("node.id", Integer.toString(NODE));
    map.put("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + controllerPort);
    map.put(
        "listeners",
        "BROKER://" + LOOPBACK + ":" + port + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort);
    map.put("advertised.listeners", "BROKER://" + LOOPBACK + ":" + port);
    map.put("controller.listener.names", "CONTROLLER");
    map.put("inter.broker.listener.name", "BROKER");
    map.put("listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    map.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    map.put("sasl.mechanism.controller.protocol", "PLAIN");
    remote.ifPresent(listener -> add(listener, map));
    map.put("log.dirs", log.toString());
    map.put("auto.create.topics.enable", "false");
    map.put("message.max.bytes", Integer.toString(Topics.MAX_RECORD_BYTES));
    map.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES));
    map.put("group.initial.rebalance.delay.ms", "0");
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      map.put(topic + ".replication.factor", "1");
      map.put(topic + ".num.partitions", "1");
    }
    map.put("transaction.state.log.min.isr", "1");
    map.put("share.coordinator.state.topic.min.isr", "1");
    // Members of a share group: each is a worker. 1,000 is the most that Kafka takes.
    map.put("group.share.max.size", "1000");
    map.put("num.network.threads", "2");
    map.put("num.io.threads", "2");
    map.put("background.threads", "2");
    // Nobody reads Kafka's metrics; without these each gets a management bean.
    map.put("metric.reporters", "");
    map.put("metrics.jmx.exclude", ".*");
    // A controller without followers needs no empty entries in its log; the default is two a
    // second, each forced to disk.
    map.put("metadata.max.idle.interval.ms", "0");
    return map;
  }

  private static void add(BrokerListener remote, Map<String, String> map) {
    String port = ":" + remote.port();
    map.merge("listeners", ",REMOTE://" + host(remote.host()) + port, String::concat);
    map.merge(
        "advertised.listeners", ",REMOTE://" + host(remote.advertised()) + port, String::concat);
    map.merge("listener.security.protocol.map", ",REMOTE:" + remote.protocol(), String::concat);
    remote.settings().forEach((name, value) -> map.put("listener.name.remote." + name, value));
  }

  private static String host(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static int freePort(int wanted) throws IOException {
    if (wanted > 0 && wanted < 1 << 16) {
      try {
        return bound(wanted);
      } catch (IOException e) {
        // Somebody else has it by now; any other will do.
      }
    }
    return bound(0);
  }

  private static int bound(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
      return socket.getLocalPort();
    }
  }

  /** Address for clients. */
  String bootstrap() {
    return bootstrap;
  }

  /** Stops in order. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
