package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.OtherPart;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.array.Programming;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.link.Fabric;
import dev.kirchhoff.peripherals.link.Wires;
import dev.kirchhoff.peripherals.readout.Sensing;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Prices of one chip, computed once into arrays; explanations run the same formulas again with an
 * open account.
 *
 * <p>A modelled part's figures are raised by the chip's control shares; given figures are complete.
 * A part with rated power is charged per pass, links by their standing power. What a chip lacks has
 * no instance and no price, except digital operations: an operation that some layer needs costs the
 * default unit's energy even where the chip states no unit.
 */
public final class ChipPrices implements PriceTable {
  private static final Part[] PARTS = Part.values();
  private static final Action[] ACTIONS = Action.values();
  private static final Part.Level[] LEVELS = Part.Level.values();
  private static final int[] OWN_PART = ownParts();

  /** Stands for "does not bind": where there is no such buffer, bus or link. */
  private static final double UNBOUND = Double.MAX_VALUE;

  private final Chip chip;
  private final ChipCircuits circuits;
  private final NeurosimCircuits neurosim;
  private final ComponentModel[] models;
  private final GivenFigures[] given;
  private final boolean anyGiven;

  /** Families whose factors hold for a part; null where none do. */
  private final CircuitFamily[] families;

  /** Circuits whose prices do not depend on the side of a tile; null where a part has none. */
  private final Circuit[] circuit = new Circuit[PARTS.length];

  private final double[] instances = new double[PARTS.length];
  private final double[] area_um2 = new double[PARTS.length];
  private final double[] static_uW = new double[PARTS.length];
  private final double[] passEnergy_fJ = new double[PARTS.length];
  private final double[] energy_fJ = new double[ACTIONS.length];
  private final Wires bus;
  private final Fabric fabric;
  private final double hop_ns;

  /** By level; null where a level has none. */
  private final OtherParts[] others = new OtherParts[LEVELS.length];

  private final ProgrammingPrice programming;

  /**
   * Prices of a design.
   *
   * @param before prices of another design; those of parts whose circuits and models are the same
   *     are taken from there, bit for bit what they would be. Or null
   */
  ChipPrices(Design design, Process process, ChipPrices before) {
    chip = design.chip();
    circuits = new ChipCircuits(design, process, before == null ? null : before.circuits);
    models = Models.of(chip);
    boolean isSameKind =
        before != null
            && !before.anyGiven
            && before.neurosim.isEmpty()
            && Arrays.equals(models, before.models);
    if (isSameKind) {
      neurosim = before.neurosim;
      given = before.given;
      anyGiven = false;
    } else {
      neurosim = NeurosimCircuits.of(design, circuits, models);
      given = given(chip, models);
      anyGiven = Arrays.stream(given).anyMatch(Objects::nonNull);
    }
    families = isSameKind && circuits.hasFamiliesAsBefore ? before.families : families();
    Instances.count(circuits, instances);
    for (Part part : PARTS) {
      circuit[part.ordinal()] = hasOwnCircuit(part) ? circuit(part) : null;
    }
    for (Part.Level level : LEVELS) {
      List<OtherPart> parts = OtherParts.of(chip, level);
      if (!parts.isEmpty()) {
        boolean isOpen = level == Part.Level.CHIP && chip.tile().count() == Tile.FIT;
        double crossbars = isOpen ? 0 : crossbarsPer(level);
        others[level.ordinal()] = new OtherParts(chip, parts, crossbars, circuits.timing.pass_ns());
      }
    }
    boolean[] stands = standing(isSameKind ? before : null);
    double side_um = Math.sqrt(tileWithoutWires_um2(stands, before));
    bus = circuits.bus(side_um);
    neurosim.lay(side_um);
    fabric = circuits.fabric(side_um);
    hop_ns =
        chip.uncore().interconnect().kind() == Interconnect.Topology.NONE
            ? 0
            : time_ns(Part.INTERCONNECT, fabric.hop_ns(circuits.cycle_ns));
    area_um2[Part.BUS.ordinal()] = area(Part.BUS, Account.CLOSED);
    area_um2[Part.INTERCONNECT.ordinal()] = area(Part.INTERCONNECT, Account.CLOSED);
    for (Part part : PARTS) {
      int p = part.ordinal();
      if (stands[p]) {
        static_uW[p] = before.static_uW[p];
        continue;
      }
      static_uW[p] = standing(part, Account.CLOSED);
      if (given[p] != null || part.isOthers()) {
        passEnergy_fJ[p] = passEnergy(part, Account.CLOSED);
      }
    }
    for (int a = 0; a < ACTIONS.length; a++) {
      energy_fJ[a] =
          OWN_PART[a] >= 0 && stands[OWN_PART[a]]
              ? before.energy_fJ[a]
              : energy(ACTIONS[a], Account.CLOSED);
    }
    programming = programmingPrice();
  }

  /**
   * Which parts have area, static power and energies of the same part of another chip.
   *
   * @param before prices of a chip with the same models, none of them given; or null
   */
  private boolean[] standing(ChipPrices before) {
    boolean[] stands = new boolean[PARTS.length];
    boolean isComparable =
        before != null
            && circuits.isCalibratedAsBefore
            && chip.uncore().controlAreaShare() == before.chip.uncore().controlAreaShare()
            && chip.uncore().controlEnergyShare() == before.chip.uncore().controlEnergyShare();
    for (int p = 0; p < PARTS.length && isComparable; p++) {
      stands[p] =
          circuit[p] != null
              && circuit[p] == before.circuit[p]
              && families[p] == before.families[p]
              && (instances[p] == 0) == (before.instances[p] == 0);
    }
    return stands;
  }

  private static boolean hasOwnCircuit(Part part) {
    return switch (part) {
      case BUS, INTERCONNECT, PE_OTHERS, TILE_OTHERS, CHIP_OTHERS, CONTROL -> false;
      default -> true;
    };
  }

  private static GivenFigures[] given(Chip chip, ComponentModel[] models) {
    GivenFigures[] given = new GivenFigures[PARTS.length];
    for (Part part : PARTS) {
      ComponentModel model = models[part.ordinal()];
      if (model instanceof ComponentModel.Given figures) {
        given[part.ordinal()] = new GivenFigures(chip, part, figures);
      } else if (model instanceof ComponentModel.Named named) {
        CircuitLibrary.requireName(part, named.name());
      }
    }
    return given;
  }

  private CircuitFamily[] families() {
    CircuitFamily[] families = new CircuitFamily[PARTS.length];
    for (Part part : PARTS) {
      boolean isFitted =
          neurosim.isEmpty() ? Families.isDefault(chip, part) : Families.isFitted(chip, part);
      families[part.ordinal()] = isFitted ? Families.of(chip, part) : null;
    }
    return families;
  }

  /**
   * By action the part whose circuit alone says what it costs; −1 where the whole pass of a
   * crossbar does.
   */
  private static int[] ownParts() {
    int[] parts = new int[ACTIONS.length];
    for (Action action : ACTIONS) {
      boolean ofPass = action.part() == Part.CROSSBAR || action == Action.AMPLIFY;
      parts[action.ordinal()] = ofPass ? -1 : action.part().ordinal();
    }
    return parts;
  }

  /**
   * Prices the area of everything but wires over the tile, whose length is the side of the rest.
   *
   * @param stands parts whose area is that of another chip
   */
  private double tileWithoutWires_um2(boolean[] stands, ChipPrices before) {
    double pe_um2 = 0;
    double tile_um2 = 0;
    for (Part part : PARTS) {
      if (part == Part.BUS || part == Part.INTERCONNECT) {
        continue;
      }
      int p = part.ordinal();
      area_um2[p] = stands[p] ? before.area_um2[p] : area(part, Account.CLOSED);
      double all_um2 = instances[part.ordinal()] * area_um2[part.ordinal()];
      if (part.level() == Part.Level.PE) {
        pe_um2 += all_um2;
      } else if (part.level() == Part.Level.TILE) {
        tile_um2 += all_um2;
      }
    }
    return chip.pe().perTile() * pe_um2 + tile_um2;
  }

  @Override
  public double energy_fJ(Action action) {
    return energy_fJ[action.ordinal()];
  }

  @Override
  public double passEnergy_fJ(Part part) {
    return passEnergy_fJ[part.ordinal()];
  }

  @Override
  public double area_um2(Part part) {
    return area_um2[part.ordinal()];
  }

  @Override
  public double static_uW(Part part) {
    return static_uW[part.ordinal()];
  }

  @Override
  public double instances(Part part) {
    return instances[part.ordinal()];
  }

  @Override
  public List<PartItem> items(Part part) {
    return part.isOthers() && instances(part) > 0 ? others(part).items() : List.of();
  }

  private OtherParts others(Part part) {
    return others[part.level().ordinal()];
  }

  @Override
  public Price explainArea(Part part) {
    Account account = Account.open();
    return Price.of(area(part, account), account);
  }

  @Override
  public Price explainStatic(Part part) {
    Account account = Account.open();
    return Price.of(standing(part, account), account);
  }

  @Override
  public Price explainEnergy(Action action) {
    Account account = Account.open();
    return Price.of(energy(action, account), account);
  }

  @Override
  public Price explainPassEnergy(Part part) {
    Account account = Account.open();
    return Price.of(passEnergy(part, account), account);
  }

  @Override
  public Spread energySpread(Action action) {
    GivenFigures figures = given[action.part().ordinal()];
    boolean exact = figures != null && (figures.hasPower() || figures.coversEnergy(action));
    return exact ? Spread.NONE : CircuitLibrary.uncertainty(chip, action.part()).energy();
  }

  @Override
  public Spread areaSpread(Part part) {
    GivenFigures figures = given[part.ordinal()];
    boolean exact = figures != null && figures.hasArea();
    return exact ? Spread.NONE : CircuitLibrary.uncertainty(chip, part).area();
  }

  @Override
  public Spread staticSpread(Part part) {
    GivenFigures figures = given[part.ordinal()];
    boolean exact = figures != null && (figures.hasPower() || figures.hasLeakage());
    return exact ? Spread.NONE : CircuitLibrary.uncertainty(chip, part).energy();
  }

  @Override
  public Spread programmingSpread() {
    return CircuitLibrary.uncertainty(chip, Part.WRITE_DRIVER).energy();
  }

  @Override
  public Timing timing() {
    return circuits.timing;
  }

  @Override
  public Electrics electrics() {
    return circuits.electrics;
  }

  @Override
  public double bufferBandwidth_bitPerNs() {
    return bandwidth_bitPerNs(
        Part.TILE_BUFFER, chip.tile().buffer(), circuits.tileBuffer.access_ns());
  }

  @Override
  public double globalBufferBandwidth_bitPerNs() {
    Memory buffer = chip.uncore().globalBuffer();
    return buffer.exists()
        ? bandwidth_bitPerNs(Part.GLOBAL_BUFFER, buffer, circuits.globalBuffer.access_ns())
        : UNBOUND;
  }

  private double bandwidth_bitPerNs(Part part, Memory buffer, double access_ns) {
    return instances(part) == 0 || buffer.width_bits() <= 0
        ? UNBOUND
        : buffer.ports() * buffer.width_bits() / time_ns(part, access_ns);
  }

  @Override
  public double busBandwidth_bitPerNs() {
    Tile.Bus wires = chip.tile().bus();
    return instances(Part.BUS) == 0
        ? UNBOUND
        : wires.width_bits() / time_ns(Part.BUS, circuits.cycle_ns);
  }

  @Override
  public double linkBandwidth_bitPerNs() {
    Interconnect fabric = chip.uncore().interconnect();
    return instances(Part.INTERCONNECT) == 0 || fabric.width_bits() <= 0
        ? UNBOUND
        : (double) fabric.width_bits() * fabric.tracks() / this.fabric.word_ns(circuits.cycle_ns);
  }

  @Override
  public double hop_ns() {
    return hop_ns;
  }

  @Override
  public double configurationBits() {
    return fabric.configurationBits();
  }

  @Override
  public double configuration_fJ() {
    return calibrated(
        Part.INTERCONNECT, Quantity.ENERGY, fabric.configuration_fJ(), Account.CLOSED);
  }

  @Override
  public double lostBits() {
    return circuits.converter.lostBits();
  }

  @Override
  public ProgrammingPrice programming() {
    return programming;
  }

  @Override
  public Price explainProgramming() {
    Account account = Account.open();
    double modelled_fJ = writing().energy_fJ(account);
    double fitted_fJ = calibrated(Part.WRITE_DRIVER, Quantity.ENERGY, modelled_fJ, account);
    return Price.of(fitted_fJ, account);
  }

  @Override
  public List<String> warnings() {
    return RangeWarnings.of(chip, circuits, Families.of(this, chip));
  }

  private ProgrammingPrice programmingPrice() {
    ProgrammingPrice modelled = writing().price();
    return new ProgrammingPrice(
        calibrated(Part.WRITE_DRIVER, Quantity.ENERGY, modelled.energyPerCell_fJ(), Account.CLOSED),
        calibrated(
            Part.WRITE_DRIVER, Quantity.TIME, modelled.timePerCellGroup_ns(), Account.CLOSED),
        modelled.cellsAtOnce());
  }

  private Programming writing() {
    Timing timing = circuits.timing;
    double read_ns = timing.settle_ns() + timing.integrate_ns();
    // A converter with rated power has no price per conversion; its default model stands in.
    double conversion_fJ = energy_fJ(Action.CONVERSION);
    if (conversion_fJ == 0) {
      conversion_fJ = circuits.converter.energy_fJ(Account.CLOSED);
    }
    // Cells of a group sit in columns of different converters as far as there are any.
    int cells = circuits.writeDriver.drivers();
    double perCrossbar = Math.max(1, instances(Part.READOUT) / chip.crossbar().perPe());
    double turns = Math.ceil(cells / perCrossbar);
    double conduct_ns = circuits.sampled ? read_ns : read_ns + timing.conversion_ns();
    double verify_ns =
        circuits.sampled ? read_ns + turns * timing.conversion_ns() : turns * conduct_ns;
    double cell_fJ = circuits.array.cellRead_fJ(conduct_ns, Account.CLOSED);
    double verify_fJ = sensed(cell_fJ, Account.CLOSED) + conversion_fJ;
    return new Programming(
        chip.cell().device(),
        circuits.array,
        circuits.process.supply_V(),
        cells,
        new Programming.Verify(verify_fJ, verify_ns));
  }

  private double time_ns(Part part, double modelled_ns) {
    GivenFigures figures = given[part.ordinal()];
    return figures != null && figures.hasTime()
        ? figures.time_ns()
        : calibrated(part, Quantity.TIME, modelled_ns, Account.CLOSED);
  }

  private double area(Part part, Account account) {
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
    double modelled_um2 = circuitOf(part).area_um2(account);
    double fitted_um2 = calibrated(part, Quantity.AREA, modelled_um2, account);
    return modelled(part, fitted_um2, chip.uncore().controlAreaShare(), account);
  }

  private double standing(Part part, Account account) {
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
    double modelled_uW = circuitOf(part).static_uW(account);
    double fitted_uW = calibrated(part, Quantity.ENERGY, modelled_uW, account);
    return modelled(part, fitted_uW, chip.uncore().controlAreaShare(), account);
  }

  private double passEnergy(Part part, Account account) {
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
    double perCrossbar = instances(part) / crossbarsPer(part.level());
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
    return part == Part.IO || (part.level() == Part.Level.CHIP && chip.tile().count() == Tile.FIT);
  }

  private double crossbarsPer(Part.Level level) {
    double perPe = chip.crossbar().perPe();
    return switch (level) {
      case PE -> perPe;
      case TILE -> perPe * chip.pe().perTile();
      case CHIP -> perPe * chip.pe().perTile() * chip.tile().count();
    };
  }

  private double energy(Action action, Account account) {
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
    double modelled_fJ = modelledEnergy(action, account);
    double fitted_fJ =
        part == Part.CROSSBAR
            ? sensed(modelled_fJ, account)
            : calibrated(part, Quantity.ENERGY, modelled_fJ, account);
    return modelled(part, fitted_fJ, chip.uncore().controlEnergyShare(), account);
  }

  /** What an array draws in a pass; with a converter that takes its current, part of sensing. */
  private double sensed(double modelled_fJ, Account account) {
    boolean isSensed =
        families[Part.CROSSBAR.ordinal()] != null
            && circuits.converter.sensing() == Sensing.CURRENT;
    Part priced = isSensed ? Part.READOUT : Part.CROSSBAR;
    return calibrated(priced, Quantity.ENERGY, modelled_fJ, account);
  }

  private double calibrated(Part part, Quantity quantity, double modelled, Account account) {
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

  private Circuit circuitOf(Part part) {
    Circuit own = circuit[part.ordinal()];
    return own == null ? circuit(part) : own;
  }

  private Circuit circuit(Part part) {
    if (neurosim.has(part)) {
      return neurosim.circuit(part);
    }
    return switch (part) {
      case CROSSBAR -> circuits.array;
      case INPUT -> circuits.rowInput;
      case FRONT_END -> circuits.frontEnd;
      case SAMPLE_HOLD -> circuits.sampleHold;
      case COLUMN_MUX -> circuits.columnMux;
      case READOUT -> circuits.converter;
      case SHIFT_ADD -> circuits.shiftAdd;
      case INPUT_REGISTER -> circuits.inputRegister;
      case OUTPUT_REGISTER -> circuits.outputRegister;
      case WRITE_DRIVER -> circuits.writeDriver;
      case TILE_BUFFER -> circuits.tileBuffer;
      case BUS -> bus;
      case TILE_OUTPUT_REGISTER -> circuits.tileOutputRegister;
      case RELU -> circuits.rectifier;
      case SIGMOID -> circuits.lookup;
      case MAX_POOL -> circuits.maximum;
      case TILE_SHIFT_ADD -> circuits.partialSum;
      case VECTOR -> circuits.vector;
      case INTERCONNECT -> fabric;
      case GLOBAL_BUFFER -> circuits.globalBuffer;
      case IO -> circuits.io;
      case PE_OTHERS, TILE_OTHERS, CHIP_OTHERS, CONTROL ->
          throw new IllegalStateException("The part (" + part.word() + ") has no circuit.");
    };
  }

  private double modelledEnergy(Action action, Account account) {
    if (neurosim.has(action.part())) {
      return neurosim.energy_fJ(action, account);
    }
    return switch (action) {
      case ARRAY_PASS -> {
        yield circuits.halfSelect_fJ(account);
      }
      case CELL_READ -> cellRead(account);
      case COLUMN_SETTLE -> columnSettle(account);
      case ROW_PULSE -> circuits.rowInput.pulses_fJ(account);
      case WORDLINE -> circuits.rowInput.wordline_fJ(account);
      case ROW_CONVERT -> circuits.rowInput.convert_fJ(account);
      case AMPLIFY -> circuits.frontEnd.amplify_fJ(circuits.amplify_ns(), account);
      case SAMPLE -> circuits.sampleHold.sample_fJ(account);
      case SELECT -> circuits.columnMux.select_fJ(account);
      case CONVERSION -> circuits.converter.energy_fJ(account);
      case PRODUCT -> circuits.converter.product_fJ(account);
      case SHIFT_ADD -> circuits.shiftAdd.energy_fJ(account);
      case INPUT_REGISTER_WRITE_BIT -> circuits.inputRegister.write_fJ(account);
      case INPUT_REGISTER_READ_BIT -> circuits.inputRegister.read_fJ(account);
      case OUTPUT_REGISTER_WRITE_BIT -> circuits.outputRegister.write_fJ(account);
      case OUTPUT_REGISTER_READ_BIT -> circuits.outputRegister.read_fJ(account);
      case TILE_BUFFER_WRITE_BIT -> circuits.tileBuffer.write_fJ(account);
      case TILE_BUFFER_READ_BIT -> circuits.tileBuffer.read_fJ(account);
      case BUS_BIT -> bus.bit_fJ(account);
      case TILE_OUTPUT_REGISTER_BIT -> circuits.tileOutputRegister.write_fJ(account);
      case RELU -> circuits.rectifier.energy_fJ(account);
      case LOOKUP -> circuits.lookup.energy_fJ(account);
      case MAX_COMPARE -> circuits.maximum.energy_fJ(account);
      case ADD -> circuits.partialSum.energy_fJ(account);
      case MULTIPLY_ACCUMULATE -> circuits.vector.energy_fJ(account);
      case HOP_BIT -> fabric.bit_fJ(account);
      case GLOBAL_BUFFER_WRITE_BIT -> circuits.globalBuffer.write_fJ(account);
      case GLOBAL_BUFFER_READ_BIT -> circuits.globalBuffer.read_fJ(account);
      case IO_BIT -> circuits.io.bit_fJ(account);
    };
  }

  private double columnSettle(Account account) {
    if (circuits.inputChargesColumns()) {
      account.formula("0").source("open columns are charged through the input lines");
      return 0;
    }
    return circuits.array.columnSettle_fJ(account);
  }

  private double cellRead(Account account) {
    if (circuits.converter.pricesReadCurrent()) {
      return circuits.converter.readCurrent_fJ(chip.cell().device().window().max_uS(), account);
    }
    return circuits.array.cellRead_fJ(circuits.timing.conduct_ns(), account);
  }
}
