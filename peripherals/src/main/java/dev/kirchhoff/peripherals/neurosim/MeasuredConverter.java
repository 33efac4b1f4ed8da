package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ErrorBudget;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * The converters of DNN+NeuroSim: a power per bit or per comparator, and a term k G of the column's
 * conductance while it converts, which is the array's own read current. SAR: E = (p1 B + p0) (B +
 * 1) ns and k G (B + 1) ns; flash: q (2^B - 1) x 1 ns and k' G x 1 ns. The tool adds both into its
 * converter; here the second is the price of reading cells, so that it follows the data. No
 * amplifier stands before the converter, and its references are its own.
 *
 * <p>Area: SAR linear in bits; flash 2^B - 1 comparators with references and an encoder of a share
 * of 0.119 of them up to 5 bits, 0.119 + 0.0026 (2^B - 32) above (1.42 times as much with FinFETs).
 *
 * <p>Read: coefficients published with DNN+NeuroSim V1.3 (Peng et al., IEDM 2019, doi
 * 10.1109/IEDM19573.2019.8993491), read at 0.5 V; areas and encoder measured. They lie 3 to 20
 * times below the ADC survey: keep both. Supply: V^2 over nominal (assumed). Leakage is nothing
 * (measured: below 1 % of the chip's). Valid 130..7 nm, 3..8 bits; the tool's 65 to 130 nm flash
 * slows down on low-ohmic columns, which is left out.
 */
public final class MeasuredConverter implements Converter {

  /** Published converter that was measured. */
  public enum Kind {
    SAR,
    /** Flash of current-mode sense amplifiers. */
    FLASH,
    /** Flash of voltage-mode sense amplifiers. */
    VOLTAGE_FLASH
  }

  private static final NodeTable P1_UW =
      MeasuredNode.table(0.1061, 0.1823, 0.3132, 0.538, 1.1294, 2.1691, 3.7506, 5.9869, 8.4483);
  private static final NodeTable P0_UW =
      MeasuredNode.table(0.8847, 1.5073, 2.5681, 4.3753, 8.8998, 16.693, 25.844, 37.462, 65.243);
  private static final NodeTable P1_HIGH_UW =
      MeasuredNode.table(0.2008, 0.3076, 0.4710, 0.7213, 1.0157, 2.1843, 2.9503, 4.3474, 6.4806);
  private static final NodeTable P0_HIGH_UW =
      MeasuredNode.table(0.6823, 1.1543, 1.9529, 3.3041, 7.6286, 11.931, 22.047, 31.782, 49.047);

  /** SAR and voltage-mode sense amplifiers share it. */
  private static final NodeTable SAR_V2 =
      MeasuredNode.table(0.0436, 0.0516, 0.0611, 0.0723, 0.0794, 0.1002, 0.1213, 0.1443, 0.1694);

  private static final NodeTable Q_UW =
      MeasuredNode.table(0.35, 0.55, 1.0, 1.7, 3.0875, 6.3162, 8.4147, 12.612, 18.09);
  private static final NodeTable Q_HIGH_UW =
      MeasuredNode.table(0.5, 0.8, 1.2, 1.8939, 3.9648, 7.7017, 9.9579, 13.09, 19.898);
  private static final NodeTable Q_VOLTAGE_UW =
      MeasuredNode.table(0.4211, 0.6917, 1.126, 1.866, 3.692, 7.062, 10.18, 14.42, 23.4);
  private static final NodeTable FLASH_V2 =
      MeasuredNode.table(0.0235, 0.0315, 0.0508, 0.0631, 0.0649, 0.075, 0.0972, 0.1023, 0.138);
  private static final NodeTable SAR_3B_UM2 =
      MeasuredNode.table(12.25, 24.99, 48.98, 86.72, 183.5, 362.8, 757, 1451, 3028);
  private static final NodeTable SAR_8B_UM2 =
      MeasuredNode.table(25.48, 52, 101.9, 180.4, 381.8, 755, 1575, 3020, 6301);
  private static final NodeTable COMPARATOR_UM2 =
      MeasuredNode.table(1.542, 3.146, 6.166, 10.92, 23.1, 45.68, 95.3, 182.7, 381.2);
  private static final NodeTable VOLTAGE_COMPARATOR_UM2 =
      MeasuredNode.table(1.629, 3.323, 6.516, 11.54, 24.41, 48.26, 100.7, 193.1, 402.9);

  private static final double FIT_READ_V = 0.5;
  private static final double FLASH_NS = 1;
  private static final double ENCODER = 0.119;
  private static final double ENCODER_PER_CODE = 0.0026;
  private static final int ENCODER_BITS = 5;
  private static final double FINFET_ENCODER = 1.42;
  // Effective bits: as for our own converters of the kind (assumed).
  private static final double SAR_LOST_PER_BIT = 0.125;
  private static final double FLASH_LOST_PER_BIT = 0.1;

  private final MeasuredNode node;
  private final Kind kind;
  private final int bits;
  private final double read_V;

  /** A converter of a number of bits on a column that is read at a voltage. */
  public MeasuredConverter(Process process, Kind kind, int bits, double read_V) {
    node = MeasuredNode.of(process);
    this.kind = kind;
    this.bits = bits;
    this.read_V = read_V;
  }

  private boolean isFlash() {
    return kind != Kind.SAR;
  }

  @Override
  public double energy_fJ(Account account) {
    double factor = node.supplyFactor();
    if (isFlash()) {
      double comparator_uW = comparator_uW();
      if (account.isOpen()) {
        account
            .formula("# uW x (2^# - 1) x 1 ns x #", comparator_uW, bits, factor)
            .source(MeasuredNode.SOURCE);
      }
      return comparator_uW * ((1 << bits) - 1) * FLASH_NS * factor;
    }
    double perBit_uW = node.at(P1_UW, P1_HIGH_UW);
    double fixed_uW = node.at(P0_UW, P0_HIGH_UW);
    if (account.isOpen()) {
      account
          .formula("(# uW x # + # uW) x (# + 1) ns x #", perBit_uW, bits, fixed_uW, bits, factor)
          .source(MeasuredNode.SOURCE);
    }
    return (perBit_uW * bits + fixed_uW) * time_ns() * factor;
  }

  private double comparator_uW() {
    return kind == Kind.VOLTAGE_FLASH ? node.at(Q_VOLTAGE_UW) : node.at(Q_UW, Q_HIGH_UW);
  }

  @Override
  public double readCurrent_fJ(double conductance_uS, Account account) {
    double perConductance_V2 = node.at(kind == Kind.FLASH ? FLASH_V2 : SAR_V2);
    double amplitude = read_V / FIT_READ_V;
    if (account.isOpen()) {
      account
          .formula(
              "# uS x # V2 x # x # ns x #",
              conductance_uS,
              perConductance_V2,
              amplitude,
              time_ns(),
              node.supplyFactor())
          .source("current of the cells while their column is converted; " + MeasuredNode.SOURCE);
    }
    return conductance_uS * perConductance_V2 * amplitude * time_ns() * node.supplyFactor();
  }

  @Override
  public double area_um2(Account account) {
    account.source(MeasuredNode.SOURCE);
    if (isFlash()) {
      double comparator_um2 = node.at(kind == Kind.FLASH ? COMPARATOR_UM2 : VOLTAGE_COMPARATOR_UM2);
      double encoder = encoder();
      if (account.isOpen()) {
        account.formula("# um2 x (2^# - 1) x (1 + #)", comparator_um2, bits, encoder);
      }
      return comparator_um2 * ((1 << bits) - 1) * (1 + encoder);
    }
    double at3_um2 = node.at(SAR_3B_UM2);
    double perBit_um2 = (node.at(SAR_8B_UM2) - at3_um2) / 5;
    if (account.isOpen()) {
      account.formula("# um2 + # um2 x (# - 3)", at3_um2, perBit_um2, bits);
    }
    return at3_um2 + perBit_um2 * (bits - 3);
  }

  /** Area of the encoder relative to that of the comparators. */
  private double encoder() {
    double codes = bits > ENCODER_BITS ? (1 << bits) - (1 << ENCODER_BITS) : 0;
    double share = ENCODER + ENCODER_PER_CODE * codes;
    return node.isFinFet() ? FINFET_ENCODER * share : share;
  }

  @Override
  public double static_uW(Account account) {
    account.formula("0 uW").source("below 1 % of the chip's leakage; " + MeasuredNode.SOURCE);
    return 0;
  }

  @Override
  public double time_ns() {
    return isFlash() ? FLASH_NS : bits + 1;
  }

  @Override
  public ErrorBudget errors() {
    return ErrorBudget.ofLostBits((isFlash() ? FLASH_LOST_PER_BIT : SAR_LOST_PER_BIT) * bits);
  }

  @Override
  public double input_fF() {
    return 10;
  }

  /** Its references are its own. */
  @Override
  public boolean trimsItself() {
    return true;
  }

  @Override
  public boolean pricesReadCurrent() {
    return true;
  }
}
