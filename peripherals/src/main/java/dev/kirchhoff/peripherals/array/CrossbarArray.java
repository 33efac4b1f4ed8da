package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Physical model of a crossbar: cells, their lines and the row decoder.
 *
 * <p>Wires: r and c per cell from the node's array wire over one cell pitch, plus gate (wordline)
 * or drain (bitline) of the access transistor. A full cell read costs G_max V_r V_s t_on, V_s the
 * read rail or, through a regulator or mirror, the core supply; a column costs C_b V_r V_s to
 * charge. Statistics of the data are in the counts, not in these prices.
 *
 * <p>Neglected: non-linear cells, coupling between lines. Row decoder: 4 gates a row (assumed; 1.3
 * um2 a row at 32 nm, as measured on DNN+NeuroSim).
 */
public final class CrossbarArray implements CellArray {
  private static final double DECODER_GATES = 4;

  private final Process process;
  private final Crossbar crossbar;
  private final Cell cell;
  private final CellGeometry geometry;
  private final double pitch_um;
  private final double wordlineSegment_ohm;
  private final double bitlineSegment_ohm;
  private final double bitline_fF;
  private final double wordline_fF;
  private final double inputLine_fF;
  private final int columns;
  private final double readSupply_V;

  /**
   * An array of a crossbar's size with a cell, its wordline driving gates or carrying the read
   * current.
   */
  public CrossbarArray(Process process, Crossbar crossbar, Cell cell, boolean gateDriven) {
    this.process = process;
    this.crossbar = crossbar;
    this.cell = cell;
    geometry = new CellGeometry(process, cell);
    pitch_um = geometry.pitch_um();
    double segment_ohm = process.wire_ohmPerUm() * pitch_um;
    wordlineSegment_ohm = crossbar.wires().wordline_ohm().orElse(segment_ohm);
    bitlineSegment_ohm = crossbar.wires().bitline_ohm().orElse(segment_ohm);
    double wire_fF = Process.WIRE_FF_PER_UM * pitch_um;
    double gate_fF = gateDriven ? Process.GATE_FF_PER_UM * geometry.access_um() : 0;
    double drain_fF = Process.DRAIN_FF_PER_UM * geometry.access_um();
    columns = crossbar.allColumns();
    wordline_fF = columns * (wire_fF + gate_fF);
    inputLine_fF = columns * (wire_fF + drain_fF);
    bitline_fF = crossbar.rows() * (wire_fF + drain_fF);
    readSupply_V = cell.ownReadRail() ? cell.readVoltage_V() : process.supply_V();
  }

  /** The cell's geometry. */
  public CellGeometry geometry() {
    return geometry;
  }

  @Override
  public double pitch_um() {
    return pitch_um;
  }

  @Override
  public double wordlineSegment_ohm() {
    return wordlineSegment_ohm;
  }

  @Override
  public double bitlineSegment_ohm() {
    return bitlineSegment_ohm;
  }

  @Override
  public double wordline_fF() {
    return wordline_fF;
  }

  @Override
  public double inputLine_fF() {
    return inputLine_fF;
  }

  @Override
  public double bitline_fF() {
    return bitline_fF;
  }

  @Override
  public double readSupply_V() {
    return readSupply_V;
  }

  @Override
  public double cellRead_fJ(double conduct_ns, Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "# uS x # V x # V x # ns",
              cell.device().window().max_uS(),
              cell.readVoltage_V(),
              readSupply_V,
              conduct_ns)
          .source(
              "Ohm's law; conductance: "
                  + cell.device().name()
                  + ", "
                  + cell.device().provenance().word(DeviceFigure.RESISTANCE_LOW)
                  + (cell.ownReadRail()
                      ? "; own read rail"
                      : "; current drawn from the core supply"));
    }
    return cell.device().window().max_uS() * cell.readVoltage_V() * readSupply_V * conduct_ns;
  }

  @Override
  public double halfSelectedWrite_uS(int cellsAtOnce, double write_V) {
    if (cell.access() == Access.ONE_TRANSISTOR || !cell.device().family().isTwoTerminal()) {
      return 0;
    }
    double bent = 1 + cell.device().curvature().at(write_V / 2);
    double ofRow = (double) Math.max(0, columns - cellsAtOnce) / cellsAtOnce;
    double others = crossbar.rows() - 1 + ofRow;
    return passed() * mean_uS() * bent * others;
  }

  private double mean_uS() {
    return (cell.device().window().max_uS() + cell.device().window().min_uS()) / 2;
  }

  private double passed() {
    return cell.access().idleShare();
  }

  @Override
  public double halfSelect_fJ(double floating, double conduct_ns, Account account) {
    if (cell.access() == Access.ONE_TRANSISTOR || floating == 0) {
      account.formula("0").source("no half-selected cells conduct");
      return 0;
    }
    double mean_uS = mean_uS();
    double driven = crossbar.rowsActive() / 2.0;
    double grounded = crossbar.rows() - driven;
    double passed = passed();
    double path_uS = passed * mean_uS * driven * grounded / crossbar.rows();
    if (account.isOpen()) {
      account
          .formula(
              "# x # x # uS x # x # / # x # V x # V x # ns",
              floating,
              passed,
              mean_uS,
              driven,
              grounded,
              crossbar.rows(),
              cell.readVoltage_V(),
              readSupply_V,
              conduct_ns)
          .source("sneak paths over floating columns; half of the active rows driven (assumed)");
    }
    return floating * path_uS * cell.readVoltage_V() * readSupply_V * conduct_ns;
  }

  @Override
  public double columnSettle_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula("# fF x # V x # V", bitline_fF, cell.readVoltage_V(), readSupply_V)
          .source("bitline: 0.2 fF/um of wire (ITRS) and the drains of the access transistors");
    }
    return bitline_fF * cell.readVoltage_V() * readSupply_V;
  }

  @Override
  public double area_um2(Account account) {
    double cell_um2 = geometry.area_um2(account);
    double decoder_um2 = DECODER_GATES * process.gate_um2();
    if (account.isOpen()) {
      String cellFormula = account.formula();
      account.formula(
          "# x # x (" + cellFormula + ") + # x 4 x # um2",
          crossbar.rows(),
          columns,
          crossbar.rows(),
          process.gate_um2());
    }
    return crossbar.rows() * (double) columns * cell_um2 + crossbar.rows() * decoder_um2;
  }

  @Override
  public double static_uW(Account account) {
    double decoder_um2 = crossbar.rows() * DECODER_GATES * process.gate_um2();
    if (cell.device().family() == Family.SRAM) {
      double cells_uW = ArrayLeakage.of(process, crossbar, 0, account);
      String formula = account.formula();
      String source = account.source();
      double leakage_uW = process.leakage_uW(decoder_um2, account);
      account
          .formula(formula + " + " + account.formula())
          .source(source + "; row decoder's leakage");
      return cells_uW + leakage_uW;
    }
    double leakage_uW = process.leakage_uW(decoder_um2, account);
    account.source("row decoder's leakage; cells are not biased when idle");
    return leakage_uW;
  }
}
