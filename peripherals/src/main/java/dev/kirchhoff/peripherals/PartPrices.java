package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.OtherPart;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.link.HopTime;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Prices of one part and one action of a chip: figures that the spec gives, else
 *
 * <pre>
 *   price = figure of the part's circuit × fitted factor of its family
 * </pre>
 *
 * with the chip's control and clock. An open account records each factor.
 */
final class PartPrices {
  private static final Part.Level[] LEVELS = Part.Level.values();

  /**
   * Parts whose default circuit prices what a chip without them is asked to do: digital operations,
   * random words and solves.
   */
  private static final Set<Part> STAND_INS =
      EnumSet.of(
          Part.RANDOM,
          Part.FEEDBACK,
          Part.RELU,
          Part.SIGMOID,
          Part.MAX_POOL,
          Part.TILE_SHIFT_ADD,
          Part.VECTOR);

  /** Actions of reading one cell through one column. */
  private static final List<Action> READ =
      List.of(
          Action.ARRAY_PASS,
          Action.ROW_PULSE,
          Action.ROW_BIAS,
          Action.WORDLINE,
          Action.ROW_CONVERT,
          Action.CELL_READ,
          Action.COLUMN_SETTLE,
          Action.AMPLIFY,
          Action.SAMPLE,
          Action.SELECT,
          Action.CONVERTER_BIAS,
          Action.CONVERSION);

  private final Chip chip;
  private final ChipCircuits circuits;
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
      ChipCircuits circuits,
      PartCircuits parts,
      GivenFigures[] given,
      CircuitFamily[] families,
      double[] instances) {
    chip = circuits.chip();
    this.circuits = circuits;
    this.parts = parts;
    this.given = given;
    this.families = families;
    this.instances = instances;
    for (Part.Level level : LEVELS) {
      List<OtherPart> named = OtherParts.of(chip, level);
      if (!named.isEmpty()) {
        others[level.ordinal()] =
            new OtherParts(chip, named, crossbarsPer(level), circuits.timing().pass_ns());
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

  /** The price of a line. */
  double price(PriceLine line, Account account) {
    Part part = line.part();
    return switch (line.kind()) {
      case ENERGY -> energy_fJ(line.action().orElseThrow(), account);
      case PASS -> passEnergy_fJ(part, account);
      case STATIC -> static_uW(part, account);
      case AREA -> area_um2(part, account);
    };
  }

  /** Area of one instance. */
  private double area_um2(Part part, Account account) {
    if (instances(part) == 0) {
      return absent(account);
    }
    if (part.isOthers()) {
      return sumOfItems(others(part).area_um2(), account);
    }
    return part == Part.TRANSPOSE && ownsTranspose()
        ? ownTranspose(this::area_um2, account)
        : area_um2(part, parts.of(part), account);
  }

  private double area_um2(Part part, Circuit circuit, Account account) {
    GivenFigures figures = given[part.ordinal()];
    if (figures != null && figures.hasArea()) {
      return part == Part.LINKS ? insideRouter(account) : figures.area_um2(account);
    }
    double modelled_um2 = circuit.area_um2(account);
    double fitted_um2 = calibrated(part, Quantity.AREA, modelled_um2, account);
    return modelled(part, fitted_um2, chip.uncore().controlAreaShare(), account);
  }

  /** Static power of one instance. */
  private double static_uW(Part part, Account account) {
    if (instances(part) == 0) {
      return absent(account);
    }
    if (part.isOthers()) {
      return sumOfItems(others(part).static_uW(), account);
    }
    return part == Part.TRANSPOSE && ownsTranspose()
        ? ownTranspose(this::static_uW, account)
        : static_uW(part, parts.of(part), account);
  }

  private double static_uW(Part part, Circuit circuit, Account account) {
    GivenFigures figures = given[part.ordinal()];
    if (figures != null) {
      if (part == Part.LINKS && (figures.hasPower() || figures.hasLeakage())) {
        return insideRouter(account);
      }
      if (figures.hasPower()) {
        return isRatedStatic(part) ? figures.power_uW(account) : insideRatedPower(account);
      }
      if (figures.hasLeakage()) {
        return figures.leakage_uW(account);
      }
    }
    double modelled_uW = circuit.static_uW(account);
    double fitted_uW = calibrated(part, Quantity.ENERGY, modelled_uW, account);
    return modelled(part, fitted_uW, chip.uncore().controlAreaShare(), account);
  }

  private boolean ownsTranspose() {
    return chip.pe().kernelParts().transpose() == Transpose.OWN;
  }

  /** A price of a part, where a circuit stands in for its own. */
  private interface PartPrice {
    double of(Part part, Circuit circuit, Account account);
  }

  /**
   * Price of a transpose path of its own of one crossbar: a driver at each column and, at the rows,
   * front ends, sample-and-holds, muxes and converters in the same ratio to lines as at the
   * columns, shared by crossbars that take turns as those are. They are the parts that read
   * columns, with their given figures, fitted factors and control; drivers carry the current of a
   * column.
   */
  private double ownTranspose(PartPrice price, Account account) {
    double sets = (double) chip.crossbar().working() / chip.crossbar().perPe();
    double columns = chip.crossbar().allColumns();
    double rows = chip.crossbar().rows();
    int perAdc =
        Math.max(chip.pe().readout().columnsPerAdc(), circuits.site().sums().columnsPerSum());
    double converters = sets * Math.ceil(rows / perAdc);
    double perLine = circuits.site().kind().turns().areSampled() ? sets * rows : converters;
    PriceSum sum = new PriceSum(account);
    sum.add(columns, line -> price.of(Part.INPUT, circuits.kernels().columnInput(), line));
    add(sum, Part.FRONT_END, perLine, price);
    add(sum, Part.SAMPLE_HOLD, perLine, price);
    add(sum, Part.COLUMN_MUX, converters, price);
    add(sum, Part.READOUT, converters, price);
    return sum.record("drivers of the columns and the parts that read rows");
  }

  private void add(PriceSum sum, Part part, double number, PartPrice price) {
    if (instances(part) > 0) {
      sum.add(number, account -> price.of(part, parts.of(part), account));
    }
  }

  /**
   * Energy of a random word whose bits are reads of a cell and conversions: a pass of one row and
   * one column for each bit, at the prices of these actions, and the register that collects them. A
   * converter with rated power has no price per conversion; its default model stands in.
   */
  private double drawnByReads_fJ(Account account) {
    PriceSum sum = new PriceSum(account);
    for (Action action : READ) {
      boolean isRated = action == Action.CONVERSION && energy_fJ(action, Account.CLOSED) == 0;
      sum.add(
          RandomSource.WORD_BITS,
          line ->
              isRated ? circuits.column().converter().energy_fJ(line) : energy_fJ(action, line));
    }
    sum.add(1, line -> modelled_fJ(Action.RANDOM_DRAW, line));
    return sum.record("16 reads of one cell, each with a conversion, and a register");
  }

  /** Energy of one pass of a part with rated power. */
  private double passEnergy_fJ(Part part, Account account) {
    GivenFigures figures = given[part.ordinal()];
    if (instances(part) == 0) {
      return absent(account);
    }
    if (part.isOthers()) {
      return sumOfItems(others(part).pass_fJ(), account);
    }
    if (figures == null || !figures.hasPower() || isRatedStatic(part) || part == Part.LINKS) {
      account.formula("0").source("priced by its actions or its standing power");
      return 0;
    }
    double power_uW = figures.power_uW(account);
    boolean isOwn = part == Part.CROSSBAR || part == Part.INPUT;
    double perCrossbar =
        instances(part)
            / (isOwn ? chip.crossbar().perPe() : crossbarsPer(part.level()).orElseThrow());
    double pass_ns = circuits.timing().pass_ns();
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
  private double energy_fJ(Action action, Account account) {
    Part part = action.part();
    if (instances(part) == 0 && !STAND_INS.contains(part)) {
      return absent(account);
    }
    GivenFigures figures = given[part.ordinal()];
    if (figures != null) {
      if (figures.hasPower()) {
        return insideRatedPower(account);
      }
      if (figures.coversEnergy(action)) {
        if (action == Action.ROW_BIAS
            || action == Action.CONVERTER_BIAS
            || action == Action.PITCH_BIT) {
          account.formula("0").source("inside the given energy");
          return 0;
        }
        return part == Part.CROSSBAR
            ? tableEnergy(action, figures, account)
            : figures.energy_fJ(action.word(), account);
      }
    }
    return action == Action.RANDOM_DRAW
            && chip.pe().kernelParts().random() instanceof RandomSource.DeviceNoise
        ? drawnByReads_fJ(account)
        : modelled_fJ(action, account);
  }

  private double modelled_fJ(Action action, Account account) {
    Part part = action.part();
    double modelled_fJ = parts.energy_fJ(action, account);
    double fitted_fJ = calibrated(part, Quantity.ENERGY, modelled_fJ, account);
    return modelled(part, fitted_fJ, chip.uncore().controlEnergyShare(), account);
  }

  /** Time of a hop: given, or its circuit's with its fitted factor. */
  HopTime hop(HopTime modelled) {
    GivenFigures figures = given[Part.INTERCONNECT.ordinal()];
    return figures != null && figures.hasTime()
        ? modelled.stated(figures.time_ns())
        : modelled.times(calibrated(Part.INTERCONNECT, Quantity.TIME, 1, Account.CLOSED));
  }

  /** A circuit's figure with its fitted factor. */
  double calibrated(Part part, Quantity quantity, double modelled, Account account) {
    CircuitFamily family = families[part.ordinal()];
    return family == null
        ? modelled
        : circuits.site().calibration().apply(family, quantity, modelled, account);
  }

  /** A table's energy is that of a whole pass, cells and columns included. */
  private static double tableEnergy(Action action, GivenFigures figures, Account account) {
    if (action == Action.ARRAY_PASS) {
      return figures.energy_fJ(action.word(), account);
    }
    account.formula("0").source("inside the given energy of a pass");
    return 0;
  }

  private static double sumOfItems(double sum, Account account) {
    account.formula("#", sum).source("sum of given parts");
    return sum;
  }

  private static double absent(Account account) {
    account.formula("0").source("this chip has none");
    return 0;
  }

  private static double insideRouter(Account account) {
    account.formula("0").source("inside the given figures of a router");
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
