package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.arch.chip.Input;

/**
 * Input of a converter from one value in one pass: a pulse, or a train of them. Where a value comes
 * in passes of unequal bits, figures are means over the passes: of m magnitude bits in trains of b,
 * each but the last has b bits and the last the rest.
 *
 * @param passes passes that one magnitude takes
 * @param bits mean bits of a pass, the planes of a train that is sent bit by bit
 * @param levels mean of 2^b_i over passes
 * @param bitsBefore mean bits that earlier passes have already delivered
 * @param sustained whether the pulse stays as long as the converter wants it: a single pulse does,
 *     one whose width or number is the digit does not
 */
public record PulseTrain(
    int passes, double bits, double levels, double bitsBefore, boolean sustained) {

  /** A single pulse of one bit. */
  public static final PulseTrain ONE = new PulseTrain(1, 1, 2, 0, true);

  /** The train of an input of a number of bits. */
  public static PulseTrain of(Input input, int inputBits) {
    int magnitude = input.magnitudeBits(inputBits);
    int width = Math.min(input.bitsOfPulse(inputBits), magnitude);
    int passes = (magnitude + width - 1) / width;
    double levels = 0;
    double before = 0;
    for (int i = 0; i < passes; i++) {
      levels += 1L << Math.min(width, magnitude - i * width);
      before += (double) i * width;
    }
    return new PulseTrain(
        passes,
        (double) magnitude / passes,
        levels / passes,
        before / passes,
        input.encoding().isAmplitude());
  }

  /** Mean pulses of a full train that counts: 2^b − 1. */
  public double counts() {
    return levels - 1;
  }
}
