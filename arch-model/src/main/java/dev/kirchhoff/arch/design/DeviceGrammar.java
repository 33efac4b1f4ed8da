package dev.kirchhoff.arch.design;

import static dev.kirchhoff.arch.design.Grammar.quantity;
import static dev.kirchhoff.arch.design.Grammar.whole;
import static dev.kirchhoff.arch.design.Grammar.word;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Key;
import dev.kirchhoff.arch.spec.Shape;
import dev.kirchhoff.arch.spec.Type;
import java.util.List;

/** The keys of a device: those of the catalogue's files, and of devices in a spec. */
final class DeviceGrammar {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double ABOVE_ZERO = Double.MIN_VALUE;

  private DeviceGrammar() {}

  static Shape device() {
    Type number = quantity(Dimension.NUMBER, -INFINITE, INFINITE);
    return new Shape(
        "device",
        "a device",
        List.of(
            Key.required(
                "family",
                word("redox", "phaseChange", "magneticTunnel", "ferroelectric", "sram"),
                "material family"),
            Key.required(
                "resistance",
                new Type.Section(
                    new Shape(
                        "resistance",
                        "a resistance window",
                        List.of(
                            Key.required(
                                "low",
                                quantity(Dimension.RESISTANCE, ABOVE_ZERO, INFINITE),
                                "low-resistance state"),
                            Key.required(
                                "high",
                                quantity(Dimension.RESISTANCE, ABOVE_ZERO, INFINITE),
                                "high-resistance state")))),
                "resistance window"),
            Key.required("levels", whole(2, 65536), "states that can be told apart"),
            Key.required(
                "write",
                new Type.Section(
                    new Shape(
                        "write",
                        "a write operating point",
                        List.of(
                            Key.required(
                                "voltage", quantity(Dimension.VOLTAGE, 0, 20), "write voltage"),
                            Key.required(
                                "current",
                                quantity(Dimension.CURRENT, 0, INFINITE),
                                "write current"),
                            Key.required(
                                "pulse",
                                quantity(Dimension.TIME, ABOVE_ZERO, INFINITE),
                                "pulse width"),
                            Key.of(
                                "pulses",
                                quantity(Dimension.NUMBER, 1, 1e6),
                                "1",
                                "mean write-verify pulses of one value")))),
                "write operating point"),
            Key.required(
                "programming",
                new Type.Section(
                    new Shape(
                        "programming",
                        "a programming error",
                        List.of(
                            Key.required(
                                "reference",
                                quantity(Dimension.CONDUCTANCE, ABOVE_ZERO, INFINITE),
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
                                                    new Type.ListOf(number),
                                                    "coefficients of x^0, x^1, ... in uS"))))),
                                "sigma at one or more ages")))),
                "error of a programmed conductance"),
            Key.of(
                "drift",
                new Type.Section(
                    new Shape(
                        "drift",
                        "a drift",
                        List.of(
                            Key.of(
                                "exponent",
                                quantity(Dimension.NUMBER, -1, 1),
                                "0",
                                "mean exponent"),
                            Key.of(
                                "spread",
                                quantity(Dimension.NUMBER, 0, 1),
                                "0",
                                "standard deviation of the exponent between cells"),
                            Key.of(
                                "start",
                                quantity(Dimension.TIME, ABOVE_ZERO, INFINITE),
                                "1 s",
                                "time that drift is counted from")))),
                "{}",
                "drift of a programmed conductance"),
            Key.of(
                "readNoise", quantity(Dimension.RATIO, 0, 1), "0 %", "sigma of one read, relative"),
            Key.required("endurance", quantity(Dimension.NUMBER, 1, INFINITE), "write cycles"),
            Key.required(
                "retention",
                quantity(Dimension.TIME, ABOVE_ZERO, INFINITE),
                "time that a value is kept"),
            Key.required(
                "area", quantity(Dimension.FEATURE_AREA, 0.1, 100_000), "area of one cell"),
            Key.required("source", new Type.Text(), "paper or tool that the figures come from"),
            Key.optional(
                "provenance", new Type.Text(), "read, fitted or assumed, per group of figures")));
  }
}
