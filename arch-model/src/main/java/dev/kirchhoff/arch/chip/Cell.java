package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.Family;

/**
 * A device with its access and read operating point.
 *
 * @param device the resistive device
 * @param access access device
 * @param bits bits stored in one cell
 * @param readVoltage_V voltage across the cell during a read
 * @param ownReadRail the read current is drawn from a rail at the read voltage instead of through a
 *     regulator from the core supply
 * @param heldBitline whether SRAM cells feed their current into a held bitline; else they discharge
 *     a precharged one
 */
public record Cell(
    Device device,
    Access access,
    int bits,
    double readVoltage_V,
    boolean ownReadRail,
    boolean heldBitline) {

  /** True if its cells discharge a precharged bitline, so that no current flows into a readout. */
  public boolean dischargesBitline() {
    return device.family() == Family.SRAM && !heldBitline;
  }
}
