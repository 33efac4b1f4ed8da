package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.OtherPart;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.Sensing;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Prices of one part and one action of a chip: figures that the spec gives, else those of the
 * part's circuit, times its family's fitted factor, with the chip's control and clock. An open
 * account takes down how.
 */
final class PartPrices {
  private static final Part.Level[] LEVELS = Part.Level.values();

  private final Chip chip;
  private final TimedCircuits circuits;
  private final PartCircuits parts;
  private final GivenFigures[] given;

  /** Families whose factors hold for a part; null where none do. */
  private final CircuitFamily[] families;

  private final double[] instances;

  /** By level; null where a level has none. */
  private final OtherParts[] others = new OtherParts[LEVELS.length];

  /**
   * Of a chip.
   *
   * @param given by part the figures that the spec gives, null where it gives none
   * @param families by part the family whose factors hold for it, null where none do
   * @param instances by part how many one PE, one tile or one chip has
   */
  PartPrices(
      TimedCircuits circuits,
      PartCircuits parts,
      GivenFigures[] given,
      CircuitFamily[] families,
      double[] instances) {
    chip = circuits.chip;
    this.circuits = circuits;
    this.parts = parts;
    this.given = given;
    this.families = families;
    this.instances = instances;
    for (Part.Level level : LEVELS) {
      List<OtherPart> named = OtherParts.of(chip, level);
      if (!named.isEmpty()) {
        others[level.ordinal()] =
            new OtherParts(chip, named, crossbarsPer(level), circuits.timing.pass_ns());
      }
    }
  }

  private double instances(Part part) {
    return instances[part.ordinal()];
  }

  /** The parts of a part's level that the language has no word for. */
  OtherParts others(Part part) {
    return others[part.level().ordinal()];
  }

  /** Time of a part: given, or its circuit's with its fitted factor. */
  double time_ns(Part part, double modelled_ns) {
    GivenFigures figures = given[part.ordinal()];
    return figures != null && figures.hasTime()
        ? figures.time_ns()
        : calibrated(part, Quantity.TIME, modelled_ns, Account.CLOSED);
  }

  /** Area of one instance. */
  double area_um2(Part part, Account account) {
    if (instances(part) == 0) {
      return absent(account);
    }
    if (part.isOthers()) {
      return sumOfItems(others(part).area_um2(), account);
    }
    GivenFigures figures = given[part.ordinal()];
    if (figures != null && figures.hasArea()) {
      return figures.area_um2(account);
    }
    double modelled_um2 = parts.of(part).area_um2(account);
    double fitted_um2 = calibrated(part, Quantity.AREA, modelled_um2, account);
    return modelled(part, fitted_um2, chip.uncore().controlAreaShare(), account);
  }

  /** Static power of one instance. */
  double static_uW(Part part, Account account) {
    if (instances(part) == 0) {
      return absent(account);
    }
    if (part.isOthers()) {
      return sumOfItems(others(part).static_uW(), account);
    }
    GivenFigures figures = given[part.ordinal()];
    if (figures != null) {
      if (figures.hasPower()) {
        return isRatedStatic(part) ? figures.power_uW(account) : insideRatedPower(account);
      }
      if (figures.hasLeakage()) {
        return figures.leakage_uW(account);
      }
    }
    double modelled_uW = parts.of(part).static_uW(account);
    double fitted_uW = calibrated(part, Quantity.ENERGY, modelled_uW, account);
    return modelled(part, fitted_uW, chip.uncore().controlAreaShare(), account);
  }

  /** Energy of one pass of a part with rated power. */
  double passEnergy_fJ(Part part, Account account) {
    GivenFigures figures = given[part.ordinal()];
    if (instances(part) == 0) {
      return absent(account);
    }
    if (part.isOthers()) {
      return sumOfItems(others(part).pass_fJ(), account);
    }
    if (figures == null || !figures.hasPower() || isRatedStatic(part)) {
      account.formula("0").source("priced by its actions or its standing power");
      return 0;
    }
    double power_uW = figures.power_uW(account);
    boolean isOwn = part == Part.CROSSBAR || part == Part.INPUT;
    double perCrossbar =
        instances(part)
            / (isOwn ? chip.crossbar().perPe() : crossbarsPer(part.level()).orElseThrow());
    double pass_ns = circuits.timing.pass_ns();
    if (account.isOpen()) {
      account.formula("(" + account.formula() + ") x # x # ns", perCrossbar, pass_ns);
    }
    return power_uW * perCrossbar * pass_ns;
  }

  /**
   * Links draw their power always; so does a chip-level part where the number of crossbars beside
   * it is not known yet.
   */
  private boolean isRatedStatic(Part part) {
    return part == Part.IO || (part.level() == Part.Level.CHIP && chip.tile().count().isEmpty());
  }

  /** Crossbars of a level that work at once; empty where the workload decides their number. */
  private OptionalDouble crossbarsPer(Part.Level level) {
    double inPe = chip.crossbar().working();
    double inTile = inPe * chip.pe().perTile();
    return switch (level) {
      case PE -> OptionalDouble.of(inPe);
      case TILE -> OptionalDouble.of(inTile);
      case CHIP ->
          chip.tile().count().isPresent()
              ? OptionalDouble.of(inTile * chip.tile().count().getAsInt())
              : OptionalDouble.empty();
    };
  }

  /** Energy of one action. */
  double energy_fJ(Action action, Account account) {
    Part part = action.part();
    if (instances(part) == 0 && !isDigital(part)) {
      return absent(account);
    }
    GivenFigures figures = given[part.ordinal()];
    if (figures != null) {
      if (figures.hasPower()) {
        return insideRatedPower(account);
      }
      if (figures.coversEnergy(action)) {
        return part == Part.CROSSBAR
            ? tableEnergy(action, figures, account)
            : figures.energy_fJ(action.word(), account);
      }
    }
    double modelled_fJ = parts.energy_fJ(action, account);
    double fitted_fJ =
        part == Part.CROSSBAR
            ? sensed(modelled_fJ, account)
            : calibrated(part, Quantity.ENERGY, modelled_fJ, account);
    return modelled(part, fitted_fJ, chip.uncore().controlEnergyShare(), account);
  }

  /** Energy of an array in a pass; with a converter that takes its current, part of sensing. */
  double sensed(double modelled_fJ, Account account) {
    return calibrated(pricedAs(Part.CROSSBAR), Quantity.ENERGY, modelled_fJ, account);
  }

  /**
   * The part whose factor on energy multiplies a part: an array that is sensed has the readout's.
   */
  Part pricedAs(Part part) {
    boolean isSensed =
        part == Part.CROSSBAR
            && families[Part.CROSSBAR.ordinal()] != null
            && circuits.converter.sensing() == Sensing.CURRENT;
    return isSensed ? Part.READOUT : part;
  }

  /** A circuit's figure with its fitted factor. */
  double calibrated(Part part, Quantity quantity, double modelled, Account account) {
    CircuitFamily family = families[part.ordinal()];
    return family == null
        ? modelled
        : circuits.calibration.apply(family, quantity, modelled, account);
  }

  /** A table's energy is that of a whole pass, cells and columns included. */
  private static double tableEnergy(Action action, GivenFigures figures, Account account) {
    if (action == Action.ARRAY_PASS) {
      return figures.energy_fJ(action.word(), account);
    }
    account.formula("0").source("inside the given energy of a pass");
    return 0;
  }

  private static boolean isDigital(Part part) {
    return switch (part) {
      case RELU, SIGMOID, MAX_POOL, TILE_SHIFT_ADD, VECTOR -> true;
      default -> false;
    };
  }

  private static double sumOfItems(double sum, Account account) {
    account.formula("#", sum).source("sum of given parts");
    return sum;
  }

  private static double absent(Account account) {
    account.formula("0").source("this chip has none");
    return 0;
  }

  private static double insideRatedPower(Account account) {
    account.formula("0").source("inside the rated power");
    return 0;
  }

  private double modelled(Part part, double value, double share, Account account) {
    GivenFigures figures = given[part.ordinal()];
    if (figures != null) {
      figures.leftOut(account);
      return value;
    }
    if (part == Part.IO || value == 0) {
      return value;
    }
    account.times(1 + share, "with control and clock");
    return value * (1 + share);
  }
}
