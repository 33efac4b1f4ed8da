package dev.kirchhoff.dse.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.dse.run.DataProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTargetTest {
  @TempDir Path temporary;

  @Test
  void withoutOptionsTheBuiltInBrokerIsUsed() {
    assertEquals(
        new KafkaTarget.BuiltIn(), KafkaTarget.of(Optional.empty(), Optional.empty(), false));
    assertEquals(new KafkaTarget.None(), KafkaTarget.of(Optional.empty(), Optional.empty(), true));
  }

  @Test
  void anAddressGoesBeforeTheFilesAddress() throws IOException {
    Path file = temporary.resolve("client.properties");
    Files.writeString(file, "bootstrap.servers=a:1\nsecurity.protocol=SSL\n");
    assertEquals(
        new KafkaTarget.External(Map.of("bootstrap.servers", "a:1", "security.protocol", "SSL")),
        KafkaTarget.of(Optional.empty(), Optional.of(file), false));
    KafkaTarget both = KafkaTarget.of(Optional.of("b:2,c:3"), Optional.of(file), false);
    assertEquals("b:2,c:3", ((KafkaTarget.External) both).bootstrap());
  }

  @Test
  void contradictionsAndNonsenseAreReported() throws IOException {
    assertProblem(Optional.of("a:1"), Optional.empty(), true, "--no-kafka cannot stand beside");
    for (String bad : List.of("host", "host:", ":9092", "host:99999", "a:1,,b:2", "h:x")) {
      assertProblem(Optional.of(bad), Optional.empty(), false, "must be host:port");
    }
    Path empty = Files.writeString(temporary.resolve("empty"), "");
    assertProblem(Optional.empty(), Optional.of(empty), false, "has no bootstrap.servers");
    assertProblem(
        Optional.empty(), Optional.of(temporary.resolve("none")), false, "cannot be read");
  }

  private static void assertProblem(
      Optional<String> kafka, Optional<Path> file, boolean none, String problem) {
    String message =
        assertThrows(DataProblemException.class, () -> KafkaTarget.of(kafka, file, none))
            .getMessage();
    assertTrue(message.contains(problem), message);
  }
}
