package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import java.util.List;

/**
 * Factors fitted on SRAM chips: capacitive, discharging and digital arrays and their converters.
 */
final class SramFactors {
  private static final List<String> CAPACITIVE = List.of("jia-jssc-2020", "wang-vlsi-2022");
  private static final List<String> LADDER = List.of("wang-vlsi-2022");
  private static final List<String> DISCHARGING = List.of("sinangil-jssc-2021");
  private static final List<String> DISCHARGING_AREA =
      List.of("sinangil-jssc-2021", "papistas-cicc-2021");
  private static final List<String> CHAIN = List.of("kim-colonnade-jssc-2021");
  private static final List<String> TREE = List.of("chih-isscc-2021");

  private SramFactors() {}

  static List<FittedFactor> all() {
    return List.of(
        new FittedFactor(
            CircuitFamily.SAR,
            Quantity.ENERGY,
            3.2,
            CAPACITIVE,
            "the model has no reference buffer, comparator noise or calibration; published 8-bit"
                + " converters lie 2 to 4 times above it"),
        new FittedFactor(
            CircuitFamily.SAR,
            Quantity.TIME,
            0.514,
            LADDER,
            "the model's time is that of converters that need not be fast"),
        new FittedFactor(
            CircuitFamily.SAR,
            Quantity.AREA,
            0.45,
            CAPACITIVE,
            "capacitors over the active circuit; no bootstrapped sampling beside an array"),
        new FittedFactor(
            CircuitFamily.CHARGE_ARRAY,
            Quantity.ENERGY,
            2.25,
            CAPACITIVE,
            "parasitics of capacitors and local wiring are not drawn"),
        new FittedFactor(
            CircuitFamily.CHARGE_ARRAY,
            Quantity.AREA,
            1.2,
            CAPACITIVE,
            "logic rules and spacing of capacitors"),
        new FittedFactor(
            CircuitFamily.DAC,
            Quantity.AREA,
            2.3,
            LADDER,
            "switches, references and buffers beside the capacitors"),
        new FittedFactor(
            CircuitFamily.FLASH,
            Quantity.ENERGY,
            1.14,
            DISCHARGING,
            "bias of preamplifiers was assumed"),
        new FittedFactor(
            CircuitFamily.CURRENT_ARRAY_SRAM,
            Quantity.ENERGY,
            1.37,
            DISCHARGING,
            "capacitors that weight columns and pulse generators are not drawn"),
        new FittedFactor(
            CircuitFamily.CURRENT_ARRAY_SRAM,
            Quantity.AREA,
            6,
            DISCHARGING_AREA,
            "cells drawn with logic rules, small arrays whose periphery is larger than their cells,"
                + " 9 transistors a bit in one of them"),
        new FittedFactor(
            CircuitFamily.ADDER_CHAIN, Quantity.ENERGY, 1.6, CHAIN, "glitches of the ripple"),
        new FittedFactor(CircuitFamily.ADDER_CHAIN, Quantity.TIME, 0.862, CHAIN, "sized adders"),
        new FittedFactor(
            CircuitFamily.ADDER_CHAIN,
            Quantity.AREA,
            0.458,
            CHAIN,
            "adders drawn by hand, not of standard cells"),
        new FittedFactor(
            CircuitFamily.ADDER_TREE,
            Quantity.ENERGY,
            1.46,
            TREE,
            "glitches and wires of the tree"),
        new FittedFactor(
            CircuitFamily.ADDER_TREE,
            Quantity.TIME,
            0.912,
            TREE,
            "compressors instead of ripple adders"),
        new FittedFactor(
            CircuitFamily.ADDER_TREE,
            Quantity.AREA,
            0.566,
            TREE,
            "adders abutted to push-rule cells, not of standard cells"));
  }
}
