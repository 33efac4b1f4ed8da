package dev.kirchhoff.dse.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** A broker with a second listener that asks for a password. */
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
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(folder.resolve("log"), 0, Optional.of(remote))) {
      assertEquals(1, nodes(broker.bootstrap(), Map.of()));
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

  private static int nodes(String bootstrap, Map<String, String> settings) throws Exception {
    Map<String, Object> client = new HashMap<>(settings);
    client.put("bootstrap.servers", bootstrap);
    try (Admin admin = Admin.create(client)) {
      return admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).size();
    }
  }
}
