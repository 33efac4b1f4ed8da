package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.peripherals.CrossbarFigures;
import dev.kirchhoff.peripherals.Electrics;
import dev.kirchhoff.peripherals.PassTiming;
import dev.kirchhoff.peripherals.ReadoutErrors;

/**
 * Analogue path between cells and converter, as the circuits of a chip give it: wires, integration
 * time, errors of inputs and readout, temperature.
 *
 * @param electrics resistances
 * @param timing integration time; where it is 0 the time that cells conduct stands in
 * @param errors errors of the readout
 * @param inputs errors of the levels that rows present
 * @param temperature_K temperature of the thermal noise
 */
public record AnalogPath(
    Electrics electrics,
    PassTiming timing,
    ReadoutErrors errors,
    InputErrors inputs,
    double temperature_K) {

  /** Shortest time that noise is averaged over (assumed: 1 ps). */
  private static final double SHORTEST_NS = 1e-3;

  /** The analogue path of a chip. */
  public static AnalogPath of(Chip chip, CrossbarFigures crossbar) {
    return new AnalogPath(
        crossbar.electrics(),
        crossbar.pass(),
        crossbar.readoutErrors(),
        crossbar.inputErrors(),
        chip.technology().temperature_K());
  }

  /** Time over which noise is averaged. */
  double averaging_ns() {
    double time = timing.integrate_ns() > 0 ? timing.integrate_ns() : timing.conduct_ns();
    return Math.max(time, SHORTEST_NS);
  }

  /** Resistances that carry read current: a wordline that drives gates only carries none. */
  WireResistances wires() {
    return new WireResistances(
        electrics.driver_ohm() > 0 ? electrics.wordlineSegment_ohm() : 0,
        electrics.bitlineSegment_ohm(),
        electrics.driver_ohm(),
        electrics.frontEndInput_ohm());
  }
}
