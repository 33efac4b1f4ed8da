package dev.kirchhoff.peripherals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.design.Design;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * One published time, told as the time of a pass or as pulse and step. Times are such that neither
 * hides the other, as inputs of sampled columns hide a conversion that is shorter.
 */
class StatedPassTest {
  private static final List<ReadoutKind> KINDS =
      Arrays.stream(ReadoutKind.values()).filter(kind -> !kind.isDigital()).toList();

  /** Kinds that count while inputs are applied. */
  private static final Set<ReadoutKind> COUNTERS =
      Set.of(ReadoutKind.OSCILLATOR, ReadoutKind.INTEGRATE_FIRE, ReadoutKind.TIME_TO_DIGITAL);

  /** Kinds that convert at a pace of their own what they hold. */
  private static final Set<ReadoutKind> OWN_PACE = Set.of(ReadoutKind.FLASH, ReadoutKind.RAMP);

  private static Design design(Input.Encoding encoding, ReadoutKind kind, int columns, boolean sh) {
    return design(encoding, kind, columns, sh, ComponentModel.standard());
  }

  private static Design design(
      Input.Encoding encoding, ReadoutKind kind, int columns, boolean sh, ComponentModel model) {
    Designs.Knobs knobs = new Designs.Knobs();
    knobs.kind = kind;
    knobs.bits = 4;
    knobs.inputBits = 4;
    knobs.columnsPerAdc = columns;
    knobs.sampleHold = sh;
    knobs.readout = model;
    knobs.input =
        new Input(
            encoding,
            encoding == Input.Encoding.BIT_SERIAL ? OptionalInt.of(1) : OptionalInt.empty(),
            Input.Sign.SECOND_PASS,
            OptionalDouble.empty(),
            Input.Swing.SUPPLY,
            ComponentModel.standard());
    return knobs.design();
  }

  private static OptionalDouble stated(double time_ns) {
    return time_ns > 0 ? OptionalDouble.of(time_ns) : OptionalDouble.empty();
  }

  private static Design withTimes(Design design, double pulse_ns, double step_ns, double pass_ns) {
    Chip chip = design.chip();
    Input input = pulse_ns > 0 ? chip.pe().input().withPulse(pulse_ns) : chip.pe().input();
    Readout readout = step_ns > 0 ? chip.pe().readout().withStep(step_ns) : chip.pe().readout();
    Chip other =
        chip.with(chip.pe().with(input, readout))
            .with(chip.crossbar().with(chip.crossbar().compute().withPass(stated(pass_ns))));
    return new Design(
        other,
        design.jobs(),
        design.mapping(),
        design.operation(),
        design.peakWeightBits(),
        design.peakInputBits());
  }

  /** Energies and times of both are equal. */
  private static void assertSame(Design one, Design other, String of) {
    ChipPrices a = Prices.of(one);
    ChipPrices b = Prices.of(other);
    for (Action action : Action.values()) {
      double energy_fJ = a.energy_fJ(action);
      assertEquals(energy_fJ, b.energy_fJ(action), 1e-9 * energy_fJ, of + " " + action);
    }
    for (Part part : Part.values()) {
      double area_um2 = a.area_um2(part);
      assertEquals(area_um2, b.area_um2(part), 1e-9 * area_um2, of + " " + part);
    }
    PassTiming first = a.timing().pass();
    PassTiming second = b.timing().pass();
    assertEquals(first.pass_ns(), second.pass_ns(), 1e-9 * first.pass_ns(), of + " pass");
    assertEquals(first.conduct_ns(), second.conduct_ns(), 1e-9 * first.pass_ns(), of + " conduct");
    assertEquals(first.overrun(), second.overrun(), 1e-9, of + " late");
    assertEquals(
        a.readoutErrors().budget().noise_steps2(),
        b.readoutErrors().budget().noise_steps2(),
        1e-9,
        of + " noise");
  }

  private static double pass_ns(Design design) {
    return Prices.of(design).timing().pass().pass_ns();
  }

  private interface Case {
    void of(Design design, String name);
  }

  private static void all(Case each) {
    for (Input.Encoding encoding : Input.Encoding.values()) {
      for (ReadoutKind kind : KINDS) {
        for (int columns : new int[] {1, 8}) {
          for (boolean sampled : new boolean[] {false, true}) {
            each.of(
                design(encoding, kind, columns, sampled),
                encoding + " " + kind + " " + columns + (sampled ? " sampled" : ""));
          }
        }
      }
    }
  }

  /** The rest is the pulse's before converters of a pace of their own, else the conversion's. */
  @Test
  void aPassTimeAloneIsThePulseOrStepThatMakesItsTime() {
    List<String> pulses = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    all(
        (design, name) -> {
          ReadoutKind kind = design.chip().pe().readout().kind();
          boolean isSampled = design.chip().pe().sampleHold().count() > 0;
          boolean isTrain = !design.chip().pe().input().encoding().isAmplitude();
          boolean isPulse =
              OWN_PACE.contains(kind) && !isSampled || COUNTERS.contains(kind) && isTrain;
          for (double time_ns : new double[] {60, 100}) {
            Design spelled =
                isPulse ? withTimes(design, time_ns, 0, 0) : withTimes(design, 0, time_ns, 0);
            assertSame(spelled, withTimes(design, 0, 0, pass_ns(spelled)), name);
          }
          (isPulse ? pulses : steps).add(name);
        });
    assertEquals(4 * 2 * 2 + 2 * 3 * 4, pulses.size());
    assertEquals(4 * KINDS.size() * 4, pulses.size() + steps.size());
  }

  @Test
  void aPulseBesideItLeavesTheRestToTheStepAndAStepToThePulse() {
    all(
        (design, name) -> {
          Design slow = withTimes(design, 3, 100, 0);
          assertSame(slow, withTimes(design, 3, 0, pass_ns(slow)), name + " pulse");
          if (design.chip().pe().readout().kind() != ReadoutKind.CHARGE_DECREMENT) {
            // Eight sampled columns hide a pulse that is shorter than their conversions.
            Design both = withTimes(design, 400, 2, 0);
            assertSame(both, withTimes(design, 0, 2, pass_ns(both)), name + " step");
          }
        });
  }

  @Test
  void aPassTimeBesideBothIsTheTimeFromPassToPass() {
    all(
        (design, name) -> {
          Design both = withTimes(design, 30, 2, 0);
          assertSame(both, withTimes(design, 30, 2, pass_ns(both) * (1 + 1e-12)), name);
          Design idle = withTimes(design, 30, 2, 3 * pass_ns(both));
          PassTiming timing = Prices.of(idle).timing().pass();
          assertEquals(3 * pass_ns(both), timing.pass_ns(), 1e-6, name);
          assertEquals(Prices.of(both).timing().pass().conduct_ns(), timing.conduct_ns(), name);
        });
  }

  @Test
  void aTrainThatDoesNotFitItsPassIsShortOfTime() {
    Design design = design(Input.Encoding.PULSE_COUNT, ReadoutKind.SAR, 1, false);
    double pass_ns = pass_ns(withTimes(design, 2, 0.5, 0));
    assertTrue(Prices.of(withTimes(design, 2, 0.5, pass_ns / 2)).timing().pass().overrun() > 0.5);
  }

  /**
   * A circuit beside the spec or a default by its name is drawn for its column as the default is.
   */
  @Test
  void aModelThatIsDrawnTakesTheRestByWhateverName() {
    int[] cases = {0};
    all(
        (design, name) -> {
          Readout readout = design.chip().pe().readout();
          Design named =
              design(
                  design.chip().pe().input().encoding(),
                  readout.kind(),
                  readout.columnsPerAdc(),
                  design.chip().pe().sampleHold().count() > 0,
                  new ComponentModel.Named(CircuitModels.usual(readout.kind()).name()));
          assertSame(withTimes(design, 0, 0, 400), withTimes(named, 0, 0, 400), name);
          cases[0]++;
        });
    assertEquals(4 * KINDS.size() * 4, cases[0]);
    assertTrue(CircuitLibrary.isDrawn(new ComponentModel.Named("my-adc")));
    assertFalse(CircuitLibrary.isDrawn(new ComponentModel.Named("kull2013-32nm")));
  }
}
