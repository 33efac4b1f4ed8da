package dev.kirchhoff.dse.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dse.run.OwnerLock;
import dev.kirchhoff.dse.run.ReplacedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Address of the built-in broker of a data directory and the credentials that it asks for: {@code
 * broker/endpoint.json}, for its owner alone, which only the owner of {@code broker/lock} writes.
 * The file outlives its broker, so that the next one takes the same port and password.
 *
 * @param bootstrap {@code 127.0.0.1:PORT}
 * @param pid process of the broker
 * @param client settings of Kafka's clients with which they prove that they may read the file
 */
public record Endpoint(String bootstrap, long pid, Map<String, String> client) {
  private static final String FILE = "endpoint.json";

  public Endpoint {
    client = Collections.unmodifiableMap(new TreeMap<>(client));
  }

  static Path lock(Path brokerDirectory) {
    return brokerDirectory.resolve("lock");
  }

  /** The endpoint as last written; empty if none was or it cannot be read. */
  public static Optional<Endpoint> read(Path brokerDirectory) {
    try {
      JsonNode node =
          EventJson.mapper().readTree(Files.readAllBytes(brokerDirectory.resolve(FILE)));
      String bootstrap = node.path("bootstrap").asText("");
      return bootstrap.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Endpoint(bootstrap, node.path("pid").asLong(), client(node.path("client"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> client(JsonNode node) {
    Map<String, String> client = new TreeMap<>();
    node.properties().forEach(field -> client.put(field.getKey(), field.getValue().asText()));
    return client;
  }

  /** The endpoint as a destination of events. */
  public KafkaTarget.External target() {
    Map<String, String> settings = new TreeMap<>(client);
    settings.put(KafkaTarget.BOOTSTRAP, bootstrap);
    return new KafkaTarget.External(settings);
  }

  /** The endpoint of the broker that lives; empty if none does. */
  public static Optional<Endpoint> ofLivingBroker(Path brokerDirectory) {
    return OwnerLock.isHeld(lock(brokerDirectory)) ? read(brokerDirectory) : Optional.empty();
  }

  void write(Path brokerDirectory) throws IOException {
    ReplacedFile.write(
        brokerDirectory.resolve(FILE), EventJson.mapper().writeValueAsString(this) + "\n");
  }

  /** Port of {@link #bootstrap}; 0 if it has none. */
  int port() {
    try {
      return Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
