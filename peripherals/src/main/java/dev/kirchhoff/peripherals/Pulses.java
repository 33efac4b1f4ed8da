package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.peripherals.readout.PulseTrain;

/**
 * Pulses by which a row presents an input, and their times.
 *
 * @param input representation of inputs
 * @param bits bits of the widest input
 * @param train pulses of one value in one pass
 * @param cycle_ns one clock cycle
 * @param isPaced whether the readout asks for as long a train of pulses as it wants
 */
record Pulses(Input input, int bits, PulseTrain train, double cycle_ns, boolean isPaced) {

  /** Pulses of inputs of a number of bits. */
  static Pulses of(Input input, int bits, double cycle_ns, boolean isPaced) {
    return new Pulses(input, bits, PulseTrain.of(input, bits), cycle_ns, isPaced);
  }

  /** Time of an input's pulses in one pass. */
  double all_ns() {
    double one_ns = input.pulse_ns().orElse(cycle_ns);
    return switch (input.encoding()) {
      case BIT_SERIAL, AMPLITUDE -> one_ns;
      case PULSE_WIDTH -> train.levels() * one_ns;
      // A readout that asks for longer pulses gets them unless their time is stated.
      case PULSE_COUNT -> input.pulse_ns().isPresent() || !isPaced ? train.counts() * one_ns : 0;
    };
  }

  /** Mean pulses of a digit, each of which is sampled before one conversion. */
  double perDigit() {
    return (double) input.pulsesOf(bits) / input.digitsOf(bits);
  }

  /**
   * Time over which noise of a digit of n bits averages, in times of one of its pulses: (Σ 2^i)²/Σ
   * 4^i = 3 (2^n − 1)/(2^n + 1), 2.98 of eight bits.
   */
  double averaged() {
    double levels = 1L << input.bitsOfDigit(bits);
    return input.combines() ? 3 * (levels - 1) / (levels + 1) : 1;
  }
}
