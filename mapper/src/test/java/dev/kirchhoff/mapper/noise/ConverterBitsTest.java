package dev.kirchhoff.mapper.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout.Range;
import org.junit.jupiter.api.Test;

class ConverterBitsTest {

  private static final WeightEncoding DIFFERENTIAL =
      new WeightEncoding(Encoding.DIFFERENTIAL, false, false, false);
  private static final WeightEncoding OFFSET =
      new WeightEncoding(Encoding.OFFSET, false, false, false);
  private static final WeightEncoding INVERTED =
      new WeightEncoding(Encoding.OFFSET, true, false, false);

  @Test
  void encodingAndRangeDecideTheBitsFor20And31dB() {
    assertNeeds(4, 5, DIFFERENTIAL, Range.CALIBRATED);
    assertNeeds(6, 6, OFFSET, Range.CALIBRATED);
    assertNeeds(8, 8, INVERTED, Range.FULL);
    assertNeeds(9, 9, OFFSET, Range.FULL);
  }

  private static void assertNeeds(int at20, int at31, WeightEncoding encoding, Range range) {
    ConverterBits bits = ConverterBits.reference(encoding, range, 128, 2);
    assertEquals(at20, bits.needed(20), encoding + " " + range);
    assertEquals(at31, bits.needed(31), encoding + " " + range);
  }
}
