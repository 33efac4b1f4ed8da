package dev.kirchhoff.arch.calibration;

import java.util.Optional;
import java.util.Set;

/**
 * Circuits that one fitted factor may hold for. The list was written down before anything was
 * fitted; a family has at most one factor for each of its quantities, whatever chip it is in.
 */
public enum CircuitFamily {
  SAR("sar", "successive-approximation converter"),
  FLASH("flash", "flash converter"),
  SENSE_AMPLIFIER("senseAmplifier", "current-mode sense amplifier, as of ReRAM macros"),
  VOLTAGE_SENSE("voltageSense", "voltage-mode sense amplifier"),
  CHARGE_DECREMENT("chargeDecrement", "integrating neuron that converts by taking charge away"),
  OSCILLATOR("oscillator", "current-controlled oscillator with counter; or ramp"),
  TIME_TO_DIGITAL("timeToDigital", "time-to-digital converter"),
  INTEGRATE_FIRE("integrateFire", "integrate-and-fire neuron"),
  CHARGE_ARRAY("chargeArray", "capacitive SRAM array with its drivers"),
  CURRENT_ARRAY_SRAM("currentArray-sram", "SRAM array that discharges bitlines, with its drivers"),
  ADDER_TREE("adderTree", "digital SRAM array with adder trees and drivers"),
  ADDER_CHAIN("adderChain", "digital SRAM array with ripple adders in its cells and drivers"),
  WORDLINE_DRIVER("wordlineDriver", "driver of a wordline with pulses of one amplitude"),
  DAC("dac", "driver of a wordline with several amplitudes"),
  LAYOUT("layout", "layout overhead of a resistive array", Quantity.AREA),
  LOGIC(
      "logic", "adders, registers of flip-flops, units on a clock", Quantity.ENERGY, Quantity.AREA),
  SRAM_BUFFER("sramBuffer", "SRAM buffers and registers"),
  EDRAM_BUFFER("edramBuffer", "eDRAM buffers"),
  INTERCONNECT("interconnect", "wires, repeaters, routers, links"),
  WRITE_DRIVER("writeDriver", "write drivers and what they put into cells");

  private final String word;
  private final String sentence;
  private final Set<Quantity> quantities;

  CircuitFamily(String word, String sentence, Quantity... quantities) {
    this.word = word;
    this.sentence = sentence;
    this.quantities = quantities.length == 0 ? Set.of(Quantity.values()) : Set.of(quantities);
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }

  /** Description of the circuits that belong to the family. */
  public String sentence() {
    return sentence;
  }

  /** Quantities that may be fitted for the family. */
  public Set<Quantity> quantities() {
    return quantities;
  }

  /** The family of a word. */
  public static Optional<CircuitFamily> ofWord(String word) {
    for (CircuitFamily family : values()) {
      if (family.word.equals(word)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
