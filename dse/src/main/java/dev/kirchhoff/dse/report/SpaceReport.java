package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Design space of a spec as {@code check --json} prints it.
 *
 * @param name name of the spec
 * @param designs number of designs
 * @param knobs knobs in the order of ordinals
 */
public record SpaceReport(String name, BigInteger designs, List<KnobReport> knobs) {

  /**
   * A knob.
   *
   * @param values values by ordinal: numbers, or text as printed
   * @param start ordinal that it starts at
   * @param place position of the choice in its file
   * @param condition knob and value under which it exists; absent if it always does
   */
  public record KnobReport(
      String path,
      List<JsonNode> values,
      int start,
      String place,
      Optional<ConditionReport> condition) {

    private static KnobReport of(Knob knob, List<Knob> knobs) {
      return new KnobReport(
          knob.path(),
          knob.values().stream().map(SpecText::scalar).toList(),
          knob.start(),
          knob.place().toString(),
          knob.condition()
              .map(
                  under ->
                      new ConditionReport(
                          under.parent(), knobs.get(under.parent()).path(), under.values(knobs))));
    }
  }

  /**
   * Condition of a knob's existence.
   *
   * @param knob index of the knob that decides it
   */
  public record ConditionReport(int knob, String path, String value) {}

  /** The space of a spec. */
  public static SpaceReport of(DesignSpec spec) {
    return new SpaceReport(
        spec.name(),
        SpecProblemSpace.space(spec).size(),
        spec.knobs().stream().map(knob -> KnobReport.of(knob, spec.knobs())).toList());
  }
}
