package dev.kirchhoff.dse.decision;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * Structural alternative of a chip: a setting that decides which circuits win and that specs rarely
 * vary.
 *
 * @param path path of the setting
 * @param value value, as {@code --set} takes it
 * @param of the chip with that value
 */
record Alternative(String path, String value, UnaryOperator<Chip> of) {

  /** Count of an oscillator in FO4: twice the shortest that a counter follows in SPICE (chosen). */
  private static final double FAST_COUNT_FO4 = 10;

  /**
   * Alternatives of a chip: the other flavours of transistors, lines of the least width, and
   * oscillators that count nearly as fast as their ring turns, where silicon takes five times as
   * long.
   */
  static List<Alternative> all(Chip chip) {
    List<Alternative> all = new ArrayList<>();
    Technology now = chip.technology();
    for (Flavour flavour : Flavour.values()) {
      if (flavour != now.flavour()) {
        all.add(
            new Alternative(
                "technology.flavour",
                flavour.word(),
                other ->
                    other.with(
                        new Technology(
                            now.node_nm(), now.supply_V(), flavour, now.temperature_K()))));
      }
    }
    double count_ns = FAST_COUNT_FO4 * Process.of(now).fo4_ns();
    all.add(
        new Alternative(
            "pe.readout.step",
            Units.print(count_ns, Dimension.TIME),
            other ->
                other.pe().readout().kind() == ReadoutKind.OSCILLATOR
                    ? other.with(
                        other
                            .pe()
                            .with(other.pe().input(), other.pe().readout().withStep(count_ns)))
                    : other));
    double least_um = Process.of(now).wireWidth_um();
    all.add(
        new Alternative(
            "crossbar.wires.width",
            Units.print(least_um, Dimension.LENGTH),
            other ->
                other.with(
                    other
                        .crossbar()
                        .with(
                            new Crossbar.Wires(
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.of(least_um))))));
    return all;
  }

  /** Path and value. */
  String setting() {
    return path + "=" + value;
  }
}
