package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.spec.Exponents;
import dev.kirchhoff.arch.spec.Units;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Kind of an equation of a circuit: a figure that others read, with its unit. */
public enum Term {
  /** Energy of one action that switches. */
  ENERGY("energy", "fJ"),
  /** Energy of a current that flows for a time. */
  BIAS("bias", "fJ"),
  /** Area of one instance. */
  AREA("area", "um2"),
  /** Power that is drawn for a time which others know. */
  POWER("power", "uW"),
  /** Power that is drawn whether the circuit works or not. */
  LEAKAGE("leakage", "uW"),
  /** Variance of a conversion, in squares of a step of the code. */
  NOISE("noise", "steps²"),
  /** Noise power of a current over that of the cells alone. */
  EXCESS("excess", "1"),
  /** Deviation of the offset between instances, in steps of the code. */
  OFFSET("offset", "steps"),
  /** Deviation of the gain between instances. */
  GAIN("gain", "1"),
  /** Deviation of the non-linearity in the middle of the range, in steps of the code. */
  BOW("bow", "steps"),
  /** Time of an action, or the least one that the circuit can do. */
  TIME("time", "ns"),
  /** Capacitance that another circuit drives. */
  CAPACITANCE("capacitance", "fF"),
  /** Conductance that another circuit sees. */
  CONDUCTANCE("conductance", "uS"),
  /** Resistance that another circuit sees. */
  RESISTANCE("resistance", "Mohm"),
  /** Voltage that another circuit sees. */
  VOLTAGE("voltage", "V"),
  /** A size over the largest of published circuits of the kind; beyond 1 a warning says so. */
  REACH("reach", "1");

  private final String word;
  private final String unit;
  private final Exponents exponents;

  Term(String word, String unit) {
    this.word = word;
    this.unit = unit;
    try {
      exponents = Units.product(unit).exponents();
    } catch (Units.UnitException e) {
      throw new IllegalStateException("The unit (" + unit + ") is unknown.", e);
    }
  }

  /** Word that begins its lines. */
  public String word() {
    return word;
  }

  /** Unit of its values. */
  public String unit() {
    return unit;
  }

  Exponents exponents() {
    return exponents;
  }

  /** True of an error of a code, whose unit counts steps. */
  boolean isError() {
    return this == NOISE || this == OFFSET || this == GAIN || this == BOW;
  }

  /** True if the terms of a circuit are parts of one figure. */
  boolean addsUp() {
    return switch (this) {
      case ENERGY, BIAS, AREA, POWER, LEAKAGE, NOISE, OFFSET, GAIN, BOW -> true;
      case EXCESS, TIME, CAPACITANCE, CONDUCTANCE, RESISTANCE, VOLTAGE, REACH -> false;
    };
  }

  static Optional<Term> of(String word) {
    return Arrays.stream(values()).filter(term -> term.word.equals(word)).findFirst();
  }

  /** Kinds that a readout has; a user's file describes one, or a part of one. */
  public static final Set<Term> OF_READOUT =
      Collections.unmodifiableSet(
          EnumSet.of(ENERGY, BIAS, AREA, LEAKAGE, NOISE, OFFSET, GAIN, BOW, TIME, CAPACITANCE));

  /** Words of the kinds that a readout has. */
  public static String words() {
    return OF_READOUT.stream().map(Term::word).collect(Collectors.joining(", "));
  }
}
