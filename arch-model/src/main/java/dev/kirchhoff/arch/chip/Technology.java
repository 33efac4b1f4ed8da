package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.List;

/**
 * Process technology and the conditions that every price depends on.
 *
 * @param node_nm feature size of the node
 * @param supply_V core supply
 * @param flavour transistors
 * @param temperature_K junction temperature
 */
public record Technology(double node_nm, double supply_V, Flavour flavour, double temperature_K) {

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
                    Flavour.LOW_POWER.word(),
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
