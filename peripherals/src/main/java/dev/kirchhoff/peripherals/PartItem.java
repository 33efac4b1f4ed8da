package dev.kirchhoff.peripherals;

/**
 * Part without a key of its own, one of those that {@link Part#PE_OTHERS} and its like stand for;
 * each is a line of its own.
 *
 * @param name its line
 * @param count instances in one PE, tile or chip
 * @param area_um2 area of one instance
 * @param static_uW power of one instance that is drawn whether it works or not
 * @param pass_fJ energy of one instance for one pass of one crossbar
 */
public record PartItem(String name, double count, Price area_um2, Price static_uW, Price pass_fJ) {

  /** Its price of a quantity; of energies that of a pass. */
  public Price price(PriceLine.Kind kind) {
    return switch (kind) {
      case ENERGY, PASS -> pass_fJ;
      case STATIC -> static_uW;
      case AREA -> area_um2;
    };
  }
}
