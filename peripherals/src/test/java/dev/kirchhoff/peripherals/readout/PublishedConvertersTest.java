package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.neurosim.MeasuredConverter;
import dev.kirchhoff.peripherals.scaling.Process;
import org.junit.jupiter.api.Test;

/** Converter models against the values that were published for them. */
class PublishedConvertersTest {
  private static final Process NM28 = process(28, 0.9);
  private static final Process NM32 = process(32, 0.9);

  @Test
  void theDefaultSarIsTheTwentyEightNanometreFit() {
    // ZigZag-IMC's own values: 4 b 0.324 pJ, 183 um2; 6 b 0.489 pJ, 618 um2; 8 b 0.701 pJ, 2085
    // um2.
    double[][] published = {{4, 324, 183}, {6, 489, 618}, {8, 701, 2085}};
    for (double[] row : published) {
      SarConverter sar = new SarConverter(NM28, (int) row[0], 128);
      assertEquals(row[1], sar.energy_fJ(Account.CLOSED), 0.005 * row[1]);
      assertEquals(row[2], sar.area_um2(Account.CLOSED), 0.005 * row[2]);
    }
    // 8 (0.00653 x 256 + 0.640) ns.
    assertEquals(18.49, new SarConverter(NM28, 8, 256).time_ns(), 0.01);
  }

  @Test
  void isaacsConverterAndItsRescalingAreTheTable() {
    assertEquals(1666.7, new RescaledSar(NM32, 8).energy_fJ(Account.CLOSED), 0.1);
    assertEquals(1200, new RescaledSar(NM32, 8).area_um2(Account.CLOSED), 1e-9);
    assertEquals(790, new RescaledSar(NM32, 4).energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(3002, new RescaledSar(NM32, 10).area_um2(Account.CLOSED), 0.1);
    assertEquals(100, 128 * new RescaledSar(NM32, 8).time_ns(), 1e-9);
  }

  @Test
  void theSurveyEnvelopeHasTheTabulatedValues() {
    // ENOB, conversions per second, pJ, um2 at 32 nm.
    double[][] published = {
      {4, 1e6, 0.92, 1425},
      {4, 1.28e9, 0.92, 5190},
      {6, 1e8, 1.07, 3417},
      {8, 1e6, 1.71, 1714},
      {8, 1.28e9, 1.93, 6469},
      {10, 1e8, 3.31, 4796},
      {10, 1.28e9, 16.4, 12280}
    };
    for (double[] row : published) {
      double pJ = SurveyConverter.energy_pJ((int) row[0], row[1], 32);
      assertEquals(row[2], pJ, 0.006 * row[2], row[0] + " b at " + row[1]);
      assertEquals(
          row[3],
          SurveyConverter.area_um2(pJ, row[1], 32),
          0.002 * row[3],
          row[0] + " b at " + row[1]);
    }
    assertEquals(12.5, SurveyConverter.energy_pJ(10, 1e6, 65), 0.06);
    assertEquals(0.0984047, SurveyConverter.energy_pJ(8, 1e6, 7), 1e-6);
  }

  @Test
  void theMeasuredFitsReproduceTheirMeasurements() {
    // A column of 10 kohm, 100 uS, read at 0.5 V. SAR 32 nm 5 b 136 fJ, 8 b 234.5 fJ; 22 nm 4 b
    // 68.75 fJ; flash 22 nm 5 b 59.0 fJ, with voltage-mode sense amplifiers 65.07 fJ.
    assertEquals(136, measured_fJ(NM32, MeasuredConverter.Kind.SAR, 5), 1.4);
    assertEquals(234.5, measured_fJ(NM32, MeasuredConverter.Kind.SAR, 8), 2.4);
    Process nm22 = process(22, 0.85);
    assertEquals(68.75, measured_fJ(nm22, MeasuredConverter.Kind.SAR, 4), 0.5);
    assertEquals(59.0, measured_fJ(nm22, MeasuredConverter.Kind.FLASH, 5), 0.5);
    assertEquals(65.07, measured_fJ(nm22, MeasuredConverter.Kind.VOLTAGE_FLASH, 5), 0.5);
    // Comparators 338.4 um2 without the encoder's 0.119 of them.
    MeasuredConverter flash = new MeasuredConverter(nm22, MeasuredConverter.Kind.FLASH, 5, 0.5);
    assertEquals(338.4 * 1.119, flash.area_um2(Account.CLOSED), 0.5);
    MeasuredConverter sar = new MeasuredConverter(nm22, MeasuredConverter.Kind.SAR, 6, 0.5);
    assertEquals(143, sar.area_um2(Account.CLOSED), 0.5);
  }

  private static double measured_fJ(Process process, MeasuredConverter.Kind kind, int bits) {
    MeasuredConverter converter = new MeasuredConverter(process, kind, bits, 0.5);
    return converter.energy_fJ(Account.CLOSED) + converter.readCurrent_fJ(100, Account.CLOSED);
  }

  @Test
  void flashBeatsSarUpToFourBitsAndLosesAbove() {
    for (int bits = 2; bits <= 8; bits++) {
      double flash_fJ = new FlashConverter(NM28, bits, 1).energy_fJ(Account.CLOSED);
      double sar_fJ = new SarConverter(NM28, bits, 128).energy_fJ(Account.CLOSED);
      assertEquals(bits <= 4, flash_fJ < sar_fJ, bits + " bits: " + flash_fJ + " and " + sar_fJ);
    }
  }

  @Test
  void flashByHand() {
    // 2 bits at 28 nm, 1 ns: 3 (1.63 + 10 x 0.9) fJ + 1 adder of 6 x 0.567 fJ = 31.89 + 3.402.
    assertEquals(35.292, new FlashConverter(NM28, 2, 1).energy_fJ(Account.CLOSED), 1e-3);
    // 3 x 16 + 7.8 x 0.614 um2.
    assertEquals(52.789, new FlashConverter(NM28, 2, 1).area_um2(Account.CLOSED), 1e-3);
  }

  @Test
  void aSenseAmplifierPaysForTheMirroredColumnCurrent() {
    // 8 rows x 40 uS x 0.2 V = 64 uA; 1 bit at 28 nm, 0.9 V, 1 ns: 1.63 + (2 + 0.25 x 64) 0.9 =
    // 17.83 fJ.
    ColumnLoad load = new ColumnLoad(8, 8, 40, 20, 0.2);
    assertEquals(17.83, new SenseAmplifier(NM28, 1, load, 0, 1).energy_fJ(Account.CLOSED), 1e-9);
    // Three latches; currents for pulses of 5 ns and three decisions.
    assertEquals(
        3 * 1.63 + 8 * 16.2,
        new SenseAmplifier(NM28, 3, load, 5, 1).energy_fJ(Account.CLOSED),
        1e-9);
    assertEquals(3, new SenseAmplifier(NM28, 3, load, 5, 1).time_ns());
    assertEquals(0, new SenseAmplifier(NM28, 1, load, 5, 1).lostBits());
  }

  @Test
  void publishedModelsOfOneEightBitConversionDisagreeAndAllCanBeChosen() {
    double fit_fJ = new SarConverter(NM32, 8, 128).energy_fJ(Account.CLOSED);
    double isaac_fJ = new RescaledSar(NM32, 8).energy_fJ(Account.CLOSED);
    double survey_fJ = new SurveyConverter(NM32, 8, 1 / 1.28).energy_fJ(Account.CLOSED);
    double measured_fJ = measured_fJ(NM32, MeasuredConverter.Kind.SAR, 8);

    assertTrue(measured_fJ < fit_fJ && fit_fJ < isaac_fJ && isaac_fJ < survey_fJ);
  }

  @Test
  void aCalibratedRangeCostsATrimmedReference() {
    SarConverter sar = new SarConverter(NM28, 6, 128);
    CalibratedReference trimmed = new CalibratedReference(NM28, sar);

    // 50 fF x 0.81 V2; 36 gates of 0.614 um2 and 64 um2.
    assertEquals(40.5, trimmed.energy_fJ(Account.CLOSED) - sar.energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(86.104, trimmed.area_um2(Account.CLOSED) - sar.area_um2(Account.CLOSED), 1e-9);
    assertEquals(sar.time_ns(), trimmed.time_ns());
  }

  private static Process process(double node_nm, double supply_V) {
    return Process.of(new Technology(node_nm, supply_V, Technology.Roadmap.LOW_POWER, 300));
  }
}
