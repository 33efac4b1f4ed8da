package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.Knob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values by path of the knobs that a design has. */
final class ChosenKnobs {
  private ChosenKnobs() {}

  static Map<String, JsonNode> of(DesignSpec spec, List<Integer> ordinals) {
    Map<String, JsonNode> knobs = new LinkedHashMap<>();
    for (int k = 0; k < spec.knobs().size(); k++) {
      int ordinal = ordinals.get(k);
      if (ordinal != Knob.ABSENT) {
        Knob knob = spec.knobs().get(k);
        knobs.put(knob.path(), SpecText.scalar(knob.values().get(ordinal)));
      }
    }
    return knobs;
  }
}
