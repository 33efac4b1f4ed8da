package dev.kirchhoff.dse.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for its own password, with a second listener that asks for another. */
@Timeout(120)
class BrokerListenerIT {
  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  @TempDir Path folder;

  @Test
  void clientsOfTheSecondListenerNeedThePasswordOfItsSettings() throws Exception {
    Path file = folder.resolve("listener.properties");
    Files.writeString(
        file,
        "security.protocol=SASL_PLAINTEXT\nsasl.enabled.mechanisms=PLAIN\n"
            + "plain.sasl.jaas.config="
            + PLAIN
            + "user_reader=\"secret\";\n");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Map<String, String> settings = new HashMap<>(KafkaTarget.properties(file));
    String protocol = settings.remove("security.protocol");
    BrokerListener remote = new BrokerListener("127.0.0.1", port, protocol, settings);
    BrokerCredentials own = BrokerCredentials.of(Optional.empty());
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(folder.resolve("log"), 0, own, Optional.of(remote))) {
      assertEquals(1, nodes(broker.bootstrap(), own.client()));
      Map<String, String> guess = BrokerCredentials.of(Optional.empty()).client();
      ExecutionException foreign =
          assertThrows(ExecutionException.class, () -> nodes(broker.bootstrap(), guess));
      assertTrue(foreign.getMessage().contains("Authentication"), foreign.getMessage());
      Map<String, String> plain =
          Map.of("default.api.timeout.ms", "3000", "request.timeout.ms", "1000");
      assertThrows(ExecutionException.class, () -> nodes(broker.bootstrap(), plain));
      Map<String, String> client = new HashMap<>();
      client.put("security.protocol", "SASL_PLAINTEXT");
      client.put("sasl.mechanism", "PLAIN");
      client.put("sasl.jaas.config", PLAIN + "username=\"reader\" password=\"secret\";");
      assertEquals(1, nodes("127.0.0.1:" + port, client));
      client.put("sasl.jaas.config", PLAIN + "username=\"reader\" password=\"guess\";");
      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> nodes("127.0.0.1:" + port, client));
      assertTrue(refused.getMessage().contains("Authentication"), refused.getMessage());
    }
  }

  @Test
  void theNextBrokerAsksForTheSamePassword() {
    BrokerCredentials own = BrokerCredentials.of(Optional.empty());
    Endpoint endpoint = new Endpoint("127.0.0.1:1", 1, own.client());
    assertEquals(own, BrokerCredentials.of(Optional.of(endpoint)));
    Endpoint without = new Endpoint("127.0.0.1:1", 1, Map.of());
    assertNotEquals(own, BrokerCredentials.of(Optional.of(without)));
  }

  private static int nodes(String bootstrap, Map<String, String> settings) throws Exception {
    Map<String, Object> client = new HashMap<>(settings);
    client.put("bootstrap.servers", bootstrap);
    try (Admin admin = Admin.create(client)) {
      return admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).size();
    }
  }
}
