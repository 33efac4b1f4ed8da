package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.Map;

/**
 * Figures that a spec gives for a part, at the chip's technology: used as they stand where node and
 * supply are those of the figures, else scaled by the part's class, and the account says so.
 */
final class GivenFigures {
  /** Actions that the given energy of another includes, with that other. */
  private static final Map<Action, Action> INCLUDED =
      Map.of(
          Action.CONVERTER_BIAS, Action.CONVERSION,
          Action.ROW_BIAS, Action.ROW_PULSE,
          Action.PITCH_BIT, Action.HOP_BIT);

  private final ComponentModel.Given given;
  private final ScalingClass scaling;
  private final double node_nm;
  private final double supply_V;

  GivenFigures(Chip chip, Part part, ComponentModel.Given given) {
    this(chip, Models.scaling(chip, part), given);
  }

  GivenFigures(Chip chip, ScalingClass scaling, ComponentModel.Given given) {
    this.given = given;
    this.scaling = scaling;
    node_nm = chip.technology().node_nm();
    supply_V = chip.technology().supply_V();
  }

  boolean hasArea() {
    return given.area_um2().isPresent();
  }

  boolean hasPower() {
    return given.power_uW().isPresent();
  }

  boolean hasLeakage() {
    return given.leakage_uW().isPresent();
  }

  boolean hasTime() {
    return given.time_ns().isPresent();
  }

  /** True if energy is given for an action; others of the part stay those of the default model. */
  boolean hasEnergy(String action) {
    return given.energy_fJ().containsKey(action);
  }

  /**
   * True if the given energies include the price of an action; those of an array are of whole
   * passes, those of a conversion and of a pulse include the bias of their circuit, those of a hop
   * its wires.
   */
  boolean coversEnergy(Action action) {
    return hasEnergy(stated(action).word());
  }

  private static Action stated(Action action) {
    return action.part() == Part.CROSSBAR
        ? Action.ARRAY_PASS
        : INCLUDED.getOrDefault(action, action);
  }

  double area_um2(Account account) {
    double factor = scaling.areaFactor(given.origin().node_nm(), node_nm);
    return figure(given.area_um2().orElseThrow(), "um2", factor, account);
  }

  double power_uW(Account account) {
    return figure(given.power_uW().orElseThrow(), "uW", energyFactor(), account);
  }

  double leakage_uW(Account account) {
    ComponentModel.Origin origin = given.origin();
    double factor = scaling.leakageFactor(origin.node_nm(), origin.supply_V(), node_nm, supply_V);
    return figure(given.leakage_uW().orElseThrow(), "uW", factor, account);
  }

  double energy_fJ(String action, Account account) {
    return figure(given.energy_fJ().get(action), "fJ", energyFactor(), account);
  }

  double time_ns() {
    return given.time_ns().orElseThrow();
  }

  /** Records in the account that a given figure was left out. */
  void leftOut(Account account) {
    if (account.isOpen()) {
      account.source(
          "not given at " + given.origin().place() + ", default model: " + account.source());
    }
  }

  private double energyFactor() {
    ComponentModel.Origin origin = given.origin();
    return scaling.energyFactor(origin.node_nm(), origin.supply_V(), node_nm, supply_V);
  }

  private double figure(double value, String unit, double factor, Account account) {
    if (account.isOpen()) {
      account.formula("# " + unit, value).times(factor, "");
      ComponentModel.Origin origin = given.origin();
      String source = origin.source().isEmpty() ? "" : "; " + origin.source();
      boolean elsewhere = origin.node_nm() != node_nm || origin.supply_V() != supply_V;
      String scaled =
          elsewhere
              ? "; scaled as "
                  + scaling.word()
                  + " from "
                  + Units.number(origin.node_nm())
                  + " nm, "
                  + Units.number(origin.supply_V())
                  + " V"
              : "";
      account.source("given, " + origin.place() + source + scaled);
    }
    return value * factor;
  }
}
