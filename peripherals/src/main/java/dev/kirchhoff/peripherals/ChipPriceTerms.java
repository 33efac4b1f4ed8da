package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.peripherals.PriceTerm.Kind;
import dev.kirchhoff.peripherals.circuit.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Terms of a chip's prices. The share of wires in a price is its excess over the price on a tile
 * without extent, as all wires are laid along sides of tiles and cost in proportion to their
 * length.
 */
final class ChipPriceTerms implements PriceTerms {
  private static final PriceLine WRITE = PriceLine.energy(Action.CELL_WRITE);
  private static final PriceLine CONFIGURATION = PriceLine.energy(Action.CONFIGURE_BIT);

  private final PriceTable table;
  private final PartPrices pointwise;
  private final Function<PriceLine, Optional<CircuitFamily>> families;
  private final List<Verification> verifications = new ArrayList<>(2);
  private final boolean feedsRegisters;

  /**
   * Energy of verification in a write.
   *
   * @param family circuits that read
   * @param energy_fJ their energy
   */
  private record Verification(Optional<CircuitFamily> family, double energy_fJ) {}

  /**
   * Terms of a table.
   *
   * @param pointwise prices of the same chip on a tile without extent
   * @param families family whose factor a price is proportional to
   * @param feedsRegisters whether input registers may be fed over wires across the tile
   */
  ChipPriceTerms(
      PriceTable table,
      PartPrices pointwise,
      Function<PriceLine, Optional<CircuitFamily>> families,
      boolean feedsRegisters) {
    this.table = table;
    this.pointwise = pointwise;
    this.families = families;
    this.feedsRegisters = feedsRegisters;
  }

  /** Adds the energy in a write that the factor of circuits that read moves; none without one. */
  void verified(Optional<CircuitFamily> family, double energy_fJ) {
    if (family.isPresent() && energy_fJ > 0) {
      verifications.add(new Verification(family, energy_fJ));
    }
  }

  @Override
  public void split(PriceLine line, Split to) {
    double rest = table.price(line);
    Optional<CircuitFamily> family = families.apply(line);
    if (line == WRITE) {
      Kind kind = family.isPresent() ? Kind.VERIFICATION : Kind.PLAIN;
      for (Verification share : verifications) {
        rest -= share.energy_fJ();
        to.add(PriceTerm.of(kind, share.family()), share.energy_fJ());
      }
    } else if (hasWires(line)) {
      double wires = rest - pointwise.price(line, Account.CLOSED);
      rest -= wires;
      to.add(PriceTerm.of(Kind.WIRES, family), wires);
    }
    to.add(PriceTerm.of(kind(line, family), family), rest);
  }

  private boolean hasWires(PriceLine line) {
    Part part = line.part();
    boolean isLaid = part == Part.BUS || part == Part.INTERCONNECT || part == Part.LINKS;
    boolean isFed = feedsRegisters && part == Part.INPUT_REGISTER;
    return switch (line.kind()) {
      case ENERGY -> (isLaid || isFed) && line != CONFIGURATION;
      case PASS -> false;
      case STATIC, AREA -> isLaid;
    };
  }

  /** Interconnect counts for no side of a tile, wherever it lies: its family tells it apart. */
  private static Kind kind(PriceLine line, Optional<CircuitFamily> family) {
    Part part = line.part();
    boolean isLink =
        part == Part.BUS || part == Part.INTERCONNECT || part == Part.LINKS || part == Part.IO;
    boolean isApart = part.level() == Part.Level.CHIP || isLink;
    return line.kind() == PriceLine.Kind.AREA && isApart && !(isLink && family.isPresent())
        ? Kind.CHIP
        : Kind.PLAIN;
  }
}
