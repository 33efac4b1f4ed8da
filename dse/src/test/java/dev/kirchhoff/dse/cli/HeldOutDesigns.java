package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.study.EstimateReport;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.mapping.RecurrentStorage;
import dev.kirchhoff.mapper.simulate.LayerError;
import dev.kirchhoff.mapper.simulate.NetworkAccuracy.Measured;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Random designs of {@code examples/accuracy-study.yaml} whose chips were simulated once, by {@code
 * simulate --designs N --json}, estimated by the models of today. No estimate was fitted to any.
 */
final class HeldOutDesigns {
  /** The networks. */
  static final List<String> NETWORKS =
      List.of("fashion-mlp", "fashion-cnn", "sequence-lstm", "fashion-resnet20");

  private static final ObjectMapper JSON = new ObjectMapper();

  private HeldOutDesigns() {}

  /** The report of a network's designs. */
  static EstimateReport of(String network) throws Exception {
    DesignSpec spec =
        DesignSpec.load(
            CommandRun.example("accuracy-study"),
            List.of(new Setting("workload", network)),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    JsonNode stored = stored(network);
    int items = stored.get("items").asInt();
    Evaluator evaluator = new Evaluator();
    List<EstimateReport.Row> rows = new ArrayList<>();
    for (JsonNode row : stored.get("rows")) {
      Evaluation evaluation =
          evaluator.evaluate(
              RecurrentStorage.separate(spec.newBinder().bind(ordinals(spec, row.get("knobs")))));
      rows.add(EstimateReport.Row.of(knobs(row), measured(row, items), evaluation, network));
    }
    return new EstimateReport(
        stored.get("title").asText(),
        items,
        stored.get("draws").asInt(),
        stored.get("seed").asLong(),
        stored.get("refused").asInt(),
        rows);
  }

  private static JsonNode stored(String network) throws IOException {
    try (InputStream in =
        HeldOutDesigns.class.getResourceAsStream("simulated/" + network + ".json")) {
      return JSON.readTree(in);
    }
  }

  private static int[] ordinals(DesignSpec spec, JsonNode knobs) {
    int[] ordinals = new int[spec.knobs().size()];
    for (int k = 0; k < ordinals.length; k++) {
      Knob knob = spec.knobs().get(k);
      ordinals[k] = Knob.ABSENT;
      if (knob.existsIn(ordinals)) {
        ordinals[k] = knob.values().indexOf(knobs.get(knob.path()).asText());
      }
    }
    return ordinals;
  }

  private static Map<String, String> knobs(JsonNode row) {
    Map<String, String> knobs = new TreeMap<>();
    row.get("knobs").properties().forEach(e -> knobs.put(e.getKey(), e.getValue().asText()));
    return knobs;
  }

  /** Chips of one draw: the loss of stored ones is known, not which samples make it. */
  private static Measured measured(JsonNode row, int items) {
    long kept = Math.round(items * row.get("agreement").get("simulated").asDouble());
    PairedCount count = new PairedCount(items, 1, kept);
    if (row.hasNonNull("accuracyLoss")) {
      long loss = Math.round(items * row.get("accuracyLoss").get("simulated").asDouble());
      long gained = Math.max(0, -loss);
      count = new PairedCount(items, 1, kept, items - gained, Math.max(0, loss), gained);
    }
    List<LayerError> layers = new ArrayList<>();
    for (JsonNode layer : row.get("layers")) {
      double snr_dB = layer.get("snr_dB").asDouble();
      double error = snr_dB >= LayerError.MOST_DB ? 0 : Math.pow(10, -snr_dB / 10);
      layers.add(new LayerError(layer.get("layer").asText(), 1, 1, error));
    }
    return new Measured(count, layers);
  }
}
