package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Traits by which an architect tells designs apart: those in which some designs differ are columns
 * of their table, the others a sentence.
 *
 * @param differing traits in which the designs differ, the most telling first
 * @param common traits in which all are alike
 */
record DesignTraits(List<Trait> differing, List<String> common) {
  private static final List<Trait> ALL =
      List.of(
          new Trait("readout", DesignTraits::readout),
          new Trait("crossbar", DesignTraits::crossbar),
          new Trait("active", DesignTraits::activeRows),
          new Trait("cells", DesignTraits::cells),
          new Trait("device", design -> design.chip().cell().device().name()),
          new Trait("read at", DesignTraits::readVoltage),
          new Trait("inputs", DesignTraits::inputs),
          new Trait("precision", DesignTraits::precision),
          new Trait("node", DesignTraits::node),
          new Trait("fabric", DesignTraits::fabric));

  DesignTraits {
    differing = List.copyOf(differing);
    common = List.copyOf(common);
  }

  /**
   * A trait.
   *
   * @param name head of its column
   * @param of the trait of a design; empty where it has none
   */
  record Trait(String name, Function<Design, String> of) {}

  /** The traits of a number of designs. */
  static DesignTraits of(List<Design> designs) {
    List<Trait> differing = new ArrayList<>();
    List<String> common = new ArrayList<>();
    for (Trait trait : ALL) {
      List<String> values = designs.stream().map(trait.of()).distinct().limit(2).toList();
      if (values.size() > 1) {
        differing.add(trait);
      } else if (!values.get(0).isEmpty()) {
        common.add(trait.name() + " " + values.get(0));
      }
    }
    return new DesignTraits(differing, common);
  }

  /** Sentence on the traits that all designs share; empty where there is none. */
  String sentence() {
    return common.isEmpty()
        ? ""
        : common.stream().collect(Collectors.joining(", ", "All: ", ".\n"));
  }

  private static String readout(Design design) {
    Readout readout = design.chip().pe().readout();
    return readout.kind().word() + " " + readout.bits() + "b /" + readout.columnsPerAdc();
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

  private static String fabric(Design design) {
    Interconnect fabric = design.chip().uncore().interconnect();
    return fabric.kind().word() + " " + fabric.width_bits();
  }
}
