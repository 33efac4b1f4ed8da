package dev.kirchhoff.dse.stream;

import dev.kirchhoff.dse.run.DataProblemException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Destination of a run's events: {@code --kafka}, {@code --kafka-config}, {@code --no-kafka}, or
 * the default.
 */
public sealed interface KafkaTarget {

  /** The built-in broker of the data directory, started if nobody has. */
  record BuiltIn() implements KafkaTarget {}

  /**
   * A cluster of the user's.
   *
   * @param client settings of Kafka's clients, {@code bootstrap.servers} among them
   */
  record External(Map<String, String> client) implements KafkaTarget {
    public External {
      client = Collections.unmodifiableMap(new TreeMap<>(client));
    }

    /** Addresses of the cluster. */
    public String bootstrap() {
      return client.get(BOOTSTRAP);
    }
  }

  /** No Kafka at all. */
  record None() implements KafkaTarget {}

  /** Name of the setting with the addresses. */
  String BOOTSTRAP = "bootstrap.servers";

  /**
   * Destination from the options.
   *
   * @param kafka value of {@code --kafka}: {@code host:port}, or several with commas
   * @param configuration value of {@code --kafka-config}: a properties file for Kafka's clients
   * @param none whether {@code --no-kafka} was given
   * @throws DataProblemException if they contradict each other or cannot be read
   */
  static KafkaTarget of(Optional<String> kafka, Optional<Path> configuration, boolean none) {
    if (none) {
      if (kafka.isPresent() || configuration.isPresent()) {
        throw new DataProblemException("--no-kafka cannot stand beside --kafka or --kafka-config");
      }
      return new None();
    }
    if (kafka.isEmpty() && configuration.isEmpty()) {
      return new BuiltIn();
    }
    Map<String, String> client = new TreeMap<>();
    configuration.ifPresent(file -> client.putAll(properties(file)));
    kafka.ifPresent(address -> client.put(BOOTSTRAP, checked(address)));
    if (!client.containsKey(BOOTSTRAP)) {
      throw new DataProblemException(
          configuration.get() + ": has no " + BOOTSTRAP + "; add it or give --kafka host:port");
    }
    return new External(client);
  }

  private static String checked(String addresses) {
    for (String address : addresses.split(",", -1)) {
      int colon = address.lastIndexOf(':');
      String port = address.substring(colon + 1);
      if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new DataProblemException(
            "--kafka: '" + address + "' must be host:port, for example localhost:9092");
      }
    }
    return addresses;
  }

  /**
   * Settings in a properties file.
   *
   * @throws DataProblemException if it cannot be read
   */
  static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new DataProblemException("--kafka-config: " + file + " cannot be read");
    }
    Map<String, String> map = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      map.put(name, properties.getProperty(name));
    }
    return map;
  }
}
