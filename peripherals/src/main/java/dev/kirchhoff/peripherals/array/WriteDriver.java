package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Write driver of one column: two transistors wide enough for the write current, and a level
 * shifter where the write voltage is above the core supply; thick-oxide devices then, which do not
 * shrink below 40 nm.
 *
 * <p>Assumed: drive of thick-oxide devices half of a core device's, layout 6F long; level shifter
 * 25 um2 at 40 nm (measured on DNN+NeuroSim: 22 um2 at 32 nm, 50 at 45 nm, wiring included).
 * Neglected: charge pump, which is shared by a chip.
 */
public final class WriteDriver implements Circuit {
  /** Level shifter at 40 nm and below. */
  public static final double LEVEL_SHIFTER_UM2 = 25;

  private static final double FLOOR_NM = 40;
  private static final double LENGTH_F = 6;
  private static final String SOURCE =
      "width from the write current (ITRS on-current); level shifter 25 um2 at 40 nm (assumed,"
          + " DNN+NeuroSim measures 22 to 50)";

  private final Process process;
  private final WritePoint write;
  private final boolean highVoltage;

  /** A driver for a write point. */
  public WriteDriver(Process process, WritePoint write) {
    this.process = process;
    this.write = write;
    highVoltage = write.voltage_V() > process.supply_V();
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
    double shifter_um2 = highVoltage ? levelShifter_um2(process) : 0;
    if (account.isOpen()) {
      account
          .formula(
              "2 x # uA / (# x # uA/um) x 6 x # um + # um2",
              write.current_uA(),
              drive,
              process.nominalOnCurrent_uAPerUm(),
              feature_um,
              shifter_um2)
          .source(SOURCE);
    }
    return 2 * width_um * LENGTH_F * feature_um + shifter_um2;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account.formula("0 uW").source("write drivers are gated off outside programming (assumed)");
    }
    return 0;
  }
}
