package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Driver of one wordline: latch, optional multi-level DAC, output stage, optional level shifter for
 * writing (docs/circuits.md, eq. 61).
 *
 * <p>A 1T1R array with pulses of one amplitude drives gates: the stage is a fan-out-of-4 chain, C_w
 * V_high (V_high − V_low) (1 + 1/3) a pulse, from ground to the core supply unless stated.
 * Otherwise the wordline carries the cells' current, and the stage's resistance must stay below 5 %
 * of the row's (assumed: its mean is calibrated out): width = R_on W x C G_mean / 0.05 at the
 * nominal supply, whose gates switch with every pulse.
 *
 * <p>DAC of b bits: a decoder that selects one of 2^b levels, b + 2 unit gates a conversion (its
 * address and the two taps that change; assumed), area 0.166 um2 2^(b-1) (read: ISAAC's one-bit
 * driver at 32 nm and MNSIM 2.0's series of it); a {@link LevelDriver} makes the levels and holds
 * the line at one. Latch: one flip-flop (ZigZag-IMC unit gate).
 */
public final class RowDriver implements Circuit {
  private static final double DAC_UM2 = 0.166;
  private static final double DAC_NODE_UM = 0.032;
  private static final double DROP = 0.05;
  private static final double CHAIN = 4.0 / 3;
  private static final double LATCH_GATES = 3;
  private static final double SELECTED_LEVELS = 2;
  private static final double LATCH_AREA_GATES = 6;
  private static final double STAGE_LENGTH_F = 4;
  private static final double FAN_OUT = 4;
  private static final String SOURCE =
      "latch, decoder of levels b + 2 gates (assumed) and 0.166 um2 2^(b-1) (ISAAC, MNSIM 2.0,"
          + " read); stage sized for a drop of 5 % (assumed)";

  private final Process process;
  private final int bits;
  private final boolean gateDriven;
  private final double wordline_fF;
  private final double row_uS;
  private final double read_V;
  private final double readSupply_V;
  private final double shifter_um2;
  private final double stage_um;
  private final double low_V;
  private final double high_V;

  /** A driver whose gate lines swing over the core supply. */
  public RowDriver(Process process, int bits, boolean gateDriven, Line line, double shifter_um2) {
    this(process, bits, gateDriven, line, shifter_um2, Input.Swing.SUPPLY);
  }

  /**
   * A driver.
   *
   * @param swing swing of a line that drives gates
   * @param bits bits that one pulse carries; more than one needs a DAC
   * @param gateDriven the wordline drives gates only
   * @param line the wordline
   * @param shifter_um2 area of the level shifter, or 0
   */
  public RowDriver(
      Process process,
      int bits,
      boolean gateDriven,
      Line line,
      double shifter_um2,
      Input.Swing swing) {
    low_V = swing.low_V();
    high_V = swing.high_V().orElse(process.supply_V());
    this.process = process;
    this.bits = bits;
    this.gateDriven = gateDriven;
    wordline_fF = line.wordline_fF();
    row_uS = line.row_uS();
    read_V = line.read_V();
    readSupply_V = line.readSupply_V();
    this.shifter_um2 = shifter_um2;
    stage_um =
        gateDriven
            ? Math.max(
                2 * process.feature_um(), wordline_fF / (FAN_OUT * Process.GATE_FF_PER_UM * 2))
            : process.nominalSwitch_MohmUm() * (row_uS / DROP);
  }

  /**
   * The wordline that is driven.
   *
   * @param wordline_fF capacitance of the whole line
   * @param row_uS mean conductance of all cells of a row
   * @param read_V read voltage
   * @param readSupply_V supply of the read voltage
   */
  public record Line(double wordline_fF, double row_uS, double read_V, double readSupply_V) {}

  /** Capacitance of the line with the gates of the stage that carries its current. */
  public double load_fF() {
    return gateDriven ? wordline_fF : wordline_fF + gates_fF();
  }

  private double gates_fF() {
    return 2 * Process.GATE_FF_PER_UM * stage_um;
  }

  /** Energy of one pulse. */
  public double pulse_fJ(Account account) {
    double v = process.supply_V();
    if (gateDriven) {
      if (account.isOpen()) {
        account
            .formula("4 / 3 x # fF x # V x (# V - # V)", wordline_fF, high_V, high_V, low_V)
            .source(
                "wordline: 0.2 fF/um of wire and 1 fF/um of gate (ITRS); driver chain of fan-out"
                    + " 4");
      }
      return CHAIN * wordline_fF * high_V * Math.max(0, high_V - low_V);
    }
    double gates_fF = gates_fF();
    if (account.isOpen()) {
      account
          .formula(
              "# fF x # V x # V + # fF x (# V)^2", wordline_fF, read_V, readSupply_V, gates_fF, v)
          .source(
              "wordline: 0.2 fF/um (ITRS); gates of a stage that drops at most 5 % (assumed) on"
                  + " the row's current");
    }
    return wordline_fF * read_V * readSupply_V + gates_fF * v * v;
  }

  /** Energy of presenting one digit, zero or not. */
  public double convert_fJ(Account account) {
    double decoder = bits > 1 ? bits + SELECTED_LEVELS : 0;
    if (account.isOpen()) {
      account.formula("(3 + #) x # fJ", decoder, process.gate_fJ()).source(SOURCE);
    }
    return (LATCH_GATES + decoder) * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    double f_um = process.feature_um();
    double dac_um2 = DAC_UM2 * (process.feature_um() / DAC_NODE_UM);
    if (account.isOpen()) {
      account
          .formula(
              "6 x # um2 + 2 x # um x 4 x # um + # um2 x 2^(# - 1) + # um2",
              process.gate_um2(),
              stage_um,
              f_um,
              dac_um2,
              bits,
              shifter_um2)
          .source(SOURCE);
    }
    return drawn_um2() + shifter_um2;
  }

  private double drawn_um2() {
    double f_um = process.feature_um();
    double dac_um2 = DAC_UM2 * (f_um / DAC_NODE_UM);
    return LATCH_AREA_GATES * process.gate_um2()
        + 2 * stage_um * STAGE_LENGTH_F * f_um
        + dac_um2 * (1L << (bits - 1));
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(drawn_um2(), account);
  }

  /** Output resistance of the stage. */
  public double stage_ohm() {
    return Units.OHM_PER_MOHM * (process.switch_MohmUm() / stage_um);
  }

  /** Output resistance that the cells' current sees; 0 where the wordline drives gates only. */
  public double driver_ohm() {
    return gateDriven ? 0 : stage_ohm();
  }
}
