package dev.kirchhoff.mapper.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.arch.design.NetworkFormat.FormatException;
import dev.kirchhoff.mapper.onnx.Models;
import dev.kirchhoff.mapper.onnx.SplitNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Two small trained networks with what they make of their data. */
record GoldenNetworks(
    SplitNetwork network, List<float[]> items, List<Integer> labels, String predictions) {

  static GoldenNetworks digits() throws IOException, FormatException {
    JsonNode root = json("digits_mlp.json");
    List<float[][]> weights = new ArrayList<>();
    for (JsonNode layer : root.get("weights")) {
      weights.add(matrix(layer, 1));
    }
    List<float[]> items = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(stream("digits.csv.gz")), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(",");
        float[] pixels = new float[64];
        for (int i = 0; i < 64; i++) {
          pixels[i] = Float.parseFloat(words[i]) / 16;
        }
        items.add(pixels);
        labels.add((int) Double.parseDouble(words[64]));
      }
    }
    return new GoldenNetworks(
        perceptron(weights), items, labels, root.get("predictions_all_rows").asText());
  }

  static GoldenNetworks fashion() throws IOException, FormatException {
    JsonNode root = json("fashion_mlp_int8.json");
    List<float[][]> weights = new ArrayList<>();
    for (JsonNode layer : root.get("layers")) {
      weights.add(matrix(layer.get("q"), layer.get("scale").asDouble()));
    }
    List<float[]> items = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(stream("fashion-first-500.gz"))) {
      for (int i = 0; i < 500; i++) {
        byte[] bytes = in.readNBytes(784);
        float[] pixels = new float[784];
        for (int k = 0; k < 784; k++) {
          pixels[k] = (bytes[k] & 0xff) / 255f;
        }
        items.add(pixels);
      }
      for (byte label : in.readAllBytes()) {
        labels.add((int) label);
      }
    }
    return new GoldenNetworks(
        perceptron(weights), items, labels, root.get("predictions_first_500").asText());
  }

  private static InputStream stream(String name) {
    return GoldenNetworks.class.getResourceAsStream(name);
  }

  private static JsonNode json(String name) throws IOException {
    try (InputStream in = stream(name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static float[][] matrix(JsonNode node, double scale) {
    float[][] rows = new float[node.size()][node.get(0).size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (float) (scale * node.get(i).get(j).asDouble());
      }
    }
    return rows;
  }

  /** Matrices with rectifiers between them. */
  private static SplitNetwork perceptron(List<float[][]> weights) throws FormatException {
    Models models = new Models().input("x", "N", weights.get(0).length);
    String from = "x";
    for (int l = 0; l < weights.size(); l++) {
      float[][] w = weights.get(l);
      float[] flat = new float[w.length * w[0].length];
      for (int i = 0; i < w.length; i++) {
        System.arraycopy(w[i], 0, flat, i * w[0].length, w[0].length);
      }
      String matrix = models.values(new long[] {w.length, w[0].length}, flat);
      from = models.node("MatMul", List.of(from, matrix));
      from = l + 1 < weights.size() ? models.node("Relu", List.of(from)) : from;
    }
    return SplitNetwork.of(models.bytes(from), Map.of());
  }

  /** Predictions of a classification as a string of digits. */
  static String predictions(Classification classification) {
    StringBuilder digits = new StringBuilder();
    classification.classes().forEach(digits::append);
    return digits.toString();
  }
}
