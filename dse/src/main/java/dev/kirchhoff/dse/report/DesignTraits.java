package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Traits by which an architect tells designs apart: those in which some designs differ are columns
 * of their table, the others a sentence. Knobs by which designs of the same traits differ are
 * columns too.
 *
 * @param differing traits in which the designs differ, the most telling first
 * @param common traits in which all are alike
 */
public record DesignTraits(List<Trait> differing, List<String> common) {

  private static final List<Named> ALL =
      List.of(
          new Named("readout", DesignTraits::readout),
          new Named("crossbar", DesignTraits::crossbar),
          new Named("active", DesignTraits::activeRows),
          new Named("cells", DesignTraits::cells),
          new Named("device", design -> design.chip().cell().device().name()),
          new Named("read at", DesignTraits::readVoltage),
          new Named("inputs", DesignTraits::inputs),
          new Named("precision", DesignTraits::precision),
          new Named("node", DesignTraits::node),
          new Named("age", DesignTraits::age),
          new Named("fabric", DesignTraits::fabric));

  public DesignTraits {
    differing = List.copyOf(differing);
    common = List.copyOf(common);
  }

  private record Named(String name, Function<Design, String> of) {}

  /**
   * A trait of several designs.
   *
   * @param name head of its column
   * @param values the trait of each design; empty where it has none
   */
  public record Trait(String name, List<String> values) {
    private boolean isCommon() {
      return values.stream().distinct().limit(2).count() < 2;
    }
  }

  /**
   * The traits of a number of designs.
   *
   * @param knobs values of each design's knobs by path
   */
  static DesignTraits of(List<Design> designs, List<Map<String, String>> knobs) {
    List<Trait> differing = new ArrayList<>();
    List<String> common = new ArrayList<>();
    if (designs.isEmpty()) {
      return new DesignTraits(differing, common);
    }
    for (Named named : ALL) {
      Trait trait = new Trait(named.name(), designs.stream().map(named.of()).toList());
      if (!trait.isCommon()) {
        differing.add(trait);
      } else if (!trait.values().get(0).isEmpty()) {
        common.add(trait.name() + " " + trait.values().get(0));
      }
    }
    for (String path : knobs.get(0).keySet()) {
      Trait knob = new Trait(path, knobs.stream().map(of -> of.getOrDefault(path, "")).toList());
      if (tellsMore(knob, differing)) {
        differing.add(knob);
      }
    }
    return new DesignTraits(differing, common);
  }

  /** True if designs that are alike in other traits differ in one. */
  private static boolean tellsMore(Trait trait, List<Trait> others) {
    Map<List<String>, String> found = new HashMap<>();
    for (int i = 0; i < trait.values().size(); i++) {
      int design = i;
      List<String> alike = others.stream().map(other -> other.values().get(design)).toList();
      String value = trait.values().get(design);
      if (!found.computeIfAbsent(alike, key -> value).equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** A converter of the user's own by its name, others by their kind. */
  private static String readout(Design design) {
    Readout readout = design.chip().pe().readout();
    String word = readout.kind().word();
    if (readout.model() instanceof ComponentModel.Named named
        && design.circuits().files().containsKey(named.name())) {
      word = named.name();
    }
    return word + " " + readout.bits() + "b /" + readout.columnsPerAdc();
  }

  private static String crossbar(Design design) {
    Crossbar crossbar = design.chip().crossbar();
    return crossbar.rows() + " x " + crossbar.columns();
  }

  private static String activeRows(Design design) {
    return Integer.toString(design.chip().crossbar().rowsActive());
  }

  private static String cells(Design design) {
    Chip chip = design.chip();
    return chip.cell().bits() + "b " + chip.crossbar().weights().encoding().word();
  }

  private static String readVoltage(Design design) {
    return Units.print(design.chip().cell().readVoltage_V(), Dimension.VOLTAGE);
  }

  private static String inputs(Design design) {
    Input input = design.chip().pe().input();
    String bits =
        input.bitsPerPulse().isPresent() ? " " + input.bitsPerPulse().getAsInt() + "b" : "";
    return input.encoding().word() + bits;
  }

  private static String precision(Design design) {
    Precision widest = design.widest();
    return widest.weights() + "b x " + widest.inputs() + "b";
  }

  private static String node(Design design) {
    return Units.brief(design.chip().technology().node_nm()) + " nm";
  }

  private static String age(Design design) {
    return Units.brief(design.operation().age_s() * Units.NS_PER_S, Dimension.TIME);
  }

  private static String fabric(Design design) {
    Interconnect fabric = design.chip().uncore().interconnect();
    return fabric.kind().word() + " " + fabric.width_bits();
  }
}
