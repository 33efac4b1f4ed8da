package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.word;

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
 * @param roadmap transistor flavour
 * @param temperature_K junction temperature
 */
public record Technology(double node_nm, double supply_V, Roadmap roadmap, double temperature_K) {

  /** Transistor flavour: sets leakage and drive. */
  public enum Roadmap {
    LOW_POWER,
    HIGH_PERFORMANCE
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
                "core supply; nominal = the node's own"),
            Key.of(
                "roadmap", word("lowPower", "highPerformance"), "lowPower", "transistor flavour")));
  }

  static Technology of(View.Section technology, double temperature_K) {
    double node_nm = technology.number("node") * Units.NM_PER_UM;
    return new Technology(
        node_nm,
        technology.isWord("supply", "nominal")
            ? NominalSupply.of(node_nm)
            : technology.number("supply"),
        technology.isWord("roadmap", "lowPower")
            ? Technology.Roadmap.LOW_POWER
            : Technology.Roadmap.HIGH_PERFORMANCE,
        temperature_K);
  }
}
