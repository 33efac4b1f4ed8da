package dev.kirchhoff.dse.design;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.Knob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Identifiers of designs by content: the first 16 base-32 characters of SHA-256 over the canonical
 * JSON (sorted keys, no spaces) of resolved chip, mapping, operation, precision, choices of single
 * layers, workload and model version. Equal id, equal numbers.
 */
public final class DesignIds {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 16;
  private static final List<String> PARTS =
      List.of("chip", "mapping", "operation", "precision", "workload");
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private DesignIds() {}

  /** The id of a design. */
  public static String of(DesignSpec spec, int[] ordinals) {
    ObjectNode json = SpecText.jsonOfDesign(spec, ordinals);
    TreeMap<String, Object> content = new TreeMap<>();
    for (String part : PARTS) {
      if (json.has(part)) {
        content.put(part, sorted(json.get(part)));
      }
    }
    content.put("layers", choicesOfLayers(spec.knobs(), ordinals));
    content.put("version", ModelVersion.identity());
    try {
      byte[] bytes = CANONICAL.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
      return base32(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("A design could not be named.", e);
    }
  }

  /** Choices of single layers, which the JSON of a design contains unresolved. */
  private static Map<String, String> choicesOfLayers(List<Knob> knobs, int[] ordinals) {
    Map<String, String> choices = new TreeMap<>();
    for (int k = 0; k < ordinals.length; k++) {
      Knob knob = knobs.get(k);
      if (ordinals[k] != Knob.ABSENT && knob.path().endsWith("]")) {
        choices.put(knob.path(), knob.values().get(ordinals[k]));
      }
    }
    return choices;
  }

  private static Object sorted(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, Object> map = new TreeMap<>();
      node.properties().forEach(e -> map.put(e.getKey(), sorted(e.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(sorted(item)));
      return list;
    }
    return node;
  }

  private static String base32(byte[] digest) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      int bit = i * 5;
      int pair = (digest[bit / 8] & 0xff) << 8 | (digest[bit / 8 + 1] & 0xff);
      text.append(ALPHABET.charAt(pair >> (11 - bit % 8) & 31));
    }
    return text.toString();
  }
}
