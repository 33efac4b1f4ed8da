package dev.kirchhoff.dse.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.dse.run.OwnerLock;
import dev.kirchhoff.dse.run.ReplacedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Address of the built-in broker of a data directory: {@code broker/endpoint.json}, which only the
 * owner of {@code broker/lock} writes. The file outlives its broker, so that the next one takes the
 * same port.
 *
 * @param bootstrap {@code 127.0.0.1:PORT}
 * @param pid process of the broker
 */
public record Endpoint(String bootstrap, long pid) {
  private static final String FILE = "endpoint.json";

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
          : Optional.of(new Endpoint(bootstrap, node.path("pid").asLong()));
    } catch (IOException e) {
      return Optional.empty();
    }
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
