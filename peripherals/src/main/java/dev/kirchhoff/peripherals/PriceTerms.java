package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import java.util.List;
import java.util.Optional;

/**
 * Dependence of the prices of a chip on calibration factors and on the side of a tile.
 *
 * <p>A price is proportional to the factor of its family, if it has one. The share of it that wires
 * take is proportional also to the side of a tile without its wires. The share of programming that
 * verification takes is the product of two factors: that of programming and that of the circuits
 * that read.
 */
public interface PriceTerms {

  /** Terms of prices that no factor moves. */
  PriceTerms FIXED = new PriceTerms() {};

  /**
   * Energy of verification in the programming of a cell.
   *
   * @param family circuits that read
   * @param energy_fJ their energy, in the price of programming one cell
   */
  record Verification(CircuitFamily family, double energy_fJ) {}

  /** Family whose factor the energy of an action is proportional to. */
  default Optional<CircuitFamily> energy(Action action) {
    return Optional.empty();
  }

  /** Family whose factor a part's static power is proportional to. */
  default Optional<CircuitFamily> standing(Part part) {
    return Optional.empty();
  }

  /** Family whose factor a part's area is proportional to. */
  default Optional<CircuitFamily> area(Part part) {
    return Optional.empty();
  }

  /** Family whose factor the energy of programming is proportional to. */
  default Optional<CircuitFamily> programming() {
    return Optional.empty();
  }

  /** Family whose factor the energy of a configuration bit is proportional to. */
  default Optional<CircuitFamily> configuration() {
    return Optional.empty();
  }

  /** Share of wires in the energy of an action. */
  default double wireEnergy_fJ(Action action) {
    return 0;
  }

  /** Share of wires in the static power of an instance. */
  default double wireStatic_uW(Part part) {
    return 0;
  }

  /** Share of wires in the area of an instance. */
  default double wireArea_um2(Part part) {
    return 0;
  }

  /** Shares of verification in the programming of a cell. */
  default List<Verification> verifications() {
    return List.of();
  }
}
