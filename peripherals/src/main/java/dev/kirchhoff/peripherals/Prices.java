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
   * Prices designs, with memos of the processes of their technologies, of their circuits and of
   * price tables. Safe for use by several threads.
   */
  public static final class Pricer {
    private static final long PROCESSES_B = 1 << 20;
    private static final long PROCESS_B = 1 << 10;
    private static final long CIRCUITS_B = 4 << 20;

    /** A circuit file of a user with its code. */
    private static final long CIRCUIT_B = 32 << 10;

    /** Bytes of the price tables that a pricer keeps at most (chosen). */
    public static final long BOUND_B = 24L << 20;

    /** Bytes of a price table with its circuits (measured). */
    public static final long TABLE_B = 12_000;

    private final Memo<Technology, Process> processes =
        new Memo<>(Process::of, PROCESSES_B, process -> PROCESS_B);

    private final Memo<CircuitSettings, Circuits> circuits =
        new Memo<>(Circuits::of, CIRCUITS_B, made -> CIRCUIT_B);

    private final Memo<ChipKey, ChipPrices> tables;

    /**
     * Design without its workload, of which a price table reads chip, widest precision, calibration
     * and circuits; chips are equal to themselves alone.
     */
    private record ChipKey(Design design) {
      @Override
      public boolean equals(Object other) {
        return other instanceof ChipKey key
            && design.chip() == key.design.chip()
            && design.widest().equals(key.design.widest())
            && design.calibration().equals(key.design.calibration())
            && design.circuits().equals(key.design.circuits());
      }

      @Override
      public int hashCode() {
        return 31 * System.identityHashCode(design.chip()) + design.circuits().hashCode();
      }
    }

    /** A pricer that keeps {@link #BOUND_B} of price tables at most. */
    public Pricer() {
      this(BOUND_B);
    }

    /**
     * A pricer.
     *
     * @param bound_B bytes of the price tables that it keeps at most; 0 keeps none
     */
    public Pricer(long bound_B) {
      tables = new Memo<>(key -> made(key.design()), bound_B, made -> TABLE_B);
    }

    /**
     * The price table of a design.
     *
     * @throws IllegalArgumentException as {@link Prices#of}
     */
    public ChipPrices price(Design design) {
      return tables.get(new ChipKey(design.peak()));
    }

    /** Electrical figures of a design's crossbars, of which nothing is kept. */
    public CrossbarFigures crossbar(Design design) {
      return ReadColumn.of(
          StatedPass.column(
              design, processes.get(design.chip().technology()), circuits.get(design.circuits())));
    }

    private ChipPrices made(Design design) {
      return new ChipPrices(
          design, processes.get(design.chip().technology()), circuits.get(design.circuits()));
    }
  }
}
