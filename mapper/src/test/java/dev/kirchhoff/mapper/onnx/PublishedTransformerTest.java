package dev.kirchhoff.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * all-MiniLM-L6-v2 (huggingface.co/sentence-transformers, Apache-2.0; a test dependency): a
 * transformer of six layers with three inputs, cut at its 36 matrices.
 */
@Tag("slow")
class PublishedTransformerTest {
  private static final int TOKENS = 16;
  private static final int ITEMS = 4;

  static byte[] model() throws IOException {
    try (InputStream stream =
        PublishedTransformerTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
      return stream.readAllBytes();
    }
  }

  static SplitNetwork network(int tokens) throws Exception {
    Map<String, int[]> shapes = new HashMap<>();
    for (String input : List.of("input_ids", "attention_mask", "token_type_ids")) {
      shapes.put(input, new int[] {1, tokens});
    }
    return SplitNetwork.of(model(), shapes);
  }

  @Test
  void itIsCutAtItsMatrices() throws Exception {
    SplitNetwork network = network(TOKENS);
    assertEquals(36, network.layers().size());
    assertEquals(3 * TOKENS, network.inputSize());
    float[][] items = new float[ITEMS][3 * TOKENS];
    for (int i = 0; i < ITEMS; i++) {
      for (int t = 0; t < TOKENS; t++) {
        items[i][t] = 1000 + 977 * i + 131 * t;
        items[i][TOKENS + t] = 1;
      }
    }
    List<float[]> whole = network.runExactly(items);
    try (SplitRun run = network.start(items)) {
      while (run.isAtMatrix()) {
        run.multiplyExactly();
      }
      for (int i = 0; i < ITEMS; i++) {
        float[] split = run.outputs().get(i);
        assertEquals(384 * TOKENS, split.length);
        for (int k = 0; k < split.length; k++) {
          assertEquals(whole.get(i)[k], split[k], 1e-4);
        }
      }
    }
    // One item by our own multiplication of the vectors.
    float[][] one = {items[0]};
    float[] vectors = network.run(one, 0, SplitNetworkTest.plain(network)).get(0);
    double most = 0;
    for (int k = 0; k < vectors.length; k++) {
      most = Math.max(most, Math.abs(whole.get(0)[k] - vectors[k]));
    }
    assertTrue(most < 1e-4, "off by " + most);
  }
}
