package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;

/**
 * Converters as published: energy, area and rate of one design at its own bits. To another node
 * they scale as analogue circuits; with fewer bits than its own a converter costs the same, with
 * more it is out of its range. Power over rate, so static power is inside the energy.
 */
public final class PublishedConverter implements Converter {

  /**
   * One published converter.
   *
   * @param name its name in a spec
   * @param bits its bits
   * @param node_nm node
   * @param supply_V supply
   * @param energy_fJ energy of a conversion
   * @param area_um2 area
   * @param time_ns time of a conversion
   * @param lostBits bits − ENOB
   * @param source paper
   */
  public record Row(
      String name,
      int bits,
      double node_nm,
      double supply_V,
      double energy_fJ,
      double area_um2,
      double time_ns,
      double lostBits,
      String source) {}

  /** The table. Supplies not named by a source are the node's nominal ones. */
  public static final List<Row> TABLE =
      List.of(
          new Row(
              "kull2013-32nm",
              8,
              32,
              1.0,
              2550,
              1500,
              1 / 1.2,
              1.76,
              "Kull et al., JSSC 2013, doi 10.1109/JSSC.2013.2279571: 3.06 mW at 1.2 GS/s, ENOB 6.24;"
                  + " read"),
          new Row(
              "sar2016-40nm",
              6,
              40,
              1.1,
              1260,
              580,
              1,
              0.6,
              "charge-injection SAR, 2016, 1.26 mW at 1 GS/s (ADC survey rev. 2025; MNSIM 2.0 option"
                  + " 4); read, ENOB assumed"),
          new Row(
              "two-step-sar2018-40nm",
              8,
              40,
              1.1,
              3636.364,
              1650,
              1 / 1.1,
              1,
              "two-step SAR, 2018, 4 mW at 1.1 GS/s (ADC survey rev. 2025; MNSIM 2.0 option 3); read,"
                  + " ENOB assumed"),
          new Row(
              "pipelined-sar2017-14nm",
              10,
              14,
              0.8,
              4613.333,
              1600,
              1 / 1.5,
              1.25,
              "pipelined SAR, 2017, 6.92 mW at 1.5 GS/s (ADC survey rev. 2025; MNSIM 2.0 option 1);"
                  + " read, ENOB assumed"),
          new Row(
              "isaac2016-32nm",
              8,
              32,
              0.9,
              1562.5,
              1200,
              1 / 1.28,
              1.76,
              "ISAAC, doi 10.1109/ISCA.2016.12: 2 mW at 1.28 GS/s; read, an estimate of its authors"),
          new Row(
              "newton2018-32nm",
              9,
              32,
              0.9,
              2583.333,
              1500,
              1 / 1.2,
              1.98,
              "Newton, 2018: adaptive SAR, 3.1 mW at 1.2 GS/s (Accelergy library); read, ENOB"
                  + " assumed"),
          new Row(
              "forms2021-32nm",
              4,
              32,
              0.9,
              226.19,
              284,
              1 / 2.1,
              0.4,
              "FORMS, doi 10.1109/ISCA52012.2021.00029: 15.2 mW for 32 at 2.1 GS/s; read, ENOB"
                  + " assumed"),
          new Row(
              "liu2020-130nm",
              8,
              130,
              1.8,
              2496,
              15899,
              42.7,
              1,
              "Liu et al., ISSCC 2020, doi 10.1109/ISSCC19947.2020.9062953: 58.4 uW, 42.7 ns (MNSIM"
                  + " 2.0 option 9); read, ENOB and supply assumed"));

  private final Process process;
  private final Row row;

  /** A published converter on a process. */
  public PublishedConverter(Process process, Row row) {
    this.process = process;
    this.row = row;
  }

  @Override
  public double energy_fJ(Account account) {
    double factor = process.energyFactor(ScalingClass.ANALOG, row.node_nm(), row.supply_V());
    if (account.isOpen()) {
      account.formula("# fJ x #", row.energy_fJ(), factor).source(row.source());
    }
    return row.energy_fJ() * factor;
  }

  @Override
  public double area_um2(Account account) {
    double factor = process.areaFactor(ScalingClass.ANALOG, row.node_nm());
    if (account.isOpen()) {
      account.formula("# um2 x #", row.area_um2(), factor).source(row.source());
    }
    return row.area_um2() * factor;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account.formula("0 uW").source("static power is inside the energy of a conversion");
    }
    return 0;
  }

  @Override
  public double time_ns() {
    return row.time_ns();
  }

  @Override
  public ErrorBudget errors() {
    return ErrorBudget.ofLostBits(row.lostBits());
  }

  @Override
  public double input_fF() {
    return Math.max(10, 0.5 * (1L << row.bits()));
  }

  @Override
  public boolean holdsInput() {
    return true;
  }
}
