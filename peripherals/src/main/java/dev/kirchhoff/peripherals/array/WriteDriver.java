package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Write driver of a crossbar, with the switches that lead it to its columns: two transistors wide
 * enough for the write current and, where several columns share it, one more transistor of that
 * width a column, none of them smaller than its unit gates (docs/circuits.md, eq. 9). Thick-oxide
 * devices where the write voltage is above the core supply, which do not shrink below 40 nm, a
 * level shifter a driver then and one a select line, the lines being shared by all drivers.
 *
 * <p>A crossbar has as many drivers as cells that are written at once: those that 2 mA together
 * feed (assumed: what a crossbar's write supply carries), at least one, at most one a column.
 *
 * <p>Gates of a driver: a tri-state stage of 2 and one that enables it; of a column's switch, a
 * transmission gate with its share of the decoder, 1. An SRAM cell is written over two bitlines: a
 * driver has both stages twice, every column precharges and equalises the pair, 2 gates, and
 * selects it, 2 (all assumed).
 *
 * <p>Assumed: drive of thick-oxide devices half of a core device's, layout 6F long; level shifter
 * 25 um2 at 40 nm (measured on DNN+NeuroSim: 22 um2 at 32 nm, 50 at 45 nm, wiring included).
 * Thick-oxide devices stand 3.3 V from 65 nm up, 2.5 V from 22 nm, 1.8 V below (input and output
 * supplies that foundries offer; assumed). Neglected: charge pump, which is shared by a chip;
 * decoder of the select lines.
 */
public final class WriteDriver implements Circuit {
  /** Level shifter at 40 nm and below. */
  public static final double LEVEL_SHIFTER_UM2 = 25;

  private static final double CURRENT_BUDGET_UA = 2000;
  private static final double FLOOR_NM = 40;
  private static final double LENGTH_F = 6;
  private static final double DRIVER_GATES = 3;
  private static final double COLUMN_GATES = 1;
  private static final double PAIR_DRIVER_GATES = 6;
  private static final double PAIR_COLUMN_GATES = 4;
  private static final String SOURCE =
      "width from the write current (ITRS on-current), at least the unit gates of a driver and its"
          + " column switch; as many drivers as 2 mA feed (assumed);"
          + " level shifter 25 um2 at 40 nm (assumed, DNN+NeuroSim measures 22 to 50)";

  private final Process process;
  private final WritePoint write;
  private final int columns;
  private final int drivers;
  private final boolean highVoltage;
  private final boolean pair;

  /**
   * A driver for a write point in a crossbar of some columns.
   *
   * @param pair whether a cell is written over a pair of precharged bitlines, as SRAM is
   */
  public WriteDriver(Process process, WritePoint write, int columns, boolean pair) {
    this.pair = pair;
    this.process = process;
    this.write = write;
    this.columns = columns;
    drivers = drivers(write.current_uA(), columns);
    highVoltage = write.voltage_V() > process.supply_V();
  }

  private static int drivers(double current_uA, int columns) {
    if (!(current_uA * columns > CURRENT_BUDGET_UA)) {
      return columns;
    }
    return (int) Math.max(1, Math.floor(CURRENT_BUDGET_UA / current_uA));
  }

  /** Drivers of a crossbar: cells that are written at once. */
  public int drivers() {
    return drivers;
  }

  /** The largest voltage that thick-oxide devices of a node stand. */
  public static double most_V(double node_nm) {
    return node_nm >= 65 ? 3.3 : node_nm >= 22 ? 2.5 : 1.8;
  }

  /** Area of a level shifter on a process. */
  public static double levelShifter_um2(Process process) {
    return LEVEL_SHIFTER_UM2 * process.areaFactor(ScalingClass.HIGH_VOLTAGE, FLOOR_NM);
  }

  @Override
  public double area_um2(Account account) {
    double drive = highVoltage ? 0.5 : 1;
    double feature_um =
        highVoltage ? Math.max(process.feature_um(), FLOOR_NM / 1000) : process.feature_um();
    double width_um = write.current_uA() / (drive * process.nominalOnCurrent_uAPerUm());
    double shared = columns > drivers ? (double) columns / drivers : 0;
    double switches = pair ? (double) columns / drivers : shared;
    double shifters = highVoltage ? 1 + shared / drivers : 0;
    double driverGates = pair ? PAIR_DRIVER_GATES : DRIVER_GATES;
    double columnGates = pair ? PAIR_COLUMN_GATES : COLUMN_GATES;
    double transistor_um2 = width_um * LENGTH_F * feature_um;
    double gate_um2 = process.gate_um2();
    double shifter_um2 = levelShifter_um2(process);
    if (account.isOpen()) {
      account
          .formula(
              "max(2 x # um x 6 x # um, # x # um2) + # x max(# um x 6 x # um, # x # um2) + # x #"
                  + " um2",
              width_um,
              feature_um,
              driverGates,
              gate_um2,
              switches,
              width_um,
              feature_um,
              columnGates,
              gate_um2,
              shifters,
              shifter_um2)
          .source(SOURCE);
    }
    return Math.max(2 * transistor_um2, driverGates * gate_um2)
        + switches * Math.max(transistor_um2, columnGates * gate_um2)
        + shifters * shifter_um2;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account.formula("0 uW").source("write drivers are gated off outside programming (assumed)");
    }
    return 0;
  }
}
