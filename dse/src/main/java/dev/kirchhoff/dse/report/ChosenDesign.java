package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Design with the spec that it belongs to.
 *
 * @param spec the spec
 * @param ordinals ordinals of its knobs
 * @param name name of the design
 * @param arguments the arguments that name it on the command line
 * @param accuracy its accuracy on simulated chips, where its run knows it
 */
public record ChosenDesign(
    DesignSpec spec,
    List<Integer> ordinals,
    String name,
    String arguments,
    Optional<RunEvent.Accuracy> accuracy) {
  public ChosenDesign {
    ordinals = List.copyOf(ordinals);
  }

  /** A design of a run, or of a spec. */
  public static ChosenDesign of(
      DesignSpec spec,
      int[] ordinals,
      String name,
      String arguments,
      Optional<RunEvent.Accuracy> accuracy) {
    return new ChosenDesign(
        spec, IntStream.of(ordinals).boxed().toList(), name, arguments, accuracy);
  }

  /** Its knobs as an array. */
  int[] knobs() {
    return ordinals.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Values of the knobs that it has, by path. */
  public Map<String, JsonNode> values() {
    return ChosenKnobs.of(spec, ordinals);
  }

  /** The design as bound. */
  public Design bind() {
    return spec.newBinder().bind(knobs());
  }
}
