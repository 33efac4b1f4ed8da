package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Makes the price table of a design.
 *
 * <pre>{@code
 * ChipPrices prices = Prices.of(design);
 * double conversion_fJ = prices.energy_fJ(Action.CONVERSION);
 * Price explained = prices.explainEnergy(Action.CONVERSION);
 * }</pre>
 */
public final class Prices {
  private Prices() {}

  /**
   * The price table of a design.
   *
   * @throws IllegalArgumentException if the design names a model that the library does not have for
   *     that part
   */
  public static ChipPrices of(Design design) {
    return new ChipPrices(design, Process.of(design.chip().technology()), null);
  }

  /**
   * Prices one design after another. It keeps the process of the last one, since designs of a
   * search mostly share theirs. One per thread.
   */
  public static final class Pricer {
    private final boolean remembers;
    private Technology technology;
    private Process process;
    private ChipPrices last;

    /** A pricer that keeps nothing but the process. */
    public Pricer() {
      this(false);
    }

    private Pricer(boolean remembers) {
      this.remembers = remembers;
    }

    /**
     * A pricer for designs that differ little from one another: it keeps the last design's circuits
     * and their prices and makes those again that a change reaches. Prices are the same bit for
     * bit.
     */
    public static Pricer remembering() {
      return new Pricer(true);
    }

    /**
     * The price table of a design.
     *
     * @throws IllegalArgumentException as {@link Prices#of}
     */
    public ChipPrices price(Design design) {
      Technology wanted = design.chip().technology();
      if (wanted != technology && !wanted.equals(technology)) {
        technology = wanted;
        process = Process.of(wanted);
      }
      ChipPrices prices = new ChipPrices(design, process, last);
      last = remembers ? prices : null;
      return prices;
    }
  }
}
