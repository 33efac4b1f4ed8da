package dev.kirchhoff.dse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Measured figures of the documentation as commands print them. {@code -Dkirchhoff.rewrite=true}
 * writes them again; the difference is then reviewed.
 */
class FiguresDocumentTest {
  private static final Path FOLDER = Path.of("..", "docs", "figures");
  private static final Path DESIGNS = Path.of("..", "designs");

  /** Layer of the quickstart's network whose terms are listed. */
  private static final String LAYER = "stage2.block2.conv1";

  private record Printed(String command, String text) {}

  private static Printed printed(String... command) {
    CommandRun run = CommandRun.of(command).exits(0);
    return new Printed(fromRoot(String.join(" ", command)), fromRoot(run.out()));
  }

  private static void holds(String name, String title, Printed... outputs) throws IOException {
    StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
    text.append("Output of commands, written by `FiguresDocumentTest`.\n");
    for (Printed output : outputs) {
      text.append("\n```\n$ ./kirchhoff ").append(output.command).append('\n');
      text.append(output.text).append("```\n");
    }
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertEquals(
        text.toString(), Files.readString(file), file + " is old; -Dkirchhoff.rewrite=true");
  }

  /** Paths as they are from the project's folder. */
  private static String fromRoot(String text) {
    return text.replace("../", "");
  }

  @Test
  void publishedChips() throws IOException {
    Printed printed = printed("validate", DESIGNS.toString());
    holds("gallery.md", "Published chips", new Printed("validate", printed.text));
  }

  @Test
  void agreementEstimate() throws Exception {
    List<Printed> outputs = new ArrayList<>();
    for (String network : HeldOutDesigns.NETWORKS) {
      outputs.add(
          new Printed(
              "simulate examples/accuracy-study.yaml --network " + network + " --designs N",
              EstimateText.of(HeldOutDesigns.of(network)).toString()));
    }
    holds(
        "agreement-estimate.md",
        "Estimate of agreement against simulated chips",
        outputs.toArray(Printed[]::new));
  }

  /**
   * One design with more bits in a cell and in a pulse: what each saves, and what errs for it, term
   * by term.
   */
  @Test
  void bitsOfACellAndOfAPulse() throws IOException {
    StringBuilder text = new StringBuilder("# Bits of a cell and of a pulse\n\n");
    text.append("Written by `FiguresDocumentTest`: the start of `examples/quickstart.yaml` with\n");
    text.append(
        "`cell.device`, `cell.bits` and `pe.input.bitsPerPulse` set. Crossbars, energy, area,\n");
    text.append("latency and agreement are of the network; the terms are of its layer\n");
    text.append("`")
        .append(LAYER)
        .append("`, in decibels below the signal (`explain SPEC noise`).\n");
    for (String device : List.of("redox-hfox-wan2022", "redox-hfox-cmo")) {
      text.append("\n## ").append(device).append("\n\n");
      text.append(
          "| bits of a cell, of a pulse | crossbars | energy | area | latency | agreement | layer |"
              + " quantisation | readout | cells | wires | input |\n");
      text.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
      for (int cell = 1; cell <= 3; cell++) {
        for (int pulse : cell == 1 ? new int[] {1, 2, 4} : new int[] {1}) {
          text.append(row(device, cell, pulse));
        }
      }
    }
    Path file = FOLDER.resolve("bits.md");
    if (Boolean.getBoolean("kirchhoff.rewrite")) {
      Files.writeString(file, text);
    }
    assertEquals(
        text.toString(), Files.readString(file), file + " is old; -Dkirchhoff.rewrite=true");
  }

  private static String row(String device, int cell, int pulse) {
    JsonNode json =
        CommandRun.of(
                "evaluate",
                CommandRun.example("quickstart"),
                "--set",
                "cell.device=" + device,
                "--set",
                "cell.bits=" + cell,
                "--set",
                "pe.input.bitsPerPulse=" + pulse,
                "--json")
            .json();
    JsonNode totals = json.get("totals");
    JsonNode noise = null;
    for (JsonNode layer : json.get("layers")) {
      noise = layer.get("layer").asText().equals(LAYER) ? layer.get("noise") : noise;
    }
    StringBuilder row = new StringBuilder("| " + cell + ", " + pulse);
    row.append(" | ").append(totals.get("crossbars").asInt());
    row.append(" | ").append(Metric.ENERGY.print(totals.get("energy_uJ").asDouble()));
    row.append(" | ").append(Metric.AREA.print(totals.get("area_mm2").asDouble()));
    row.append(" | ").append(Metric.LATENCY.print(totals.get("latency_ms").asDouble()));
    row.append(" | ").append(Metric.AGREEMENT.print(totals.get("agreement").asDouble()));
    row.append(" | ").append(Units.significant(noise.get("snr_dB").asDouble())).append(" dB");
    for (String term : List.of("quantisation", "readout", "cells", "irDrop", "input")) {
      double ratio = noise.get(term).asDouble();
      row.append(" | ")
          .append(ratio > 0 ? Units.significant(-10 * StrictMath.log10(ratio)) + " dB" : "none");
    }
    return row.append(" |\n").toString();
  }
}
