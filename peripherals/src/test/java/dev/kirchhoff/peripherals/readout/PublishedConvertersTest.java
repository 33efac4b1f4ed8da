package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Converter models against the values that were published for them. */
class PublishedConvertersTest {
  private static final Process NM28 = process(28, 0.9);
  private static final Process NM32 = process(32, 0.9);

  @Test
  void isaacsConverterAndItsRescalingAreTheTable() {
    assertEquals(1666.7, Readouts.isaac(NM32, 8).energy_fJ(Account.CLOSED), 0.1);
    assertEquals(1200, Readouts.isaac(NM32, 8).area_um2(Account.CLOSED), 1e-9);
    assertEquals(790, Readouts.isaac(NM32, 4).energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(3002, Readouts.isaac(NM32, 10).area_um2(Account.CLOSED), 0.1);
    assertEquals(100, 128 * Readouts.isaac(NM32, 8).time_ns(), 1e-9);
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
      Converter survey = Readouts.survey(NM32, (int) row[0], 1e9 / row[1]);
      double pJ = survey.energy_fJ(Account.CLOSED) / 1000;
      assertEquals(row[2], pJ, 0.006 * row[2], row[0] + " b at " + row[1]);
      assertEquals(
          row[3], survey.area_um2(Account.CLOSED), 0.002 * row[3], row[0] + " b at " + row[1]);
    }
    assertEquals(12_500, Readouts.survey(nominal(65), 10, 1000).energy_fJ(Account.CLOSED), 60);
    assertEquals(98.4047, Readouts.survey(nominal(7), 8, 1000).energy_fJ(Account.CLOSED), 1e-3);
  }

  /** Half of the node and of the supply: an eighth of the energy and half of the area. */
  @Test
  void publishedConvertersScaleAsAnalogueCircuits() {
    Process half = process(16, 0.45);
    assertEquals(1666.667 / 8, Readouts.isaac(half, 8).energy_fJ(Account.CLOSED), 1e-3);
    assertEquals(600, Readouts.isaac(half, 8).area_um2(Account.CLOSED), 1e-9);
    // Kull et al.: 2550 fJ and 1500 um2 at 32 nm and 1 V.
    Converter own = Readouts.model("kull2013-32nm", process(32, 1), 8);
    Converter small = Readouts.model("kull2013-32nm", process(16, 0.5), 8);
    assertEquals(2550, own.energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(2550 / 8.0, small.energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(750, small.area_um2(Account.CLOSED), 1e-9);
    assertEquals(0, small.static_uW(Account.CLOSED));
    // 256 units of half a femtofarad; it samples them.
    assertEquals(128, small.input_fF(), 1e-12);
    assertTrue(small.holdsInput());
  }

  /** Outside of 4 to 10 bits the ratio of the last two rows goes on. */
  @Test
  void theRescaledTableIsContinuedBySameRatios() {
    assertEquals(790 * 790 / 990.0, Readouts.isaac(NM32, 3).energy_fJ(Account.CLOSED), 1e-9);
    double smaller = 361.04 / 476.91;
    assertEquals(
        361.04 * smaller * smaller, Readouts.isaac(NM32, 2).area_um2(Account.CLOSED), 1e-9);
    assertEquals(
        2379.023 * 2379.023 / 1969.078, Readouts.isaac(NM32, 11).energy_fJ(Account.CLOSED), 1e-9);
    double larger = 3002.008 / 1827.912;
    assertEquals(
        3002.008 * larger * larger, Readouts.isaac(NM32, 12).area_um2(Account.CLOSED), 1e-9);
  }

  /** ISAAC's rate, 8 bits: 1.93 pJ and 6469 um2 at 32 nm; energy with the square of the supply. */
  @Test
  void aConverterOfTheSurveyHasTheEnergyAndAreaOfItsRate() {
    Converter survey = Readouts.survey(NM32, 8, 1 / 1.28);
    assertEquals(1930, survey.energy_fJ(Account.CLOSED), 0.006 * 1930);
    assertEquals(6469, survey.area_um2(Account.CLOSED), 0.002 * 6469);
    Converter half = Readouts.survey(process(32, 0.45), 8, 1 / 1.28);
    assertEquals(4, survey.energy_fJ(Account.CLOSED) / half.energy_fJ(Account.CLOSED), 1e-9);
    assertEquals(survey.area_um2(Account.CLOSED), half.area_um2(Account.CLOSED), 1e-9);
    // The survey knows none of fewer than 4 bits.
    assertEquals(
        Readouts.survey(NM32, 4, 1).energy_fJ(Account.CLOSED),
        Readouts.survey(NM32, 2, 1).energy_fJ(Account.CLOSED));
  }

  @Test
  void theMeasuredFitsReproduceTheirMeasurements() {
    // A column of 10 kohm, 100 uS, read at 0.5 V. SAR 32 nm 5 b 136 fJ, 8 b 234.5 fJ; 22 nm 4 b
    // 68.75 fJ; flash 22 nm 5 b 59.0 fJ, with voltage-mode sense amplifiers 65.07 fJ.
    assertEquals(136, measured_fJ(NM32, "neurosim-sar-fit", 5), 1.4);
    assertEquals(234.5, measured_fJ(NM32, "neurosim-sar-fit", 8), 2.4);
    Process nm22 = process(22, 0.85);
    assertEquals(68.75, measured_fJ(nm22, "neurosim-sar-fit", 4), 0.5);
    assertEquals(59.0, measured_fJ(nm22, "neurosim-flash-fit", 5), 0.5);
    assertEquals(65.07, measured_fJ(nm22, "neurosim-voltage-flash-fit", 5), 0.5);
    // Comparators 338.4 um2 without the encoder's 0.119 of them.
    Converter flash = Readouts.measured("neurosim-flash-fit", nm22, 5);
    assertEquals(338.4 * 1.119, flash.area_um2(Account.CLOSED), 0.5);
    Converter sar = Readouts.measured("neurosim-sar-fit", nm22, 6);
    assertEquals(143, sar.area_um2(Account.CLOSED), 0.5);
  }

  private static double measured_fJ(Process process, String kind, int bits) {
    Converter converter = Readouts.measured(kind, process, bits);
    return converter.energy_fJ(Account.CLOSED) + converter.readCurrent_fJ(100, Account.CLOSED);
  }

  @Test
  void flashBeatsSarUpToFourBitsAndLosesAbove() {
    for (int bits = 2; bits <= 8; bits++) {
      double flash_fJ = Readouts.flash(NM28, signal(NM28, bits), 1).energy_fJ(Account.CLOSED);
      double sar_fJ =
          Readouts.sar(NM28, signal(NM28, bits), OptionalDouble.empty()).energy_fJ(Account.CLOSED);
      assertEquals(bits <= 4, flash_fJ < sar_fJ, bits + " bits: " + flash_fJ + " and " + sar_fJ);
    }
  }

  @Test
  void publishedModelsOfOneEightBitConversionDisagreeAndAllCanBeChosen() {
    double fit_fJ =
        Readouts.sar(NM32, signal(NM32, 8), OptionalDouble.empty()).energy_fJ(Account.CLOSED);
    double isaac_fJ = Readouts.isaac(NM32, 8).energy_fJ(Account.CLOSED);
    double survey_fJ = Readouts.survey(NM32, 8, 1 / 1.28).energy_fJ(Account.CLOSED);
    double measured_fJ = measured_fJ(NM32, "neurosim-sar-fit", 8);

    assertTrue(measured_fJ < isaac_fJ && isaac_fJ < survey_fJ && survey_fJ < fit_fJ);
  }

  @Test
  void aCalibratedRangeCostsATrimmedReference() {
    Converter sar = Readouts.sar(NM28, signal(NM28, 6), OptionalDouble.empty());
    Converter trimmed = Readouts.trimmed(NM28, signal(NM28, 6), sar);

    // No conversion takes anything from it. 10 pA move 50 fF by a quarter of 0.4 V / 64 in 7.8 us,
    // and 50 fF x 0.81 V2 set it anew: 5.184 nW. 36 gates of 0.614 um2 and 64 um2. The one gain of
    // a column alone takes log2(A) + 1 flip-flops of 6 gates, with their leakage.
    assertEquals(sar.energy_fJ(Account.CLOSED), trimmed.energy_fJ(Account.CLOSED));
    double register_um2 =
        (1 + Math.log(signal(NM28, 6).largestGain()) / Math.log(2)) * 6 * NM28.gate_um2();
    double leak_uW = register_um2 * NM28.leakage_uWPerUm2();
    assertEquals(
        5.184e-3 + leak_uW,
        trimmed.static_uW(Account.CLOSED) - sar.static_uW(Account.CLOSED),
        1e-9);
    assertEquals(
        86.104 + register_um2,
        trimmed.area_um2(Account.CLOSED) - sar.area_um2(Account.CLOSED),
        1e-9);
    assertEquals(sar.time_ns(), trimmed.time_ns());
    // At half of the node its codes are half as large, as analogue circuits.
    Process nm14 = process(14, 0.9);
    Converter small = Readouts.trimmed(nm14, signal(nm14, 6), sar);
    assertEquals(
        32 + (36 + register_um2 / NM28.gate_um2()) * nm14.gate_um2(),
        small.area_um2(Account.CLOSED) - sar.area_um2(Account.CLOSED),
        1e-9);
  }

  private static Signal signal(Process process, int bits) {
    ColumnLoad load = new ColumnLoad(128, 128, 40, 20.5, 0.2);
    return Signal.ofCurrent(
        Circuits.CATALOGUE, process, load, bits, OptionalDouble.empty(), false, 300);
  }

  private static Process nominal(double node_nm) {
    return process(node_nm, NominalSupply.of(node_nm, Flavour.LOW_POWER));
  }

  private static Process process(double node_nm, double supply_V) {
    return Process.of(new Technology(node_nm, supply_V, Flavour.LOW_POWER, 300));
  }
}
