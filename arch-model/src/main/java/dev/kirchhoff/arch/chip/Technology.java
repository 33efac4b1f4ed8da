package dev.kirchhoff.arch.chip;

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
}
