package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.peripherals.Arithmetic;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetRow;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The parts of a readout add up to it, and each is explained by a formula that leads to it. */
class BudgetTest {

  private static List<Converter> converters() {
    List<Converter> converters = new ArrayList<>();
    List<Bench.Column> columns = Bench.columns();
    for (int bits = 1; bits <= 8; bits++) {
      for (int i = 0; i < columns.size(); i += 29) {
        converters.addAll(converters(columns.get(i), bits));
      }
    }
    return converters;
  }

  private static List<Converter> converters(Bench.Column column, int bits) {
    List<Converter> converters = new ArrayList<>();
    for (Bench.Kind kind : Bench.Kind.values()) {
      converters.add(kind.of(column.process(), column.signal(bits)));
    }
    Signal voltage = Signal.ofVoltage(Circuits.CATALOGUE, column.process(), bits, 1, 300);
    converters.add(Readouts.voltageSense(column.process(), voltage, OptionalDouble.empty()));
    return converters;
  }

  private static final Terms ENERGY = Terms.of(Term.ENERGY, Term.BIAS);
  private static final Terms AREA = Terms.of(Term.AREA);

  @Test
  void partsSumToEnergyAndArea() {
    for (Converter converter : converters()) {
      double energy_fJ = sum(converter, ENERGY);
      double area_um2 = sum(converter, AREA);
      assertEquals(energy_fJ, converter.energy_fJ(Account.CLOSED), 1e-12 * energy_fJ);
      assertEquals(area_um2, converter.area_um2(Account.CLOSED), 1e-12 * area_um2);
    }
  }

  private static double sum(Converter converter, Terms terms) {
    return converter.solution().rows(terms).stream().mapToDouble(converter.solution()::value).sum();
  }

  @Test
  void everyPartHasAPlainNameOfItsOwnAndAFormulaThatLeadsToItsFigures() {
    for (Converter converter : converters()) {
      for (Terms terms : List.of(ENERGY, AREA)) {
        Set<String> names = new HashSet<>();
        for (SheetRow row : converter.solution().rows(terms)) {
          assertTrue(row.name().matches("[a-z]+( [a-z]+)*"), row.name());
          assertTrue(names.add(row.name()), row.name());
          double value = converter.solution().value(row);
          assertTrue(value >= 0 && Double.isFinite(value), row.name());
          String formula = converter.solution().formula(row);
          assertEquals(
              value, Arithmetic.compute(formula), 5e-3 * value, row.name() + ": " + formula);
        }
      }
    }
  }

  @Test
  void theWholeIsExplainedByThePartsThatItHas() {
    for (Converter converter : converters()) {
      Account energy = Account.open();
      double energy_fJ = converter.energy_fJ(energy);
      assertEquals(energy_fJ, converter.energy_fJ(Account.CLOSED), 0);
      assertEquals(
          energy_fJ, Arithmetic.compute(energy.formula()), 5e-3 * energy_fJ, energy.formula());
      Account area = Account.open();
      double area_um2 = converter.area_um2(area);
      assertEquals(area_um2, Arithmetic.compute(area.formula()), 5e-3 * area_um2, area.formula());
      assertFalse(energy.source().isEmpty());
      assertNamesParts(converter, ENERGY, energy.formula());
      assertNamesParts(converter, AREA, area.formula());
    }
  }

  private static void assertNamesParts(Converter converter, Terms terms, String formula) {
    for (SheetRow row : converter.solution().rows(terms)) {
      assertEquals(
          converter.solution().value(row) != 0, formula.contains(") " + row.name()), formula);
    }
  }

  @Test
  void aComparatorIsReportedByItsNoisePairTrimAndLatch() {
    for (Converter converter : converters()) {
      List<String> names = converter.solution().rows(ENERGY).stream().map(SheetRow::name).toList();
      if (names.contains("counts")) {
        continue;
      }
      for (String part : List.of("noise", "pair", "trim", "latch")) {
        assertTrue(names.contains("comparator " + part), names + " " + part);
      }
    }
  }

  @Test
  void theNoiseOfAConversionIsThatOfItsCauses() {
    for (Converter converter : converters()) {
      Set<String> names = new HashSet<>();
      double noise_steps2 = 0;
      for (NoiseTerm part : converter.noise(Account.CLOSED)) {
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
    List<Bench.Column> columns = Bench.columns();
    for (int bits = 1; bits <= 8; bits++) {
      for (int i = 0; i < columns.size(); i += 29) {
        Process process = columns.get(i).process();
        for (Converter converter : converters(columns.get(i), bits)) {
          double area_um2 = converter.area_um2(Account.CLOSED);
          assertEquals(
              process.leakage_uW(area_um2, Account.CLOSED), converter.static_uW(Account.CLOSED));
        }
      }
    }
  }
}
