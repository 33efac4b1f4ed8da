package dev.kirchhoff.arch.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Physical dimension of a quantity, with the units that are read and the coherent unit that values
 * are kept in: um, ns, V, uA, and what follows from them (uW, fJ, fF, uS, Mohm, um2, GHz), bytes
 * and B/ns = GB/s.
 */
public enum Dimension {
  NUMBER("a number", Exponents.of(0, 0, 0, 0, 0, 0, 0, 0), u("", 1)),
  RATIO("a ratio", Exponents.of(0, 0, 0, 0, 0, 0, 0, 0), u("%", 0.01)),
  LENGTH("a length", Exponents.of(1, 0, 0, 0, 0, 0, 0, 0), u("nm", 1e-3), u("um", 1), u("mm", 1e3)),
  AREA("an area", Exponents.of(2, 0, 0, 0, 0, 0, 0, 0), u("um2", 1), u("mm2", 1e6), u("nm2", 1e-6)),
  TIME(
      "a time",
      Exponents.of(0, 1, 0, 0, 0, 0, 0, 0),
      u("ps", 1e-3),
      u("ns", 1),
      u("us", 1e3),
      u("ms", 1e6),
      u("s", 1e9),
      u("min", 60e9),
      u("hour", 3600e9),
      u("hours", 3600e9),
      u("day", 86400e9),
      u("days", 86400e9),
      u("month", 2629800e9),
      u("months", 2629800e9),
      u("year", 31557600e9),
      u("years", 31557600e9)),
  FREQUENCY(
      "a frequency",
      Exponents.of(0, -1, 0, 0, 0, 0, 0, 0),
      u("Hz", 1e-9),
      u("kHz", 1e-6),
      u("MHz", 1e-3),
      u("GHz", 1)),
  RATE(
      "a rate",
      Exponents.of(0, -1, 0, 0, 0, 0, 0, 0),
      u("S/s", 1e-9),
      u("kS/s", 1e-6),
      u("MS/s", 1e-3),
      u("GS/s", 1),
      u("1/s", 1e-9)),
  VOLTAGE(
      "a voltage",
      Exponents.of(0, 0, 1, 0, 0, 0, 0, 0),
      u("uV", 1e-6),
      u("mV", 1e-3),
      u("V", 1),
      u("kV", 1e3)),
  CURRENT(
      "a current",
      Exponents.of(0, 0, 0, 1, 0, 0, 0, 0),
      u("pA", 1e-6),
      u("nA", 1e-3),
      u("uA", 1),
      u("mA", 1e3),
      u("A", 1e6)),
  POWER(
      "a power",
      Exponents.of(0, 0, 1, 1, 0, 0, 0, 0),
      u("pW", 1e-6),
      u("nW", 1e-3),
      u("uW", 1),
      u("mW", 1e3),
      u("W", 1e6)),
  ENERGY(
      "an energy",
      Exponents.of(0, 1, 1, 1, 0, 0, 0, 0),
      u("aJ", 1e-3),
      u("fJ", 1),
      u("pJ", 1e3),
      u("nJ", 1e6),
      u("uJ", 1e9),
      u("mJ", 1e12),
      u("J", 1e15)),
  RESISTANCE(
      "a resistance",
      Exponents.of(0, 0, 1, -1, 0, 0, 0, 0),
      u("ohm", 1e-6),
      u("kohm", 1e-3),
      u("Mohm", 1),
      u("Gohm", 1e3)),
  CONDUCTANCE(
      "a conductance",
      Exponents.of(0, 0, -1, 1, 0, 0, 0, 0),
      u("nS", 1e-3),
      u("uS", 1),
      u("mS", 1e3),
      u("S", 1e6)),
  CAPACITANCE(
      "a capacitance",
      Exponents.of(0, 1, -1, 1, 0, 0, 0, 0),
      u("aF", 1e-3),
      u("fF", 1),
      u("pF", 1e3),
      u("nF", 1e6)),
  CHARGE("a charge", Exponents.of(0, 1, 0, 1, 0, 0, 0, 0), u("aC", 1e-3), u("fC", 1), u("pC", 1e3)),
  INFORMATION(
      "a size",
      Exponents.of(0, 0, 0, 0, 1, 0, 0, 0),
      u("B", 1),
      u("KB", 1024),
      u("MB", 1048576),
      u("GB", 1073741824)),
  BANDWIDTH(
      "a bandwidth",
      Exponents.of(0, -1, 0, 0, 1, 0, 0, 0),
      u("KB/s", 1e-6),
      u("MB/s", 1e-3),
      u("GB/s", 1),
      u("TB/s", 1e3)),
  TEMPERATURE("a temperature", Exponents.of(0, 0, 0, 0, 0, 1, 0, 0), u("K", 1)),
  LEVEL("a level", Exponents.of(0, 0, 0, 0, 0, 0, 1, 0), u("dB", 1)),
  FEATURE_AREA("a cell area", Exponents.of(0, 0, 0, 0, 0, 0, 0, 2), u("F2", 1));

  /** A unit and its size in the coherent unit. */
  public record Unit(String text, double factor) {}

  private final String article;
  private final Exponents exponents;
  private final List<Unit> units;

  Dimension(String article, Exponents exponents, Unit... units) {
    this.article = article;
    this.exponents = exponents;
    this.units = List.of(units);
  }

  private static Unit u(String text, double factor) {
    return new Unit(text, factor);
  }

  /** With its article: {@code a voltage}. */
  public String article() {
    return article;
  }

  /** Units that are read, smallest first. */
  public List<Unit> units() {
    return units;
  }

  /** The units as a list in text. */
  public String unitList() {
    return units.stream().map(Unit::text).collect(Collectors.joining(", "));
  }

  /** A unit of this dimension. */
  public Optional<Unit> unit(String text) {
    return units.stream().filter(unit -> unit.text().equals(text)).findFirst();
  }

  /** The dimension that has a unit. */
  public static Optional<Dimension> ofUnit(String text) {
    for (Dimension dimension : values()) {
      if (!text.isEmpty() && dimension.unit(text).isPresent()) {
        return Optional.of(dimension);
      }
    }
    return Optional.empty();
  }

  /** Exponents over the base units. */
  public Exponents exponents() {
    return exponents;
  }

  /** The unit in which values are kept; empty of a number. */
  String coherentUnit() {
    return units.stream().filter(unit -> unit.factor() == 1).findFirst().map(Unit::text).orElse("");
  }

  /** Named dimension with some exponents. */
  public static Optional<Dimension> of(Exponents exponents) {
    for (Dimension dimension : values()) {
      if (dimension.exponents.equals(exponents)) {
        return Optional.of(dimension);
      }
    }
    return Optional.empty();
  }

  /**
   * The coherent unit: {@code fF}, {@code fF/um2}, or a product {@code V um}; empty of a number.
   */
  public static String unitOf(Exponents exponents) {
    Optional<Dimension> named = of(exponents);
    if (named.isPresent()) {
      return named.get().coherentUnit();
    }
    for (Dimension divisor : List.of(LENGTH, AREA, TIME, VOLTAGE, CURRENT)) {
      Optional<Dimension> dividend = of(exponents.times(divisor.exponents));
      if (dividend.isPresent()) {
        String unit = dividend.get().exponents.isNumber() ? "1" : dividend.get().coherentUnit();
        return unit + "/" + divisor.coherentUnit();
      }
    }
    return exponents.product();
  }

  /** In a message: {@code a capacitance (fF)}, {@code a number}, {@code ns uA}. */
  public static String articleOf(Exponents exponents) {
    String unit = unitOf(exponents);
    return of(exponents)
        .map(named -> exponents.isNumber() ? named.article() : named.article() + " (" + unit + ")")
        .orElse(unit);
  }
}
