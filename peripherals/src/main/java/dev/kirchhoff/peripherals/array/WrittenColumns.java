package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Columns of a crossbar that are written: the names that the equations of a write driver may read.
 *
 * @param pair whether a cell is written over a pair of precharged bitlines, as SRAM is
 */
public record WrittenColumns(Process process, WritePoint write, int columns, boolean pair) {
  /** The vocabulary. */
  public static final Vocabulary<WrittenColumns> VOCABULARY =
      Vocabulary.<WrittenColumns>builder()
          .including(ProcessNames.VOCABULARY, WrittenColumns::process)
          .quantity("columns", "columns", "N_a", "columns", WrittenColumns::columns)
          .quantity("write_V", "V", "V_w", "larger voltage of a write", c -> c.write.voltage_V())
          .quantity("write_I", "uA", "I_w", "larger current of a write", c -> c.write.current_uA())
          .flag("pair", "a cell is written over two bitlines", WrittenColumns::pair)
          .build();

  /** Their driver. */
  public Driver driver(Circuits circuits) {
    return new Driver(circuits.solve("write-driver", VOCABULARY, this, process.node_nm()));
  }

  /** A write driver with the switches that lead it to its columns. */
  public static final class Driver extends SheetCircuit {
    private Driver(Solution solution) {
      super(solution);
    }

    /** Drivers of a crossbar: cells that are written at once. */
    public int drivers() {
      return (int) solution().quantity("drivers", 1);
    }

    /** The largest voltage that thick-oxide devices of the node stand. */
    public double most_V() {
      return solution().value(Term.VOLTAGE, "most", 0);
    }
  }
}
