package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * The converters of DNN+NeuroSim as measured by running it: a power per bit or per comparator plus
 * a term k G of the column conductance, which is the array's own read current. SAR: E = (p1 B + p0
 * + k G) (B + 1) ns; flash: E = (q (2^B - 1) + k' G) 1 ns. With it cell reads cost nothing more and
 * no amplifier stands before the converter.
 *
 * <p>Read: coefficients published with DNN+NeuroSim V1.3 (Peng et al., IEDM 2019, doi
 * 10.1109/IEDM19573.2019.8993491), low-power transistors, read at 0.5 V; areas measured. They lie 3
 * to 20 times below the ADC survey: keep both. Supply: V^2 over nominal (assumed). Valid 130..7 nm,
 * 3..8 bits.
 */
public final class MeasuredSenseFit implements Converter {
  private static final double[] NODE_NM = {7, 10, 14, 22, 32, 45, 65, 90, 130};
  private static final NodeTable P1_UW =
      NodeTable.of(
          NODE_NM,
          new double[] {0.1061, 0.1823, 0.3132, 0.538, 1.1294, 2.1691, 3.7506, 5.9869, 8.4483});
  private static final NodeTable P0_UW =
      NodeTable.of(
          NODE_NM,
          new double[] {0.8847, 1.5073, 2.5681, 4.3753, 8.8998, 16.693, 25.844, 37.462, 65.243});
  private static final NodeTable SAR_V2 =
      NodeTable.of(
          NODE_NM,
          new double[] {0.0436, 0.0516, 0.0611, 0.0723, 0.0794, 0.1002, 0.1213, 0.1443, 0.1694});
  private static final NodeTable Q_UW =
      NodeTable.of(
          NODE_NM, new double[] {0.35, 0.55, 1.0, 1.7, 3.0875, 6.3162, 8.4147, 12.612, 18.09});
  private static final NodeTable FLASH_V2 =
      NodeTable.of(
          NODE_NM,
          new double[] {0.0235, 0.0315, 0.0508, 0.0631, 0.0649, 0.075, 0.0972, 0.1023, 0.138});
  private static final NodeTable SAR_3B_UM2 =
      NodeTable.of(
          NODE_NM, new double[] {12.25, 24.99, 48.98, 86.72, 183.5, 362.8, 757, 1451, 3028});
  private static final NodeTable SAR_8B_UM2 =
      NodeTable.of(NODE_NM, new double[] {25.48, 52, 101.9, 180.4, 381.8, 755, 1575, 3020, 6301});
  private static final NodeTable COMPARATOR_UM2 =
      NodeTable.of(
          NODE_NM, new double[] {1.542, 3.146, 6.166, 10.92, 23.1, 45.68, 95.3, 182.7, 381.2});
  private static final double FIT_READ_V = 0.5;
  private static final double FLASH_NS = 1;
  private static final String SOURCE =
      "measured on DNN+NeuroSim V1.3, low power (doi 10.1109/IEDM19573.2019.8993491); contains"
          + " the read current; fitted";

  private final Process process;
  private final int bits;
  private final ColumnLoad load;
  private final boolean flash;

  /** The SAR or the flash of a number of bits on a column. */
  public MeasuredSenseFit(Process process, int bits, ColumnLoad load, boolean flash) {
    this.process = process;
    this.bits = bits;
    this.load = load;
    this.flash = flash;
  }

  @Override
  public double energy_fJ(Account account) {
    double node_nm = process.node_nm();
    double relative = process.supply_V() / NominalSupply.of(node_nm);
    double current = load.readVoltage_V() / FIT_READ_V;
    double column_uS = load.typical_uS() * current;
    double own_uW;
    double perConductance_V2;
    if (flash) {
      own_uW = Q_UW.at(node_nm) * ((1 << bits) - 1);
      perConductance_V2 = FLASH_V2.at(node_nm);
      if (account.isOpen()) {
        account.formula(
            "(# uW x (2^# - 1) + # V2 x # uS) x 1 ns x #^2",
            Q_UW.at(node_nm),
            bits,
            perConductance_V2,
            column_uS,
            relative);
      }
    } else {
      own_uW = P1_UW.at(node_nm) * bits + P0_UW.at(node_nm);
      perConductance_V2 = SAR_V2.at(node_nm);
      if (account.isOpen()) {
        account.formula(
            "(# uW x # + # uW + # V2 x # uS) x (# + 1) ns x #^2",
            P1_UW.at(node_nm),
            bits,
            P0_UW.at(node_nm),
            perConductance_V2,
            column_uS,
            bits,
            relative);
      }
    }
    account.source(SOURCE);
    return (own_uW + perConductance_V2 * column_uS) * time_ns() * relative * relative;
  }

  @Override
  public double area_um2(Account account) {
    account.source(SOURCE);
    double node_nm = process.node_nm();
    if (flash) {
      double comparator_um2 = COMPARATOR_UM2.at(node_nm);
      if (account.isOpen()) {
        account.formula("# um2 x (2^# - 1)", comparator_um2, bits);
      }
      return comparator_um2 * ((1 << bits) - 1);
    }
    double at3_um2 = SAR_3B_UM2.at(node_nm);
    double perBit_um2 = (SAR_8B_UM2.at(node_nm) - at3_um2) / 5;
    if (account.isOpen()) {
      account.formula("# um2 + # um2 x (# - 3)", at3_um2, perBit_um2, bits);
    }
    return at3_um2 + perBit_um2 * (bits - 3);
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double time_ns() {
    return flash ? FLASH_NS : bits + 1;
  }

  @Override
  public double lostBits() {
    return (flash ? FlashConverter.LOST_PER_BIT : SarConverter.LOST_PER_BIT) * bits;
  }

  @Override
  public double input_fF() {
    return 10;
  }

  @Override
  public Sensing sensing() {
    return Sensing.CURRENT;
  }

  @Override
  public boolean containsReadCurrent() {
    return true;
  }
}
