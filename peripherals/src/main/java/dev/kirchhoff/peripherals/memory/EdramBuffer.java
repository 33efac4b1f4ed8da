package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.PowerLaw;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Embedded DRAM buffer: power laws through two sizes, energy 17.2 pJ x (S/64 KB)^0.56 and area
 * 0.086 mm2 x (S/64 KB)^0.49 for accesses of 256 bits every 2 ns; leakage as logic on 0.7 of the
 * area (high performance gives 0.45 mW at 64 KB, PUMA 0.46), refresh beside it: every bit restored
 * once in 40 us (docs/circuits.md, eq. 99 and 100). An access opens a row of 256 bits; a narrower
 * one pays half of the row's energy for bits that it does not take (assumed: half of the energy is
 * in the row, half in wires and drivers).
 *
 * <p>Fitted: 64 KB and 128 KB of the PUMA simulator at 32 nm (8.6 / 12.7 mW, 0.086 / 0.121 mm2;
 * CACTI). ISAAC has 0.083 mm2 and 20.5 pJ for the same. Scaled as SRAM. Assumed: retention 40 us
 * (hot), 10 fJ to restore a bit at 32 nm. Valid 16 KB to 4 MB.
 */
public final class EdramBuffer implements MemoryCircuit {
  private static final double NODE_NM = 32;
  private static final double BASE_B = 65536;
  private static final double BIT_FJ = 17200.0 / 256;
  private static final double AREA_UM2 = 86000;
  private static final double LEAKING = 0.7;
  private static final double ENERGY_EXPONENT = 0.56;
  private static final double AREA_EXPONENT = 0.49;
  private static final PowerLaw ENERGY_POWER = new PowerLaw(ENERGY_EXPONENT);
  private static final PowerLaw AREA_POWER = new PowerLaw(AREA_EXPONENT);
  private static final double RESTORE_FJ = 10;
  private static final double RETENTION_NS = 40_000;
  private static final double ACCESS_NS = 2;
  private static final double ROW_BITS = 256;
  private static final String SOURCE =
      "eDRAM of 64 and 128 KB at 32 nm (PUMA simulator, doi 10.1145/3297858.3304049; CACTI),"
          + " power law through both (fitted); SRAM scaling";

  private final Process process;
  private final double size_B;
  private final double cycle_ns;
  private final double energyFactor;
  private final double rowShare;
  private final double sizeOnEnergy;
  private final double sizeOnArea;

  /** A buffer of a size and width. */
  public EdramBuffer(Process process, double size_B, int width_bits, double cycle_ns) {
    this.process = process;
    this.size_B = size_B;
    sizeOnEnergy = ENERGY_POWER.of(size_B / BASE_B);
    sizeOnArea = AREA_POWER.of(size_B / BASE_B);
    rowShare = Math.max(1, ROW_BITS / width_bits);
    this.cycle_ns = cycle_ns;
    energyFactor = process.energyFactor(ScalingClass.SRAM, NODE_NM, Process.FIT_SUPPLY_V);
  }

  @Override
  public double read_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "17200 fJ / 256 x (# B / 65536 B)^0.56 x # x (0.5 + 0.5 x #)",
              size_B,
              energyFactor,
              rowShare)
          .source(SOURCE);
    }
    return BIT_FJ * sizeOnEnergy * energyFactor * (0.5 + 0.5 * rowShare);
  }

  @Override
  public double write_fJ(Account account) {
    return read_fJ(account);
  }

  @Override
  public double area_um2(Account account) {
    double factor = process.areaFactor(ScalingClass.SRAM, NODE_NM);
    if (account.isOpen()) {
      account.formula("86000 um2 x (# B / 65536 B)^0.49 x #", size_B, factor).source(SOURCE);
    }
    return AREA_UM2 * sizeOnArea * factor;
  }

  @Override
  public double static_uW(Account account) {
    double leaking_um2 = LEAKING * area_um2(Account.CLOSED);
    if (account.isOpen()) {
      account
          .formula(
              "# um2 x # uW/um2 + 8 x # x 10 fJ x # / 40000 ns",
              leaking_um2,
              process.leakage_uWPerUm2(),
              size_B,
              energyFactor)
          .source(
              "periphery leaks as logic on 0.7 of the area; refresh 10 fJ a bit every 40 us"
                  + " (assumed)");
    }
    return leaking_um2 * process.leakage_uWPerUm2()
        + 8 * size_B * RESTORE_FJ * energyFactor / RETENTION_NS;
  }

  @Override
  public double access_ns() {
    return Math.max(ACCESS_NS, cycle_ns);
  }
}
