package dev.kirchhoff.dse.stream;

import dev.kirchhoff.dse.run.DataProblemException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Address that a broker listens on beside its own on the loopback interface, for other machines.
 *
 * @param host address of this machine
 * @param port its port
 * @param protocol PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
 * @param settings settings of Kafka's server for this listener
 */
public record BrokerListener(String host, int port, String protocol, Map<String, String> settings) {
  private static final String PROTOCOL = "security.protocol";
  private static final Set<String> GUARDED = Set.of("SSL", "SASL_SSL", "SASL_PLAINTEXT");

  public BrokerListener {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * Listener from the options.
   *
   * @param host value of {@code --bind}
   * @param port value of {@code --port}
   * @param configuration value of {@code --kafka-config}: Kafka's server settings for the listener,
   *     {@code security.protocol} among them
   * @param open whether everybody may use it
   * @return empty for a loopback address, which needs no other listener
   * @throws DataProblemException if it is open to others and nobody said so, or the settings cannot
   *     be used
   */
  public static Optional<BrokerListener> of(
      String host, int port, Optional<Path> configuration, boolean open) {
    if (address(host).isLoopbackAddress()) {
      return Optional.empty();
    }
    if (configuration.isPresent()) {
      Map<String, String> settings = new TreeMap<>(KafkaTarget.properties(configuration.get()));
      String protocol = settings.remove(PROTOCOL);
      if (protocol == null || !GUARDED.contains(protocol)) {
        throw new DataProblemException(
            configuration.get() + ": " + PROTOCOL + " must be SSL, SASL_SSL or SASL_PLAINTEXT");
      }
      return Optional.of(new BrokerListener(host, port, protocol, settings));
    }
    if (!open) {
      throw new DataProblemException(
          "--bind "
              + host
              + " opens the broker to other machines: give --kafka-config FILE with its TLS or SASL"
              + " settings, or --open, which lets everybody who reaches the port read, change and"
              + " delete the topics of all runs, without password and encryption");
    }
    return Optional.of(new BrokerListener(host, port, "PLAINTEXT", Map.of()));
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new DataProblemException("--bind: '" + host + "' is no address of this machine");
    }
  }

  /** True if clients need neither certificate nor password. */
  public boolean isOpen() {
    return settings.isEmpty();
  }

  /** Host that clients are sent to: the machine's name where it listens on all addresses. */
  String advertised() {
    try {
      return address(host).isAnyLocalAddress() ? InetAddress.getLocalHost().getHostName() : host;
    } catch (UnknownHostException e) {
      return host;
    }
  }
}
