package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.memo.Memo;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Solution;
import java.util.ArrayList;
import java.util.List;

/**
 * Factory of the price table of a design.
 *
 * <pre>{@code
 * ChipPrices prices = Prices.of(design);
 * double conversion_fJ = prices.energy_fJ(Action.CONVERSION);
 * Price explained = prices.explain(PriceLine.energy(Action.CONVERSION));
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
    return new ChipPrices(
        design, Process.of(design.chip().technology()), Circuits.of(design.circuits()));
  }

  /** Circuits that the price table of a design is made of, each sized for its place. */
  public static List<Solution> circuits(Design design) {
    List<Solution> solved = new ArrayList<>();
    Circuits circuits = Circuits.of(design.circuits()).telling(solved::add);
    new ChipPrices(design, Process.of(design.chip().technology()), circuits);
    return List.copyOf(solved);
  }

  /**
   * Prices designs, with memos of the processes of their technologies and of their circuits. One
   * per thread.
   */
  public static final class Pricer {
    private static final long PROCESSES_B = 1 << 20;
    private static final long PROCESS_B = 1 << 10;
    private static final long CIRCUITS_B = 4 << 20;

    /** A circuit file of a user with its code. */
    private static final long CIRCUIT_B = 32 << 10;

    private final Memo<Technology, Process> processes =
        new Memo<>(Process::of, PROCESSES_B, process -> PROCESS_B);

    private final Memo<CircuitSettings, Circuits> circuits =
        new Memo<>(Circuits::of, CIRCUITS_B, made -> CIRCUIT_B);

    /** A pricer. */
    public Pricer() {}

    /**
     * The price table of a design.
     *
     * @throws IllegalArgumentException as {@link Prices#of}
     */
    public ChipPrices price(Design design) {
      return new ChipPrices(
          design, processes.get(design.chip().technology()), circuits.get(design.circuits()));
    }
  }
}
