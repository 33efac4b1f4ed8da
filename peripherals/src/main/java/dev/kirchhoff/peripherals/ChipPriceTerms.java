package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.peripherals.circuit.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Terms of a chip's prices. The share of wires in a price is its excess over the price on a tile
 * without extent, as all wires are laid along sides of tiles and cost in proportion to their
 * length.
 */
final class ChipPriceTerms implements PriceTerms {
  private final PriceTable table;
  private final PartPrices pointwise;
  private final GivenFigures[] given;
  private final CircuitFamily[] families;
  private final List<Verification> verifications;
  private final boolean feedsRegisters;

  /**
   * Terms of a table.
   *
   * @param pointwise prices of the same chip on a tile without extent
   * @param given by part the figures that the spec gives, null where it gives none
   * @param families by part the family whose factors hold for it, null where none do
   * @param feedsRegisters whether input registers may be fed over wires across the tile
   * @param converting_fJ energy of conversions in the programming of a cell; 0 if no factor moves
   *     it
   * @param reading_fJ energy of reads in the programming of a cell
   */
  ChipPriceTerms(
      PriceTable table,
      PartPrices pointwise,
      GivenFigures[] given,
      CircuitFamily[] families,
      boolean feedsRegisters,
      double converting_fJ,
      double reading_fJ) {
    this.table = table;
    this.pointwise = pointwise;
    this.given = given;
    this.families = families;
    this.feedsRegisters = feedsRegisters;
    verifications = new ArrayList<>(2);
    verify(family(Part.READOUT, Quantity.ENERGY), converting_fJ);
    verify(family(pointwise.pricedAs(Part.CROSSBAR), Quantity.ENERGY), reading_fJ);
  }

  private void verify(Optional<CircuitFamily> family, double energy_fJ) {
    if (family.isPresent() && energy_fJ > 0) {
      verifications.add(new Verification(family.get(), energy_fJ));
    }
  }

  private Optional<CircuitFamily> family(Part part, Quantity quantity) {
    CircuitFamily family = families[part.ordinal()];
    return family == null || part.isOthers() || !family.quantities().contains(quantity)
        ? Optional.empty()
        : Optional.of(family);
  }

  @Override
  public Optional<CircuitFamily> energy(Action action) {
    GivenFigures figures = given[action.part().ordinal()];
    return figures != null && (figures.hasPower() || figures.coversEnergy(action))
        ? Optional.empty()
        : family(pointwise.pricedAs(action.part()), Quantity.ENERGY);
  }

  @Override
  public Optional<CircuitFamily> standing(Part part) {
    GivenFigures figures = given[part.ordinal()];
    return figures != null && (figures.hasPower() || figures.hasLeakage())
        ? Optional.empty()
        : family(part, Quantity.ENERGY);
  }

  @Override
  public Optional<CircuitFamily> area(Part part) {
    GivenFigures figures = given[part.ordinal()];
    return figures != null && figures.hasArea() ? Optional.empty() : family(part, Quantity.AREA);
  }

  @Override
  public Optional<CircuitFamily> programming() {
    return family(Part.WRITE_DRIVER, Quantity.ENERGY);
  }

  @Override
  public Optional<CircuitFamily> configuration() {
    return family(Part.INTERCONNECT, Quantity.ENERGY);
  }

  @Override
  public double wireEnergy_fJ(Action action) {
    return hasWires(action.part()) || (feedsRegisters && action.part() == Part.INPUT_REGISTER)
        ? table.energy_fJ(action) - pointwise.energy_fJ(action, Account.CLOSED)
        : 0;
  }

  @Override
  public double wireStatic_uW(Part part) {
    return hasWires(part) ? table.static_uW(part) - pointwise.static_uW(part, Account.CLOSED) : 0;
  }

  @Override
  public double wireArea_um2(Part part) {
    return hasWires(part) ? table.area_um2(part) - pointwise.area_um2(part, Account.CLOSED) : 0;
  }

  private static boolean hasWires(Part part) {
    return part == Part.BUS || part == Part.INTERCONNECT || part == Part.LINKS;
  }

  @Override
  public List<Verification> verifications() {
    return verifications;
  }
}
