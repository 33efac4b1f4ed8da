package dev.kirchhoff.arch.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Pulses and digits of an input, by hand. */
class InputTest {
  private static Input input(Input.Sign sign, OptionalInt bitsPerPulse, OptionalInt combine) {
    return new Input(
        Input.Encoding.PULSE_WIDTH,
        bitsPerPulse,
        combine,
        sign,
        OptionalDouble.empty(),
        Input.Swing.SUPPLY,
        ComponentModel.standard());
  }

  /** Three bits of magnitude are one phase, four are two of two bits, seven are two of four. */
  @Test
  void twoPhasesBeginAboveThreeBitsOfMagnitude() {
    Input phases = input(Input.Sign.TWO_PHASE, OptionalInt.empty(), OptionalInt.of(1));
    int[] inputBits = {2, 3, 4, 5, 6, 8};
    int[] pulses = {1, 1, 1, 2, 2, 2};
    int[] bits = {1, 2, 3, 2, 3, 4};
    for (int i = 0; i < inputBits.length; i++) {
      assertEquals(pulses[i], phases.pulsesOf(inputBits[i]), inputBits[i] + " bits");
      assertEquals(bits[i], phases.bitsOfPulse(inputBits[i]), inputBits[i] + " bits");
    }
    Input other = input(Input.Sign.BIPOLAR, OptionalInt.empty(), OptionalInt.of(1));
    assertEquals(1, other.pulsesOf(8));
  }

  /** Pulses of three bits in pairs: digits of six bits, the last of what is left. */
  @Test
  void aDigitHasNoMoreBitsThanTheInput() {
    Input pairs = input(Input.Sign.SECOND_PASS, OptionalInt.of(3), OptionalInt.of(2));
    assertEquals(6, pairs.bitsOfDigit(8));
    assertEquals(2, pairs.digitsOf(8));
    assertEquals(3, pairs.pulsesOf(8));
    assertEquals(6, pairs.bitsOfDigit(6));
    assertEquals(1, pairs.digitsOf(6));
    assertEquals(4, pairs.bitsOfDigit(4));
    assertEquals(1, pairs.digitsOf(4));
    Input all = input(Input.Sign.SECOND_PASS, OptionalInt.of(3), OptionalInt.empty());
    assertEquals(8, all.bitsOfDigit(8));
    Input single = input(Input.Sign.SECOND_PASS, OptionalInt.of(3), OptionalInt.of(1));
    assertEquals(3, single.bitsOfDigit(8));
    assertEquals(3, single.digitsOf(8));
  }
}
