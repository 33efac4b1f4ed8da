package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.peripherals.analog.MatchedPairs;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A gain in time, supply or noise is paid for, and nothing costs less than physics and silicon. */
class NothingIsFreeTest {
  private static final List<Bench.Column> COLUMNS = Bench.columns();

  /** Kinds whose currents flow as long as a step lasts, or that count less in less time. */
  private static final Set<Bench.Kind> BY_TIME =
      EnumSet.of(Bench.Kind.SENSE_AMPLIFIER, Bench.Kind.OSCILLATOR, Bench.Kind.INTEGRATE_FIRE);

  /**
   * Kinds that count while inputs pulse, which may be long enough however fast a count is asked.
   */
  private static final Set<Bench.Kind> COUNTERS =
      EnumSet.of(Bench.Kind.OSCILLATOR, Bench.Kind.INTEGRATE_FIRE);

  private static double energy_fJ(Converter converter) {
    return converter.energy_fJ(Account.CLOSED);
  }

  /** The time that a kind may be given: of a conversion, or of one of its steps. */
  private static double given_ns(Bench.Kind kind, Converter own, int bits) {
    return switch (kind) {
      case SAR, FLASH -> own.time_ns();
      case RAMP -> own.time_ns() / (1 << bits);
      case TIME_TO_DIGITAL -> own.time_ns() / (2 << bits);
      case SENSE_AMPLIFIER -> own.time_ns() / bits;
      case OSCILLATOR, INTEGRATE_FIRE -> own.time_ns() / 2;
    };
  }

  @Test
  void lessTimeTakesNoLessEnergyOrPowerAndAddsNoiseOrIsMissed() {
    for (Bench.Kind kind : Bench.Kind.values()) {
      for (int bits = 3; bits <= 8; bits++) {
        for (int i = 0; i < COLUMNS.size(); i += 7) {
          shortened(kind, bits, COLUMNS.get(i));
        }
      }
    }
  }

  private static void shortened(Bench.Kind kind, int bits, Bench.Column column) {
    Process process = column.process();
    Signal signal = column.signal(bits);
    double own_ns = given_ns(kind, kind.of(process, signal), bits);
    Converter before = kind.of(process, signal, 16 * own_ns);
    double calm_steps2 = before.errors().noise_steps2();
    for (double time_ns = 8 * own_ns; time_ns > own_ns / 1000; time_ns /= 2) {
      Converter shorter = kind.of(process, signal, time_ns);
      String where = kind + " of " + bits + " bits in " + time_ns + " ns, " + column;
      double was = energy_fJ(before);
      double is = energy_fJ(shorter);
      if (BY_TIME.contains(kind)) {
        was /= kind.whole_ns(before);
        is /= kind.whole_ns(shorter);
      }
      assertTrue(is >= was * (1 - 1e-9), where);
      assertTrue(
          shorter.errors().noise_steps2() >= before.errors().noise_steps2() * (1 - 1e-9), where);
      if (!COUNTERS.contains(kind) && shorter.needed_ns() > shorter.time_ns() * (1 + 1e-9)) {
        assertTrue(shorter.errors().noise_steps2() > calm_steps2, where);
      }
      before = shorter;
    }
    assertTrue(before.needed_ns() > before.time_ns(), kind + " of " + bits + " bits, " + column);
    assertTrue(
        COUNTERS.contains(kind) || before.errors().lostBits() > 1,
        kind + " of " + bits + " bits, " + column);
  }

  @Test
  void aLowerSupplyLeavesLessRangeThenTooLittleHeadroom() {
    for (Bench.Column column : COLUMNS) {
      double before_V = Double.MAX_VALUE;
      double missed_V = 0;
      for (double supply_V = column.supply_V(); supply_V > 0.3; supply_V -= 0.02) {
        Signal signal = lowered(column, supply_V).signal(4);
        boolean isEnough = signal.missing_V() == 0;
        assertTrue(isEnough ? signal.range_V() < before_V : signal.missing_V() > missed_V);
        assertEquals(
            supply_V - column.read_V() - 0.3, signal.range_V() - signal.missing_V(), 1e-12);
        before_V = signal.range_V();
        missed_V = signal.missing_V();
      }
      assertTrue(missed_V > 0);
    }
  }

  @Test
  void aLowerSupplyNeverMakesAConverterFaster() {
    for (Bench.Kind kind : Bench.Kind.values()) {
      for (int i = 0; i < COLUMNS.size(); i += 7) {
        Bench.Column column = COLUMNS.get(i);
        Bench.Column low = lowered(column, 0.9 * column.supply_V());
        Converter converter = kind.of(column.process(), column.signal(6));
        Converter lower = kind.of(low.process(), low.signal(6));
        assertTrue(lower.needed_ns() > converter.needed_ns(), kind + " " + column);
      }
    }
  }

  @Test
  void whereNoiseAndMatchingSetTheEnergyALowerSupplyRaisesIt() {
    // At 8 bits comparators and capacitors take nearly all of a flash and a ramp. Logic of a SAR
    // and
    // line of a time-to-digital converter save a while as the supply falls, above 28 nm to the end;
    // so do latches at 65 nm down to 0.85.
    for (double node_nm : new double[] {14, 22, 28, 45, 65}) {
      double nominal_V = NominalSupply.of(node_nm, Flavour.LOW_POWER);
      for (Bench.Kind kind : new Bench.Kind[] {Bench.Kind.FLASH, Bench.Kind.RAMP}) {
        double before_fJ = 0;
        for (double supply_V = nominal_V; supply_V > 0.7 * nominal_V; supply_V -= 0.05) {
          double energy_fJ = eightBits_fJ(kind, node_nm, supply_V);
          boolean saves = node_nm == 65 && supply_V > 0.85 * nominal_V;
          assertTrue(
              saves || energy_fJ > before_fJ, kind + ", " + node_nm + " nm, " + supply_V + " V");
          before_fJ = energy_fJ;
        }
      }
      for (Bench.Kind kind : new Bench.Kind[] {Bench.Kind.SAR, Bench.Kind.TIME_TO_DIGITAL}) {
        // 0.62 V leave 0.12 V of range.
        assertTrue(
            node_nm > 28
                || eightBits_fJ(kind, node_nm, 0.62) > eightBits_fJ(kind, node_nm, nominal_V),
            kind + ", " + node_nm + " nm");
      }
    }
  }

  private static double eightBits_fJ(Bench.Kind kind, double node_nm, double supply_V) {
    Bench.Column column = new Bench.Column(node_nm, supply_V, 64, 40, 0.2);
    return energy_fJ(kind.of(column.process(), column.signal(8)));
  }

  private static Bench.Column lowered(Bench.Column column, double supply_V) {
    return new Bench.Column(
        column.node_nm(), supply_V, column.rowsActive(), column.full_uS(), column.read_V());
  }

  @Test
  void aNoisierComparatorNeverCostsMore() {
    for (int i = 0; i < COLUMNS.size(); i += 7) {
      Process process = COLUMNS.get(i).process();
      Signal signal = COLUMNS.get(i).signal(6);
      double before_fJ = Double.MAX_VALUE;
      for (double noise_V = 1e-5; noise_V < 0.1; noise_V *= 1.3) {
        double energy_fJ =
            Readouts.comparator(process, signal, noise_V, 5e-3, 1).sum(Terms.of(Term.ENERGY));
        assertTrue(energy_fJ < before_fJ);
        before_fJ = energy_fJ;
      }
    }
  }

  @Test
  void thermalNoiseAddsNoiseOrEnergy() {
    for (Bench.Kind kind : Bench.Kind.values()) {
      Bench.Column column = COLUMNS.get(200);
      for (int bits = 3; bits <= 8; bits++) {
        Process process = column.process();
        Signal cool =
            Signal.ofCurrent(
                Circuits.CATALOGUE,
                process,
                column.load(),
                bits,
                OptionalDouble.empty(),
                false,
                300);
        Signal hot =
            Signal.ofCurrent(
                Circuits.CATALOGUE,
                process,
                column.load(),
                bits,
                OptionalDouble.empty(),
                false,
                400);
        Converter at300 = kind.of(process, cool);
        Converter at400 = kind.of(process, hot);
        assertTrue(energy_fJ(at400) >= energy_fJ(at300), kind + " of " + bits);
        assertTrue(
            at400.errors().noise_steps2() >= at300.errors().noise_steps2() * (1 - 1e-12),
            kind + " of " + bits);
        assertTrue(
            energy_fJ(at400) > energy_fJ(at300)
                || at400.errors().noise_steps2() > at300.errors().noise_steps2(),
            kind + " of " + bits);
      }
    }
  }

  @Test
  void noConversionTakesLessThanAnUntrimmedPairThatMatchesToAStep() {
    double oxide_fFPerUm2 = CircuitFile.of("common").constant("oxide_C");
    for (Bench.Kind kind : Bench.Kind.values()) {
      for (int bits = 3; bits <= 8; bits++) {
        for (Bench.Column column : COLUMNS) {
          Process process = column.process();
          Signal signal = column.signal(bits);
          double side_um = MatchedPairs.threshold_Vum(process) / signal.step_V();
          double pair_fJ =
              2 * oxide_fFPerUm2 * side_um * side_um * column.supply_V() * column.supply_V();
          assertTrue(
              energy_fJ(kind.of(process, signal)) > pair_fJ, kind + " of " + bits + ", " + column);
        }
      }
    }
  }

  @Test
  void noConversionTakesLessThanTheBestOfTheSurveyAtItsRate() {
    for (Bench.Kind kind : Bench.Kind.values()) {
      for (int bits = 3; bits <= 8; bits++) {
        for (Bench.Column column : COLUMNS) {
          Converter converter = kind.of(column.process(), column.signal(bits));
          double effective = bits - converter.errors().lostBits();
          double perStep_fJ = energy_fJ(converter) / Math.pow(2, effective);
          assertTrue(
              perStep_fJ > lowestOfSurvey_fJ(1 / kind.whole_ns(converter)),
              kind + " of " + bits + ", " + column + ": " + perStep_fJ);
        }
      }
    }
  }

  /**
   * Lowest energy over 2^ENOB of 215 published converters of 65 nm or less, by conversions in a
   * nanosecond (ADC survey of Accelergy's plug-in, after Murmann; read).
   */
  private static double lowestOfSurvey_fJ(double rate_GSps) {
    if (rate_GSps < 1e-3) {
      return 0.35;
    }
    if (rate_GSps < 0.2) {
      return 1.4;
    }
    return rate_GSps < 1 ? 2.2 : 7.4;
  }
}
