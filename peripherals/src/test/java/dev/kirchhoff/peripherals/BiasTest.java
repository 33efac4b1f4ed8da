package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.Readouts;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Currents that flow at rest take energy in proportion to the time that they flow. */
class BiasTest {
  private static final Process PROCESS = Process.of(new Designs.Knobs().technology);

  private static Signal signal() {
    return Signal.ofVoltage(Circuits.CATALOGUE, PROCESS, 4, 1, 300);
  }

  /** A ladder that settles within a decision of 2 ns is on for another 2 ns before it. */
  @Test
  void theLadderOfAFlashIsOnForTwiceItsDecision() {
    Converter flash = Readouts.flash(PROCESS, signal(), 2);
    double ladder_fJ = Readouts.energy_fJ(flash, "ladder");
    assertTrue(ladder_fJ > 0);
    assertEquals(ladder_fJ, flash.bias_fJ(1, 2, Account.CLOSED), 1e-12);
    assertEquals(1.5 * ladder_fJ, flash.bias_fJ(1, 3, Account.CLOSED), 1e-12);
    assertEquals(2 * ladder_fJ, flash.bias_fJ(1, 100, Account.CLOSED), 1e-12);
    assertEquals(
        flash.energy_fJ(Account.CLOSED),
        flash.switching_fJ(Account.CLOSED) + ladder_fJ,
        1e-9 * ladder_fJ);
  }

  /**
   * Copy and reference, of a share of the current each that is drawn for the time of a decision.
   */
  @Test
  void theCopiesOfASenseAmplifierDrawTheSamePowerInAnyTime() {
    ColumnLoad load = new ColumnLoad(64, 16, 40, 20, 0.1);
    Signal signal =
        Signal.ofCurrent(Circuits.CATALOGUE, PROCESS, load, 4, OptionalDouble.of(1), false, 300);
    Converter sense = Readouts.senseAmplifier(PROCESS, signal, 3, OptionalDouble.empty());
    double power_uW = sense.bias_fJ(5, 5, Account.CLOSED) / 5;
    double share = sense.solution().quantity("mirror", 0);
    assertTrue(share > 0.0625 && share < 1, "share " + share);
    assertEquals(2 * share * signal.mean_uA() * PROCESS.supply_V(), power_uW, 1e-12);
    assertEquals(power_uW * 50, sense.bias_fJ(50, 60, Account.CLOSED), 1e-9);
  }

  /** Columns of a converter are read in turn, before each of which its rows settle. */
  @Test
  void buffersOfRowsAreBiasedForEveryReadOfAPass() {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.sampleHold = false;
    knobs.input = new Input(Input.Encoding.AMPLITUDE, 4, ComponentModel.standard());
    knobs.columnsPerAdc = 1;
    double one_fJ = knobs.prices().energy_fJ(Action.ROW_BIAS);
    assertTrue(one_fJ > 0);
    knobs.columnsPerAdc = 4;
    assertEquals(4 * one_fJ, knobs.prices().energy_fJ(Action.ROW_BIAS), 1e-9 * one_fJ);
  }
}
