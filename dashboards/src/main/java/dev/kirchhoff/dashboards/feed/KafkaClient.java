package dev.kirchhoff.dashboards.feed;

import dev.kirchhoff.arch.event.EventJson;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings of Kafka's clients in a properties file, as {@code explore --kafka-config} takes it. */
public final class KafkaClient {
  /** Name of the setting with the addresses. */
  public static final String BOOTSTRAP = "bootstrap.servers";

  private KafkaClient() {}

  /**
   * Reads a file of settings.
   *
   * @throws IOException if it cannot be read; the message is for the user
   */
  public static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(file + " cannot be read", e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }

  /** File with address and credentials of the built-in broker of a data directory. */
  static Path endpoint(Path data) {
    return data.resolve("broker").resolve("endpoint.json");
  }

  /** Settings that the built-in broker asks its clients for; none if they cannot be read. */
  static Map<String, String> builtIn(Path data) {
    Map<String, String> settings = new TreeMap<>();
    try {
      EventJson.mapper()
          .readTree(Files.readAllBytes(endpoint(data)))
          .path("client")
          .properties()
          .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
    } catch (IOException e) {
      settings.clear(); // being replaced: the connection fails and is tried again
    }
    return settings;
  }
}
