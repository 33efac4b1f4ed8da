package dev.kirchhoff.arch.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "0.78 ns, TIME, 0.78",
    "1.62 pJ, ENERGY, 1620",
    "25 kohm, RESISTANCE, 0.025",
    "2 µm, LENGTH, 2",
    "2 kΩ, RESISTANCE, 0.002",
    "64 KB, INFORMATION, 65536",
    "6.4 GB/s, BANDWIDTH, 6.4",
    "1.28 GS/s, RATE, 1.28",
    "25 %, RATIO, 0.25",
    "0.25, RATIO, 0.25",
    "1 day, TIME, 8.64e13",
    "1.0e-10, NUMBER, 1e-10",
    "30 F2, FEATURE_AREA, 30",
    "18 dB, LEVEL, 18",
    "1 MB, INFORMATION, 1048576",
    "1 GB, INFORMATION, 1073741824",
    "5 KB/s, BANDWIDTH, 5e-6",
    "5 MB/s, BANDWIDTH, 5e-3",
    "5 TB/s, BANDWIDTH, 5000",
    "1 min, TIME, 6e10",
    "2 hours, TIME, 7.2e12",
    "2 days, TIME, 1.728e14",
    "1 month, TIME, 2.6298e15",
    "2 months, TIME, 5.2596e15",
    "1 year, TIME, 3.15576e16",
    "2 years, TIME, 6.31152e16",
    "3 nm2, AREA, 3e-6"
  })
  void quantitiesAreReadInTheCoherentUnit(String text, Dimension dimension, double expected)
      throws Units.UnitException {
    assertEquals(expected, Units.quantity(text, dimension), 1e-12 * expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "32     | LENGTH  | is 32 without a unit; write 32 nm (units: nm, um, mm)",
        "0.2 A  | VOLTAGE | 0.2 A is a current, must be a voltage (uV, mV, V, kV)",
        "5 furlong | LENGTH | has the unknown unit 'furlong'; units: nm, um, mm",
        "012    | NUMBER  | is 012, but numbers are decimal without leading zeros, must be a number",
        "1_000  | NUMBER  | is 1_000, but numbers are written without _, must be a number",
        "NaN    | NUMBER  | is 'NaN', must be a number",
        "5 ns   | NUMBER  | 5 ns is a time, must be a bare number",
      })
  void invalidQuantitiesAreReportedWithTheAllowedUnits(
      String text, Dimension dimension, String message) {
    Units.UnitException e =
        assertThrows(Units.UnitException.class, () -> Units.quantity(text.trim(), dimension));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1620, ENERGY, 1.62 pJ",
    "999.9, ENERGY, 1.00 pJ",
    "372000, AREA, 0.372 mm2",
    "13120, AREA, 0.0131 mm2",
    "85420000, AREA, 85.4 mm2",
    "65810000, POWER, 65.8 W",
    "24080, POWER, 24.1 mW",
    "0.25, RATIO, 25.0 %",
    "0.2, VOLTAGE, 0.200 V",
    "0.02, VOLTAGE, 20.0 mV",
    "0.0195, RATE, 19.5 MS/s",
    "7.2e12, TIME, 2.00 hours",
    "8.64e13, TIME, 1.00 day",
  })
  void quantitiesArePrintedWithThreeDigitsAndTheFittingPrefix(
      double value, Dimension dimension, String expected) {
    assertEquals(expected, Units.print(value, dimension));
  }

  @ParameterizedTest
  @CsvSource({
    "0.032, LENGTH, 32 nm",
    "0.9, VOLTAGE, 0.9 V",
    "1.05, VOLTAGE, 1.05 V",
    "0.01, RATIO, 1 %",
    "300, TEMPERATURE, 300 K",
    "6540, ENERGY, 6.54 pJ"
  })
  void settingsArePrintedWithoutNeedlessZeros(double value, Dimension dimension, String expected) {
    assertEquals(expected, Units.brief(value, dimension));
  }

  /** A unit with a prefix is that power of ten of the unit without; bytes are powers of two. */
  @Test
  void prefixesArePowersOfTen() {
    String prefixes = "afpnum kMGT";
    for (Dimension dimension : Dimension.values()) {
      for (Dimension.Unit unit : dimension.units()) {
        int prefix = unit.text().length() < 2 ? -1 : prefixes.indexOf(unit.text().charAt(0));
        dimension
            .unit(unit.text().substring(Math.min(1, unit.text().length())))
            .filter(base -> prefix >= 0 && dimension != Dimension.INFORMATION)
            .ifPresent(
                base ->
                    assertEquals(
                        StrictMath.pow(1000, prefix - 6) * base.factor(),
                        unit.factor(),
                        1e-12 * unit.factor(),
                        unit.text()));
      }
    }
  }

  /** Of products as constants of circuits have them; counts are no units. */
  @ParameterizedTest
  @CsvSource({
    "fF/um2, 1",
    "kohm/mm, 1e-6",
    "uW/mm2, 1e-6",
    "mV um, 1e-3",
    "pJ/bit, 1e3",
    "ns/pJ/mm, 1e-6",
    "1/s, 1e-9",
    "gates, 1",
  })
  void productsOfUnitsMultiplyAndDivideTheirFactors(String text, double expected)
      throws Units.UnitException {
    assertEquals(expected, Units.product(text).factor(), 1e-12 * expected);
  }

  @Test
  void numbersArePrintedWithoutNeedlessZeros() {
    assertEquals("32", Units.brief(32));
    assertEquals("1000", Units.brief(1000));
    assertEquals("0.5", Units.brief(0.5));
    assertEquals("1.2e7", Units.brief(1.2e7));
    assertEquals("1e7", Units.brief(1e7));
    assertEquals("0", Units.brief(0));
  }

  @Test
  void printedQuantitiesReadBackWithinTheirDigits() throws Units.UnitException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2000; i++) {
      Dimension dimension = Dimension.values()[random.nextInt(Dimension.values().length)];
      double value = Math.pow(10, random.nextDouble(-4, 9));
      String text = Units.print(value, dimension);
      double back = Units.quantity(text, dimension);
      assertEquals(value, back, 0.006 * value, text + " of " + dimension);
    }
  }

  @Test
  void coherentUnitsNeedNoPowersOfTen() throws Units.UnitException {
    // 1 V / 1 kohm = 1 mA; 0.001 Mohm, so 1 / 0.001 = 1000 uA.
    double resistance = Units.quantity("1 kohm", Dimension.RESISTANCE);
    assertEquals(Units.quantity("1 mA", Dimension.CURRENT), 1 / resistance, 1e-9);
    // 1 uW for 1 ns is 1 fJ.
    double energy =
        Units.quantity("1 uW", Dimension.POWER) * Units.quantity("1 ns", Dimension.TIME);
    assertEquals(Units.quantity("1 fJ", Dimension.ENERGY), energy, 1e-12);
    assertTrue(Units.isQuantity("1 fF"));
  }
}
