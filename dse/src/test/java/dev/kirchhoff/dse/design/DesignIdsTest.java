package dev.kirchhoff.dse.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.kirchhoff.arch.design.DesignSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DesignIdsTest {
  @Test
  void everyKnobThatExistsChangesTheIdThoseOfSingleLayersToo() throws Exception {
    DesignSpec spec =
        DesignSpec.load(
            Path.of("..", "examples", "bench/resnet18-12db.yaml").toString(),
            List.of(),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    int[] start = new int[spec.knobs().size()];
    for (int k = 0; k < start.length; k++) {
      var knob = spec.knobs().get(k);
      start[k] = knob.existsIn(start) ? knob.start() : -1;
    }
    Map<String, String> named = new TreeMap<>();
    named.put(DesignIds.of(spec, start), "start");
    assertEquals("start", named.get(DesignIds.of(spec, start.clone())));
    for (int k = 0; k < start.length; k++) {
      int knob = k;
      if (start[k] >= 0 && spec.knobs().stream().noneMatch(child -> child.isUnder(knob))) {
        int[] other = start.clone();
        other[k] = start[k] == 0 ? 1 : 0;
        String path = spec.knobs().get(k).path();
        assertNull(named.put(DesignIds.of(spec, other), path), path);
      }
    }
  }
}
