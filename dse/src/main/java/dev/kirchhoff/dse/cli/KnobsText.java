package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knobs of a design with their values, a line each; those of layers on a line a value. */
final class KnobsText {
  private static final Pattern OF_LAYER = Pattern.compile("(.+)\\[(.+)/([^/]+)\\]");

  private KnobsText() {}

  /** The table; empty without knobs. */
  static TextTable of(Map<String, JsonNode> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, String> layers = new LinkedHashMap<>();
    values.forEach(
        (path, value) -> {
          Matcher ofLayer = OF_LAYER.matcher(path);
          if (ofLayer.matches()) {
            String knob = ofLayer.group(1) + "[" + ofLayer.group(2) + "] = " + value.asText();
            texts.putIfAbsent(knob, "");
            layers.merge(knob, ofLayer.group(3), (all, layer) -> all + " " + layer);
          } else {
            texts.put(path, value.asText());
          }
        });
    TextTable table = new TextTable("    ", 2).keep(1);
    texts.forEach(
        (path, text) -> {
          int value = path.indexOf(" = ");
          if (value < 0) {
            table.row(path, text);
          } else {
            table.row(
                path.substring(0, value), path.substring(value + 3) + ": " + layers.get(path));
          }
        });
    return table;
  }
}
