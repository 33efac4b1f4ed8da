package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners for other machines that {@code broker} refuses. */
class BrokerCommandTest {
  @TempDir Path folder;

  private CommandRun broker(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "broker";
    all[1] = "--data";
    all[2] = folder.resolve("data").toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CommandRun.of(all);
  }

  @Test
  void anAddressBeyondThisMachineNeedsSettingsOrConsent() throws IOException {
    broker("--bind", "0.0.0.0")
        .refuses("opens the broker to other machines", "--kafka-config FILE", "--open");
    Path file = folder.resolve("listener.properties");
    Files.writeString(file, "sasl.enabled.mechanisms=PLAIN\n");
    broker("--bind", "0.0.0.0", "--kafka-config", file.toString())
        .refuses("security.protocol must be SSL, SASL_SSL or SASL_PLAINTEXT");
    Files.writeString(file, "security.protocol=PLAINTEXT\n");
    broker("--bind", "0.0.0.0", "--kafka-config", file.toString())
        .refuses("security.protocol must be SSL");
    broker("--bind", "0.0.0.0", "--kafka-config", folder.resolve("none").toString())
        .refuses("cannot be read");
    assertFalse(Files.exists(folder.resolve("data")), "a refusal leaves nothing behind");
  }

  @Test
  void optionsThatMeanNothingAreRefused() {
    broker("--open").refuses("are of the listener of --bind");
    broker("--port", "0").refuses("--port is 0, must be 1..65535");
    broker("--bind", "nowhere.invalid").refuses("is no address of this machine");
  }
}
