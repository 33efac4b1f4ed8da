package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.OtherPart;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The parts of one level that the language has no word for, priced by their given figures.
 *
 * <p>Rated power is charged per pass of a crossbar in proportion, as that of any part; where the
 * number of crossbars beside it is not known yet (a chip's parts with {@code count: fit}) it
 * stands. Given energy is that of one pass of one crossbar.
 */
final class OtherParts {
  private static final String PASS = Action.ARRAY_PASS.word();

  private final List<OtherPart> parts;
  private final List<GivenFigures> figures = new ArrayList<>();
  private final OptionalDouble crossbars;
  private final double pass_ns;

  /**
   * The parts of a level.
   *
   * @param crossbars crossbars of one instance of the level; empty = not known, rated power stands
   * @param pass_ns time of a pass
   */
  OtherParts(Chip chip, List<OtherPart> parts, OptionalDouble crossbars, double pass_ns) {
    this.parts = parts;
    this.crossbars = crossbars;
    this.pass_ns = pass_ns;
    for (OtherPart part : parts) {
      figures.add(new GivenFigures(chip, scaling(part.scaling()), part.model()));
    }
  }

  /** The parts of a level of a chip. */
  static List<OtherPart> of(Chip chip, Part.Level level) {
    return switch (level) {
      case PE -> chip.pe().others();
      case TILE -> chip.tile().others();
      case CHIP -> chip.uncore().others();
    };
  }

  private static ScalingClass scaling(OtherPart.Scaling scaling) {
    return switch (scaling) {
      case LOGIC -> ScalingClass.LOGIC;
      case SRAM -> ScalingClass.SRAM;
      case ANALOG -> ScalingClass.ANALOG;
      case WIRE -> ScalingClass.WIRE;
    };
  }

  double area_um2() {
    double sum_um2 = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum_um2 += parts.get(i).count() * area_um2(i, Account.CLOSED);
    }
    return sum_um2;
  }

  double static_uW() {
    double sum_uW = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum_uW += parts.get(i).count() * static_uW(i, Account.CLOSED);
    }
    return sum_uW;
  }

  double pass_fJ() {
    double sum_fJ = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum_fJ += parts.get(i).count() * pass_fJ(i, Account.CLOSED);
    }
    return sum_fJ;
  }

  List<PartItem> items() {
    List<PartItem> items = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Account area = Account.open();
      Account standing = Account.open();
      Account pass = Account.open();
      items.add(
          new PartItem(
              parts.get(i).name(),
              parts.get(i).count(),
              Price.of(area_um2(i, area), area),
              Price.of(static_uW(i, standing), standing),
              Price.of(pass_fJ(i, pass), pass)));
    }
    return items;
  }

  private double area_um2(int i, Account account) {
    return figures.get(i).hasArea() ? figures.get(i).area_um2(account) : notGiven(account);
  }

  private double static_uW(int i, Account account) {
    if (figures.get(i).hasPower()) {
      return crossbars.isEmpty() ? figures.get(i).power_uW(account) : notGiven(account);
    }
    return figures.get(i).hasLeakage() ? figures.get(i).leakage_uW(account) : notGiven(account);
  }

  private double pass_fJ(int i, Account account) {
    if (figures.get(i).hasPower() && crossbars.isPresent()) {
      double sharers = crossbars.getAsDouble();
      double power_uW = figures.get(i).power_uW(account);
      if (account.isOpen()) {
        account.formula("(" + account.formula() + ") / # x # ns", sharers, pass_ns);
      }
      return power_uW / sharers * pass_ns;
    }
    return figures.get(i).hasEnergy(PASS)
        ? figures.get(i).energy_fJ(PASS, account)
        : notGiven(account);
  }

  private static double notGiven(Account account) {
    account.formula("0").source("no such figure is given");
    return 0;
  }
}
