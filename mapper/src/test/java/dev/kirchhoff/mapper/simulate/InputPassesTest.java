package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;

class InputPassesTest {
  private static float[] digits(InputPasses passes, int value) {
    float[] digits = new float[passes.passes()];
    float[] out = new float[1];
    for (int pass = 0; pass < digits.length; pass++) {
      passes.set(pass, new int[] {value}, out);
      digits[pass] = out[0];
    }
    return digits;
  }

  @Test
  void digitsOfAValueByHand() {
    InputPasses passes = new InputPasses(2, 4, 8, true, true);
    // 50 = 3 · 16 + 0 · 4 + 2, in the pass of positive values.
    assertArrayEquals(new float[] {2, 0, 3, 0, 0, 0, 0, 0}, digits(passes, 50));
    assertArrayEquals(new float[] {0, 0, 0, 0, 2, 0, 3, 0}, digits(passes, -50));
    assertFalse(passes.set(4, new int[] {50}, new float[1]));
  }

  @Test
  void randomInputsReassembleExactly() {
    long seed = 7L;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      int bits = 1 + random.nextInt(16);
      int bitsPerPulse = 1 + random.nextInt(8);
      int pulses = (bits + bitsPerPulse - 1) / bitsPerPulse;
      boolean isSigned = random.nextBoolean();
      boolean secondPass = isSigned && random.nextBoolean();
      InputPasses passes = new InputPasses(bitsPerPulse, pulses, bits, isSigned, secondPass);
      int value = random.nextInt(1 << bits) * (isSigned && random.nextBoolean() ? -1 : 1);
      float[] digits = digits(passes, value);
      double sum = 0;
      for (int pass = 0; pass < digits.length; pass++) {
        sum += passes.significance(pass) * digits[pass];
      }
      assertEquals(value, sum, "seed " + seed + " case " + i);
    }
  }
}
