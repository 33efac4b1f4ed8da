package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.spec.Type.aboveZero;
import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.device.Curvature;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.LawKind;
import dev.kirchhoff.arch.device.Maturity;
import dev.kirchhoff.arch.device.Mechanism;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import java.util.Arrays;
import java.util.List;

/** The keys of a device: those of the catalogue's files, and of devices in a spec. */
final class DeviceGrammar {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private DeviceGrammar() {}

  static Shape device() {
    return new Shape(
        "device",
        "a device",
        List.of(
            Key.required(
                "family",
                new Type.Word(Arrays.stream(Family.values()).map(Family::word).toList()),
                "material family; ferroelectric = tunnel junction"),
            Key.optional(
                "mechanism",
                new Type.Word(Arrays.stream(Mechanism.values()).map(Mechanism::word).toList()),
                "switching mechanism; without it the usual one of the family"),
            Key.of(
                "maturity",
                new Type.Word(Arrays.stream(Maturity.values()).map(Maturity::word).toList()),
                "research",
                "single devices, published arrays on CMOS, or offered by a foundry"),
            Key.required("resistance", new Type.Section(resistance()), "resistance window"),
            Key.required("levels", whole(2, 65536), "distinguishable states"),
            Key.of("read", new Type.Section(read()), "{}", "recommended read operating point"),
            Key.optional(
                "curvature",
                new Type.Section(curvature()),
                "curvature of the current over the voltage; without it the family's usual one"),
            Key.required("write", new Type.Section(write()), "write operating point"),
            Key.required(
                "programming",
                new Type.Section(programming()),
                "error of a programmed conductance"),
            Key.of("drift", new Type.Section(drift()), "{}", "drift of a programmed conductance"),
            Key.of(
                "readNoise",
                quantity(Dimension.RATIO, 0, 1),
                "0 %",
                "standard deviation from read to read, relative to the conductance"),
            Key.of(
                "law",
                new Type.Word(Arrays.stream(LawKind.values()).map(LawKind::word).toList()),
                "tabulated",
                "law of simulated cells: the figures of this section, or a published law"),
            Key.of("stuck", new Type.Section(stuck()), "{}", "cells that cannot be programmed"),
            Key.required("endurance", quantity(Dimension.NUMBER, 1, INFINITE), "write cycles"),
            Key.required(
                "retention", aboveZero(Dimension.TIME, INFINITE), "time that a value is kept"),
            Key.required(
                "area", quantity(Dimension.FEATURE_AREA, 0.1, 100_000), "area of one cell"),
            Key.required("source", new Type.Text(), "paper or tool that the figures come from"),
            Key.optional(
                "origin", new Type.ListOf(new Type.Section(origin())), "origin of each figure"),
            Key.optional(
                "provenance", new Type.Text(), "simplifications, and remarks for the reader")));
  }

  private static Shape resistance() {
    return new Shape(
        "resistance",
        "a resistance window",
        List.of(
            Key.required("low", aboveZero(Dimension.RESISTANCE, INFINITE), "low-resistance state"),
            Key.required(
                "high", aboveZero(Dimension.RESISTANCE, INFINITE), "high-resistance state")));
  }

  private static Shape read() {
    return new Shape(
        "read",
        "a read operating point",
        List.of(
            Key.optional(
                "voltage",
                quantity(Dimension.VOLTAGE, 0.001, 5),
                "recommended read voltage; cell.readVoltage: device takes it"),
            Key.optional(
                "time",
                aboveZero(Dimension.TIME, INFINITE),
                "time of a read in the source; a chip's follows from its circuits")));
  }

  private static Shape curvature() {
    return new Shape(
        "curvature",
        "a curvature",
        List.of(
            Key.required(
                "change",
                quantity(Dimension.RATIO, Curvature.LEAST, 100),
                "conductance window at the voltage over that near 0 V, less 1; it grows with the square of the voltage"),
            Key.required(
                "voltage",
                quantity(Dimension.VOLTAGE, 0.001, 5),
                "voltage at which the change is stated")));
  }

  private static Shape write() {
    return new Shape(
        "write",
        "a write operating point",
        List.of(
            Key.required(
                "voltage",
                aboveZero(Dimension.VOLTAGE, 20),
                "voltage of a SET pulse, and of RESET without its own"),
            Key.required(
                "current",
                quantity(Dimension.CURRENT, 0, INFINITE),
                "mean current while the pulse lasts"),
            Key.required("pulse", aboveZero(Dimension.TIME, INFINITE), "pulse width"),
            Key.optional(
                "reset",
                new Type.Section(reset()),
                "RESET pulse; keys that are left out are those of SET"),
            Key.of("pulses", quantity(Dimension.NUMBER, 1, 1e6), "1", "mean pulses of one value"),
            Key.of("verify", word("true", "false"), "true", "true if a read follows each pulse")));
  }

  private static Shape programming() {
    return new Shape(
        "programming",
        "a programming error",
        List.of(
            Key.required(
                "reference",
                aboveZero(Dimension.CONDUCTANCE, INFINITE),
                "conductance at which x = 1"),
            Key.required(
                "table",
                new Type.ListOf(
                    new Type.Section(
                        new Shape(
                            "programmingAge",
                            "a programming error at one age",
                            List.of(
                                Key.required(
                                    "age",
                                    quantity(Dimension.TIME, 0, INFINITE),
                                    "time since programming"),
                                Key.required(
                                    "sigma",
                                    new Type.ListOf(
                                        quantity(Dimension.NUMBER, -INFINITE, INFINITE)),
                                    "coefficients of x^0, x^1, ... in uS"))))),
                "standard deviation at one or more ages")));
  }

  private static Shape drift() {
    return new Shape(
        "drift",
        "a drift",
        List.of(
            Key.of("exponent", quantity(Dimension.NUMBER, -1, 1), "0", "mean exponent"),
            Key.of(
                "spread",
                quantity(Dimension.NUMBER, 0, 1),
                "0",
                "standard deviation of the exponent between cells"),
            Key.of(
                "start",
                aboveZero(Dimension.TIME, INFINITE),
                "1 s",
                "time that drift is counted from")));
  }

  private static Shape stuck() {
    return new Shape(
        "stuck",
        "stuck cells",
        List.of(
            Key.of(
                "low",
                quantity(Dimension.RATIO, 0, 0.5),
                "0 %",
                "share stuck at the smallest conductance"),
            Key.of(
                "high",
                quantity(Dimension.RATIO, 0, 0.5),
                "0 %",
                "share stuck at the largest conductance")));
  }

  private static Shape reset() {
    return new Shape(
        "reset",
        "a RESET pulse",
        List.of(
            Key.optional("voltage", aboveZero(Dimension.VOLTAGE, 20), "magnitude of its voltage"),
            Key.optional(
                "current", quantity(Dimension.CURRENT, 0, INFINITE), "mean current while it lasts"),
            Key.optional("pulse", aboveZero(Dimension.TIME, INFINITE), "pulse width")));
  }

  private static Shape origin() {
    return new Shape(
        "origin",
        "an origin of figures",
        List.of(
            Key.required(
                "of",
                new Type.ListOf(new Type.Word(DeviceFigure.paths())),
                "figures, by the paths of their keys; a section's path stands for all in it"),
            Key.required(
                "is",
                word(Origin.READ.word(), Origin.FITTED.word(), Origin.ASSUMED.word()),
                "read = stands in the source or follows by arithmetic; fitted; assumed"),
            Key.required("source", new Type.Text(), "paper, tool, or why it is assumed")));
  }
}
