package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.peripherals.Arithmetic;
import dev.kirchhoff.peripherals.circuit.Account;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The parts of a readout add up to it, and each is explained by a formula that leads to it. */
class BudgetTest {

  private static List<BudgetedConverter> converters() {
    List<BudgetedConverter> converters = new ArrayList<>();
    List<Bench.Column> columns = Bench.columns();
    for (int bits = 1; bits <= 8; bits++) {
      for (int i = 0; i < columns.size(); i += 29) {
        Bench.Column column = columns.get(i);
        for (Bench.Kind kind : Bench.Kind.values()) {
          converters.add(kind.of(column.process(), column.signal(bits)));
        }
        Signal voltage = Signal.ofVoltage(column.process(), bits, 300);
        converters.add(
            new VoltageSenseAmplifier(column.process(), voltage, OptionalDouble.empty()));
      }
    }
    return converters;
  }

  @Test
  void partsSumToEnergyAndArea() {
    for (BudgetedConverter converter : converters()) {
      double energy_fJ = 0;
      double area_um2 = 0;
      for (BudgetTerm part : converter.parts()) {
        energy_fJ += part.energy().value();
        area_um2 += part.area().value();
      }
      String where = converter.getClass().getSimpleName();
      assertEquals(energy_fJ, converter.energy_fJ(Account.CLOSED), 1e-12 * energy_fJ, where);
      assertEquals(area_um2, converter.area_um2(Account.CLOSED), 1e-12 * area_um2, where);
    }
  }

  @Test
  void everyPartHasAPlainNameOfItsOwnAndAFormulaThatLeadsToItsFigures() {
    for (BudgetedConverter converter : converters()) {
      Set<String> names = new HashSet<>();
      for (BudgetTerm part : converter.parts()) {
        String where = converter.getClass().getSimpleName() + " " + part.name();
        assertTrue(part.name().matches("[a-z]+( [a-z]+)*"), where);
        assertTrue(names.add(part.name()), where);
        check(where, part.energy());
        check(where, part.area());
      }
    }
  }

  private static void check(String where, BudgetTerm.Figure figure) {
    assertTrue(figure.value() >= 0 && Double.isFinite(figure.value()), where);
    String formula = Account.open().formula(figure.template(), figure.numbers()).formula();
    assertEquals(
        figure.value(), Arithmetic.compute(formula), 5e-3 * figure.value(), where + ": " + formula);
  }

  @Test
  void theWholeIsExplainedByThePartsThatItHas() {
    for (BudgetedConverter converter : converters()) {
      Account energy = Account.open();
      double energy_fJ = converter.energy_fJ(energy);
      assertEquals(energy_fJ, converter.energy_fJ(Account.CLOSED), 0);
      assertEquals(
          energy_fJ, Arithmetic.compute(energy.formula()), 5e-3 * energy_fJ, energy.formula());
      Account area = Account.open();
      double area_um2 = converter.area_um2(area);
      assertEquals(area_um2, Arithmetic.compute(area.formula()), 5e-3 * area_um2, area.formula());
      assertFalse(energy.source().isEmpty());
      for (BudgetTerm part : converter.parts()) {
        assertEquals(
            part.energy().value() != 0,
            energy.formula().contains(") " + part.name()),
            energy.formula());
        assertEquals(
            part.area().value() != 0, area.formula().contains(") " + part.name()), area.formula());
      }
    }
  }

  @Test
  void aComparatorIsReportedByItsNoisePairTrimAndLatch() {
    for (BudgetedConverter converter : converters()) {
      if (converter instanceof OscillatorConverter) {
        continue;
      }
      List<String> names = converter.parts().stream().map(BudgetTerm::name).toList();
      for (String part : List.of("noise", "pair", "trim", "latch")) {
        assertTrue(names.contains("comparator " + part), converter.getClass() + " " + part);
      }
    }
  }

  @Test
  void theNoiseOfAConversionIsThatOfItsCauses() {
    for (BudgetedConverter converter : converters()) {
      Set<String> names = new HashSet<>();
      double noise_steps2 = 0;
      for (NoiseTerm part : converter.noise()) {
        String where = converter.getClass().getSimpleName() + " " + part.name();
        assertTrue(part.steps2() >= 0 && names.add(part.name()), where);
        noise_steps2 += part.steps2();
      }
      assertEquals(noise_steps2, converter.errors().noise_steps2(), 1e-12 * noise_steps2);
      assertTrue(names.size() > 1, converter.getClass().getSimpleName());
    }
  }

  @Test
  void leakageIsThatOfTheArea() {
    for (BudgetedConverter converter : converters()) {
      assertEquals(
          converter.process.leakage_uW(converter.area_um2(Account.CLOSED), Account.CLOSED),
          converter.static_uW(Account.CLOSED));
    }
  }
}
