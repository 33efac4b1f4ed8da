package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Power of two settings of one macro at their published times. Currents make power, capacitors make
 * energy.
 */
class PowerOfPairsTest {
  private static final Set<Action> CURRENTS =
      EnumSet.of(Action.CELL_READ, Action.AMPLIFY, Action.ROW_BIAS, Action.CONVERTER_BIAS);
  private static final Set<Action> CELLS = EnumSet.of(Action.CELL_READ);

  private static final Pattern PASS = Pattern.compile("passTime: ([0-9.]+) ns");

  /**
   * A row at its published time.
   *
   * @param pass_ns time of a pass
   * @param energies_fJ energy of a conversion by action
   */
  private record Macro(double pass_ns, Map<Action, Double> energies_fJ) {
    double energy_fJ() {
      return energies_fJ.values().stream().mapToDouble(each -> each).sum();
    }

    double power_uW() {
      return energy_fJ() / pass_ns;
    }

    double ratio(Macro other, Action action) {
      return energies_fJ.get(action) / other.energies_fJ.get(action);
    }

    double currents_uW() {
      return currents_uW(CURRENTS);
    }

    double currents_uW(Set<Action> actions) {
      return actions.stream().mapToDouble(energies_fJ::get).sum() / pass_ns;
    }
  }

  private static Macro row(int number) throws Exception {
    Path file = Path.of("..", "survey", number + ".yaml");
    Matcher published = PASS.matcher(Files.readString(file));
    assertTrue(published.find(), file.toString());
    double pass_ns = Double.parseDouble(published.group(1));
    DesignSpec stated =
        DesignSpec.load(
            file.toString(),
            List.of(Setting.parse("crossbar.passTime=" + pass_ns + " ns")),
            List.of(),
            SpecEnvironment.of(new FileSources()));
    EvaluatedDesign design =
        new Evaluator().evaluated(stated.newBinder().bind(stated.tree().start()));
    assertEquals(pass_ns, design.prices().timing().pass().pass_ns(), 1e-9);
    double conversions = design.mapping().peak().actions().of(Action.CONVERSION);
    Map<Action, Double> energies_fJ = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      double times = design.mapping().peak().actions().of(action) / conversions;
      energies_fJ.put(action, times * design.prices().energy_fJ(action));
    }
    return new Macro(pass_ns, energies_fJ);
  }

  /**
   * 5 and 155 ns, 1 and 5 bits of a ramp, published 1.00 (52.2 and 52.3 uW). Word- and bitlines are
   * charged once an access, half of the energy of the short one.
   */
  @Test
  void aRampDrawsTheSameCurrentHoweverManyStepsItTakes() throws Exception {
    Macro one = row(20);
    Macro five = row(21);
    assertEquals(1, one.currents_uW() / five.currents_uW(), 0.1);
    assertEquals(1, one.power_uW() / five.power_uW(), 1.1);
  }

  /**
   * 4.9 and 10.3 ns of sense amplifiers, published 1.01 (4.1 uW each). Amplifiers and copies are
   * drawn for the time of their own setting, and the short one makes three decisions in half of the
   * time of four.
   */
  @Test
  void senseAmplifiersDrawTheSameCurrentInHalfTheTime() throws Exception {
    Macro fast = row(41);
    Macro slow = row(42);
    assertEquals(1, fast.currents_uW(CELLS) / slow.currents_uW(CELLS), 0.01);
    assertEquals(1, fast.currents_uW() / slow.currents_uW(), 0.4);
    assertEquals(1, fast.power_uW() / slow.power_uW(), 0.55);
  }

  /**
   * Bitlines of 512 and of 128 cells that are discharged, in 4.3 and 5.25 ns: published energies
   * 0.99 of each other, powers 1.20 (15.3 and 12.7 uW). Neither the charge of a bitline, which goes
   * by its length, nor a decision depends on the time; the long bitlines make ours 1.17.
   */
  @Test
  void dischargedBitlinesTakeTheSameEnergyInAnyTime() throws Exception {
    Macro tall = row(14);
    Macro wide = row(15);
    assertEquals(1, tall.ratio(wide, Action.CONVERSION), 0.01);
    assertEquals(512 / 128.0, tall.ratio(wide, Action.CELL_READ), 0.02);
    assertEquals(1, tall.energy_fJ() / wide.energy_fJ(), 0.18);
  }

  /** 0.8 and 1 V at 72.8 and 16.05 ns, 1.2 and 0.85 V: C V^2; published 1.27 and 2.55. */
  @Test
  void capacitorsFollowTheSquareOfTheSupply() throws Exception {
    assertEquals(1 / (0.8 * 0.8), row(97).energy_fJ() / row(96).energy_fJ(), 0.04);
    double square = 1.2 * 1.2 / (0.85 * 0.85);
    assertEquals(square, row(100).energy_fJ() / row(101).energy_fJ(), 0.03 * square);
  }
}
