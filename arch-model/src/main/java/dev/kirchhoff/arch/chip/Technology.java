package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Process technology and the conditions that every price depends on.
 *
 * @param node_nm feature size of the node
 * @param supply_V core supply
 * @param flavour transistors
 * @param temperature_K junction temperature
 */
public record Technology(double node_nm, double supply_V, Flavour flavour, double temperature_K) {

  /**
   * Flavour of transistors: delays, currents, leakage and nominal supply of one process
   * (docs/circuits.md, Transistors).
   */
  public enum Flavour {
    /** Lowest threshold, for speed. */
    HIGH_PERFORMANCE("highPerformance", 0),
    /** The transistor of the same process with a threshold 0.1 V higher. */
    LOW_POWER("lowPower", 0),
    /** Thick oxide and the highest threshold, for circuits that mostly rest. */
    LOW_STANDBY_POWER("lowStandbyPower", 0.1);

    private final String word;
    private final double higher_V;

    Flavour(String word, double higher_V) {
      this.word = word;
      this.higher_V = higher_V;
    }

    /** Word of specs and documents. */
    public String word() {
      return word;
    }

    /** Nominal supply of a node above that of the other flavours. */
    double higher_V() {
      return higher_V;
    }

    /** Flavour of a word. */
    public static Optional<Flavour> ofWord(String word) {
      return Arrays.stream(values()).filter(flavour -> flavour.word.equals(word)).findFirst();
    }

    /** Flavour of a section of technology. */
    public static Flavour of(View.Section technology) {
      return ofWord(technology.word("flavour")).orElseThrow();
    }

    private static Type words() {
      return Type.word(Arrays.stream(values()).map(Flavour::word).toArray(String[]::new));
    }
  }

  /** Technology of a node and flavour at their nominal supply. */
  public static Technology nominal(double node_nm, Flavour flavour, double temperature_K) {
    return new Technology(node_nm, NominalSupply.of(node_nm, flavour), flavour, temperature_K);
  }

  /** Keys of process and supply. */
  static Shape shape() {
    return new Shape(
        "technology",
        "a technology",
        List.of(
            Key.of("node", quantity(Dimension.LENGTH, 0.003, 0.25), "32 nm", "feature size"),
            Key.of(
                "supply",
                Type.quantity(Dimension.VOLTAGE, 0.3, 5, "nominal"),
                "nominal",
                "core supply; nominal = that of node and flavour"),
            Key.of(
                    "flavour",
                    Flavour.words(),
                    Flavour.LOW_POWER.word,
                    "transistors: their delays, currents, leakage and nominal supply")
                .insteadOf("roadmap")));
  }

  static Technology of(View.Section technology, double temperature_K) {
    return new Technology(
        technology.number("node") * Units.NM_PER_UM,
        NominalSupply.stated(technology),
        Flavour.of(technology),
        temperature_K);
  }
}
