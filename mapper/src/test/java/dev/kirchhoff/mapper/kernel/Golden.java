package dev.kirchhoff.mapper.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Golden results of kernels, {@code golden.json}; its README says where they come from. */
final class Golden {
  private static final JsonNode ROOT = root();

  private Golden() {}

  private static JsonNode root() {
    try (InputStream in = Golden.class.getResourceAsStream("golden.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node at a path, {@code /dct8/C}. */
  static JsonNode at(String path) {
    JsonNode node = ROOT.at(path);
    if (node.isMissingNode()) {
      throw new IllegalArgumentException("There are no golden results at " + path + ".");
    }
    return node;
  }

  /** Numbers of a list. */
  static double[] vector(JsonNode node) {
    double[] vector = new double[node.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = node.get(i).asDouble();
    }
    return vector;
  }

  /** Numbers of a list of lists. */
  static double[][] matrix(String path) {
    JsonNode node = at(path);
    double[][] matrix = new double[node.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = vector(node.get(i));
    }
    return matrix;
  }
}
