package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Device;

/**
 * A device with its access and read operating point.
 *
 * @param device the resistive device
 * @param access access device
 * @param bits bits stored in one cell
 * @param readVoltage_V voltage across the cell during a read
 * @param ownReadRail the read current is drawn from a rail at the read voltage instead of through a
 *     regulator from the core supply
 */
public record Cell(
    Device device, Access access, int bits, double readVoltage_V, boolean ownReadRail) {}
