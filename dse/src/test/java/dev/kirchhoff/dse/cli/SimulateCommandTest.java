package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  private static CommandRun simulate(String... more) {
    String[] all = new String[more.length + 8];
    all[0] = "simulate";
    all[1] = CommandRun.example("resnet18-reram");
    all[2] = "--network";
    all[3] = "sequence-lstm";
    all[4] = "--items";
    all[5] = "16";
    all[6] = "--draws";
    all[7] = "1";
    System.arraycopy(more, 0, all, 8, more.length);
    return CommandRun.of(all);
  }

  @Test
  void accuracyIsToldOverTimeWithTheNoiseOfEachLayer() {
    CommandRun run = simulate("--json").exits(0);
    JsonNode report = run.json();
    assertEquals(1, report.get("trained").get("accuracy").asDouble(), 0.07);
    assertEquals(5, report.get("ages").size());
    assertEquals("0 s", report.get("ages").get(0).get("name").asText());
    assertEquals(0, report.get("costs").size());
    assertEquals(3, report.get("layers").size());
    for (JsonNode layer : report.get("layers")) {
      assertTrue(layer.get("snr_dB").asDouble() < 100, layer.toString());
      assertTrue(layer.has("estimate_dB"), layer.toString());
    }
    assertTrue(report.get("ages").get(2).get("isDesigns").asBoolean());
    for (JsonNode age : report.get("ages")) {
      double accuracy = age.get("accuracy").asDouble();
      assertTrue(age.get("low").asDouble() <= accuracy && accuracy <= age.get("high").asDouble());
    }
    CommandRun again = simulate("--json", "--threads", "2").exits(0);
    assertEquals(run.out(), again.out());
  }

  @Test
  void samplesMayBeTheUsersOwn(@TempDir Path folder) throws IOException {
    StringBuilder table = new StringBuilder();
    for (int k = 0; k < 784; k++) {
      table.append('p').append(k).append(',');
    }
    table.append("label\n");
    for (int i = 0; i < 6; i++) {
      for (int k = 0; k < 784; k++) {
        table.append((i * k) % 7 / 7.0).append(',');
      }
      table.append(i).append('\n');
    }
    Path file = folder.resolve("garments.csv");
    Files.writeString(file, table);
    CommandRun run =
        CommandRun.of(
            "simulate",
            CommandRun.example("resnet18-reram"),
            "--network",
            "fashion-mlp",
            "--samples",
            file.toString(),
            "--draws",
            "1",
            "--set",
            "pe.readout.bits=4");
    assertTrue(run.exits(0).out().contains("3 of 3 samples"), run.out());
  }

  @Test
  void whatCannotBeSimulatedIsSaid() {
    CommandRun.of("simulate", CommandRun.example("resnet18-reram"))
        .refuses("no network with weights", "fashion-cnn");
    simulate("--items", "0").exits(2);
    CommandRun.of(
            "simulate",
            CommandRun.example("resnet18-reram"),
            "--network",
            "fashion-mlp",
            "--draws",
            "0")
        .refuses("--draws is 0, must be at least 1");
  }
}
