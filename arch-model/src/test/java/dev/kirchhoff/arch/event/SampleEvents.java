package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kirchhoff.arch.result.BandEnd;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** One event of every type, as a run would write it. */
final class SampleEvents {
  static final String TIME = "2026-11-24T23:12:35.120Z";

  private SampleEvents() {}

  static List<RunEvent> all() {
    return List.of(
        run(),
        run()
            .in(
                "finished",
                "the budget is used up",
                new RunEvent.Draws(
                    1000,
                    List.of(2L, 7L),
                    List.of(0.63, 1.0),
                    List.of(0.98, 1.0),
                    new RunEvent.Rivals(3, List.of(11L), List.of(0.2), List.of(0.9)),
                    List.of(
                        new RunEvent.Contest(
                            "pe.readout",
                            "TOPS/W",
                            new RunEvent.Contender("sar", 7, 2.4, 0),
                            List.of(new RunEvent.Contender("flash", 9, 1.9, 0.71)),
                            true,
                            List.of(new RunEvent.Turn("sar-28nm", "energy", 1.8, 0.3, 3, "flash")),
                            List.of(
                                new RunEvent.Alternative(
                                    "technology.flavour=lowPower", "flash")))))),
        new RunEvent.Evaluations(
            0,
            3,
            0,
            0,
            new int[][] {{0, 1, 1}, {3, -1, 4}},
            new double[][] {{31.2, Double.NaN, 28.9}, {41.0, Double.NaN, 44.7}},
            new double[][] {{0, 12, 0.5}},
            new float[][] {{0, 0.24f, 0.01f}},
            new RunEvent.Figures(
                new float[][] {{1.5f, Float.NaN, -2e-9f}, {Float.NaN, Float.NaN, Float.NaN}},
                new float[][] {{3, -12, -0.5f}})),
        new RunEvent.Front("k3v7abcdefghijkl", 2, "entered", List.of(28.9, 44.7)),
        new RunEvent.Front("k3v7abcdefghijkl", 2, "left", List.of(28.9, 44.7)),
        new RunEvent.Round(0, 3, 5, 1, 0.412, tree("{\"eps\":0.1}")),
        new RunEvent.DesignDetails(
            "k3v7abcdefghijkl",
            2,
            tree("{\"area_um2\":1.5e6}"),
            tree("{\"area_um2\":{\"name\":\"chip\",\"parts\":[]}}"),
            tree("[{\"name\":\"conv1\"}]"),
            tree("{\"snr_dB\":18.1}"),
            tree("{\"area_um2\":{\"low\":1.1e6,\"nominal\":1.5e6,\"high\":2.5e6}}"),
            new RunEvent.Accuracy(
                "fashion-cnn",
                new RunEvent.Sampled(0.91, 0.862, 0.942),
                new RunEvent.Sampled(0.015, -0.01, 0.04),
                0.0123,
                new RunEvent.Sampled(0.935, 0.892, 0.962),
                0.951,
                "agreement >= 97 %",
                200,
                1,
                1,
                86400)),
        new RunEvent.Round(
            1,
            9,
            12,
            1,
            0.5,
            tree("{}"),
            List.of(3, -1),
            new RunEvent.Swept(4_000, 90, 1, List.of(3_909L, 0L))),
        new RunEvent.Command("c-9f2e", "constrain", "area <= 40 mm2"),
        new RunEvent.Command("c-1", "inject", null, Map.of("cell.bits", "2"), 12L, null),
        new RunEvent.Command("c-2", "budget", null, null, null, 5000L),
        new RunEvent.Ack("c-9f2e", true, "", 1500, tree("{\"kind\":\"constrain\"}")),
        new RunEvent.Progress(5, 1500, 52000, 310));
  }

  static RunEvent.Run run() {
    return new RunEvent.Run(
            "running",
            "",
            "1.0.0+ab12cd3",
            1,
            3000,
            "optaplanner",
            2,
            tree("{\"kirchhoff\":1,\"name\":\"größe ≤ 50 mm²\"}"),
            List.of(new RunEvent.FileDigest("net.onnx", "0".repeat(64))),
            List.of(
                new RunEvent.KnobHeader(
                    "crossbar.rows", List.of(IntNode.valueOf(64), IntNode.valueOf(128)), 0, ""),
                new RunEvent.KnobHeader(
                    "pe.readout", List.of(TextNode.valueOf("sar")), 0, "pe.input = bitSerial")),
            List.of("TOPS/W", "area"),
            List.of("area <= 50 mm2"),
            "sample",
            List.of(
                new RunEvent.Axis("TOPS/W", "energyEfficiency_TOPSperW", "TOPS/W", true),
                RunEvent.Axis.at(BandEnd.PESSIMISTIC, "area", "area_um2", "um2", false)))
        .recording(
            new RunEvent.Recorded(
                List.of(
                    new RunEvent.Column("energy_uJ", "energy", "uJ"),
                    new RunEvent.Column("snr_dB", "snr", "dB")),
                List.of(new RunEvent.Column("slack.0", "area <= 50 mm2", "mm2"))))
        .startingWith(new RunEvent.WarmStart("earlier", List.of(List.of(1, 0), List.of(0, -1))))
        .proving(new RunEvent.Proved(0.02, 512, 40, 3));
  }

  static JsonNode tree(String json) {
    try {
      return EventJson.mapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  static EventEnvelope envelope(RunEvent event, long seq) {
    boolean durable = !(event instanceof RunEvent.Progress) && !(event instanceof RunEvent.Command);
    return new EventEnvelope(
        EventJson.typeOf(event),
        "20261124T231235Z-sample-k3f9",
        0,
        durable ? OptionalLong.of(seq) : OptionalLong.empty(),
        TIME,
        event);
  }

  /** Random columns with everything that may stand in them. */
  static RunEvent.Evaluations evaluations(RandomGenerator random, int count, int knobCount) {
    int[][] knobs = new int[knobCount][count];
    double[][] values = new double[2][count];
    double[][] violations = new double[4][count];
    for (int i = 0; i < count; i++) {
      for (int[] column : knobs) {
        column[i] = random.nextInt(-1, 12);
      }
      boolean feasible = random.nextInt(10) < 6;
      for (double[] column : values) {
        column[i] =
            feasible ? Math.scalb(random.nextDouble(-1, 1), random.nextInt(-60, 60)) : Double.NaN;
      }
      violations[random.nextInt(4)][i] = feasible ? 0 : random.nextDouble(0, 1e4);
    }
    return new RunEvent.Evaluations(
        random.nextLong(1L << 40), count, random.nextInt(100), 0, knobs, values, violations);
  }
}
