package dev.kirchhoff.mapper.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kirchhoff.mapper.onnx.ComputeGraph;
import dev.kirchhoff.mapper.onnx.GraphExecutor;
import dev.kirchhoff.mapper.onnx.GraphNode;
import dev.kirchhoff.mapper.onnx.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Two small trained networks with what they make of their data. */
record GoldenNetworks(
    GraphExecutor network, List<float[]> items, List<Integer> labels, String predictions) {

  static GoldenNetworks digits() throws IOException {
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

  static GoldenNetworks fashion() throws IOException {
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
  private static GraphExecutor perceptron(List<float[][]> weights) {
    Map<String, Values> constants = new TreeMap<>();
    List<GraphNode> nodes = new ArrayList<>();
    String from = "x";
    for (int l = 0; l < weights.size(); l++) {
      float[][] w = weights.get(l);
      float[] flat = new float[w.length * w[0].length];
      for (int i = 0; i < w.length; i++) {
        System.arraycopy(w[i], 0, flat, i * w[0].length, w[0].length);
      }
      constants.put("w" + l, Values.of(new int[] {w.length, w[0].length}, flat));
      nodes.add(node("MatMul", "layer" + l, List.of(from, "w" + l), "y" + l));
      from = "y" + l;
      if (l + 1 < weights.size()) {
        nodes.add(node("Relu", "relu" + l, List.of(from), "h" + l));
        from = "h" + l;
      }
    }
    List<Integer> dims = List.of(1, weights.get(0).length);
    return GraphExecutor.of(new ComputeGraph("x", dims, from, constants, nodes));
  }

  static GraphNode node(String operator, String name, List<String> inputs, String output) {
    return new GraphNode(operator, name, inputs, List.of(output), new GraphNode.Attributes(), 17);
  }

  /** Predictions of a classification as a string of digits. */
  static String predictions(Classification classification) {
    StringBuilder digits = new StringBuilder();
    classification.classes().forEach(digits::append);
    return digits.toString();
  }
}
