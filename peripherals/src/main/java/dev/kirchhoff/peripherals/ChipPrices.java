package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.peripherals.array.Programming;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.link.HopTime;
import dev.kirchhoff.peripherals.memory.MemorySize;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prices of one chip, computed once into arrays; explanations run the same formulas, those of
 * {@code PartPrices}, again with an open account.
 *
 * <p>A modelled part's figures are raised by the chip's control shares; given figures are complete.
 * A part with rated power is charged per pass, links by their standing power. What a chip lacks has
 * no instance and no price, except digital operations: an operation that some layer needs costs the
 * default unit's energy even where the chip states no unit.
 */
public final class ChipPrices implements PriceTable {
  private static final Part[] PARTS = Part.values();
  private static final Action[] ACTIONS = Action.values();

  /** Given figures of a chip without any. */
  private static final GivenFigures[] NOTHING_GIVEN = new GivenFigures[PARTS.length];

  /** Stands for "does not bind": where there is no such buffer, bus or link. */
  private static final double UNBOUND = Double.POSITIVE_INFINITY;

  private final Chip chip;
  private final ChipCircuits circuits;
  private final NeurosimCircuits neurosim;
  private final GivenFigures[] given;

  /** Families whose factors hold for a part; null where none do. */
  private final CircuitFamily[] families;

  private final PartCircuits parts;
  private final PartPrices prices;
  private final double[] instances = new double[PARTS.length];
  private final double[] area_um2 = new double[PARTS.length];
  private final double[] static_uW = new double[PARTS.length];
  private final double[] passEnergy_fJ = new double[PARTS.length];
  private final double[] energy_fJ = new double[ACTIONS.length];
  private final Timing timing;
  private final ReadoutErrors readoutErrors;
  private final ProgrammingPrice programming;

  /** Prices of a design. */
  ChipPrices(Design design, Process process, Circuits library) {
    chip = design.chip();
    circuits = ChipCircuits.of(design, process, library);
    ComponentModel[] models = Models.of(chip);
    boolean isModelled = Models.isEachDefault(models);
    neurosim = isModelled ? NeurosimCircuits.NONE : NeurosimCircuits.of(design, circuits, models);
    given = isModelled ? NOTHING_GIVEN : given(library, chip, models);
    families = families();
    Instances.count(circuits, instances);
    parts = new PartCircuits(circuits, neurosim);
    prices = new PartPrices(circuits, parts, given, families, instances);
    double side_um = Math.sqrt(tileWithoutWires_um2());
    parts.sizeWires(side_um);
    area_um2[Part.BUS.ordinal()] = prices.area_um2(Part.BUS, Account.CLOSED);
    area_um2[Part.INTERCONNECT.ordinal()] = prices.area_um2(Part.INTERCONNECT, Account.CLOSED);
    area_um2[Part.LINKS.ordinal()] = prices.area_um2(Part.LINKS, Account.CLOSED);
    for (Part part : PARTS) {
      int p = part.ordinal();
      static_uW[p] = prices.static_uW(part, Account.CLOSED);
      if (given[p] != null || part.isOthers()) {
        passEnergy_fJ[p] = prices.passEnergy_fJ(part, Account.CLOSED);
      }
    }
    for (int a = 0; a < ACTIONS.length; a++) {
      if (ACTIONS[a].part() != Part.WRITE_DRIVER) {
        energy_fJ[a] = prices.energy_fJ(ACTIONS[a], Account.CLOSED);
      }
    }
    programming = programmingPrice();
    energy_fJ[Action.CELL_WRITE.ordinal()] = programming.energyPerCell_fJ();
    energy_fJ[Action.CELL_PULSE.ordinal()] = programming.pulseEnergy_fJ();
    timing = makeTiming();
    readoutErrors = circuits.timed().errors();
  }

  private static GivenFigures[] given(Circuits library, Chip chip, ComponentModel[] models) {
    GivenFigures[] given = new GivenFigures[PARTS.length];
    for (Part part : PARTS) {
      ComponentModel model = models[part.ordinal()];
      if (model instanceof ComponentModel.Given figures) {
        given[part.ordinal()] = new GivenFigures(chip, part, figures);
      } else if (model instanceof ComponentModel.Named named) {
        if (!library.isOwn(named.name())) {
          CircuitLibrary.requireName(part, named.name());
        }
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
   * Prices the area of everything but wires over the tile, whose length is the side of the rest.
   */
  private double tileWithoutWires_um2() {
    double pe_um2 = 0;
    double tile_um2 = 0;
    for (Part part : PARTS) {
      if (part == Part.BUS || part == Part.INTERCONNECT || part == Part.LINKS) {
        continue;
      }
      int p = part.ordinal();
      area_um2[p] = prices.area_um2(part, Account.CLOSED);
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
    return part.isOthers() && instances(part) > 0 ? prices.others(part).items() : List.of();
  }

  @Override
  public Price explainArea(Part part) {
    Account account = Account.open();
    return Price.of(prices.area_um2(part, account), account);
  }

  @Override
  public Price explainStatic(Part part) {
    Account account = Account.open();
    return Price.of(prices.static_uW(part, account), account);
  }

  @Override
  public Price explainEnergy(Action action) {
    if (action == Action.CELL_WRITE) {
      return explainProgramming();
    }
    Account account = Account.open();
    if (action == Action.CELL_PULSE) {
      double modelled_fJ = writing().pulse_fJ(account);
      return Price.of(
          prices.calibrated(Part.WRITE_DRIVER, Quantity.ENERGY, modelled_fJ, account), account);
    }
    double value_fJ = prices.energy_fJ(action, account);
    if (value_fJ > 0 && energyIsModelled(action)) {
      CircuitFamily family = families[prices.pricedAs(action.part()).ordinal()];
      fitCoverage().stream()
          .filter(coverage -> coverage.family() == family && coverage.isMarked())
          .findFirst()
          .ifPresent(coverage -> account.source(account.source() + "; " + coverage.sentence()));
    }
    return Price.of(value_fJ, account);
  }

  @Override
  public Price explainPassEnergy(Part part) {
    Account account = Account.open();
    return Price.of(prices.passEnergy_fJ(part, account), account);
  }

  @Override
  public ErrorSource energyError(Action action) {
    if (action.part() == Part.WRITE_DRIVER) {
      return programmingError();
    }
    return energyIsModelled(action)
        ? ErrorSources.of(circuits.site().circuits(), chip, action.part(), Quantity.ENERGY)
        : ErrorSource.NONE;
  }

  private boolean energyIsModelled(Action action) {
    GivenFigures figures = given[action.part().ordinal()];
    return figures == null || !(figures.hasPower() || figures.coversEnergy(action));
  }

  @Override
  public ErrorSource areaError(Part part) {
    GivenFigures figures = given[part.ordinal()];
    boolean exact = figures != null && figures.hasArea();
    return exact
        ? ErrorSource.NONE
        : ErrorSources.of(circuits.site().circuits(), chip, part, Quantity.AREA);
  }

  @Override
  public ErrorSource staticError(Part part) {
    GivenFigures figures = given[part.ordinal()];
    boolean exact = figures != null && (figures.hasPower() || figures.hasLeakage());
    return exact
        ? ErrorSource.NONE
        : ErrorSources.of(circuits.site().circuits(), chip, part, Quantity.ENERGY);
  }

  @Override
  public ErrorSource programmingError() {
    return ErrorSources.of(circuits.site().circuits(), chip, Part.WRITE_DRIVER, Quantity.ENERGY);
  }

  @Override
  public Timing timing() {
    return timing;
  }

  @Override
  public Electrics electrics() {
    return circuits.column().electrics();
  }

  @Override
  public double configuration_fJ() {
    return prices.calibrated(
        Part.INTERCONNECT, Quantity.ENERGY, parts.fabric().configuration_fJ(), Account.CLOSED);
  }

  @Override
  public ReadoutErrors readoutErrors() {
    return readoutErrors;
  }

  @Override
  public List<NoiseTerm> readoutNoise() {
    return chip.pe().readout().stated().noise_steps().isPresent()
        ? List.of(new NoiseTerm("stated", readoutErrors.budget().noise_steps2()))
        : circuits.timed().noise();
  }

  @Override
  public InputErrors inputErrors() {
    return circuits.column().rows().errors();
  }

  @Override
  public double missingHeadroom_V() {
    return circuits.timed().missing_V();
  }

  @Override
  public ProgrammingPrice programming() {
    return programming;
  }

  @Override
  public Price explainProgramming() {
    Account account = Account.open();
    double modelled_fJ = writing().energy_fJ(account);
    double fitted_fJ = prices.calibrated(Part.WRITE_DRIVER, Quantity.ENERGY, modelled_fJ, account);
    return Price.of(fitted_fJ, account);
  }

  @Override
  public List<FitCoverage> fitCoverage() {
    List<FitCoverage> coverages = new ArrayList<>();
    CircuitFamily readout = families[Part.READOUT.ordinal()];
    if (readout != null && energyIsModelled(circuits.site().kind().converting())) {
      coverages.add(
          FitCoverage.of(
              Part.READOUT,
              readout,
              circuits.site().calibration(),
              circuits.timed().operatingPoint()));
    }
    CircuitFamily array = families[Part.CROSSBAR.ordinal()];
    boolean isApart = array != null && array != readout && array != CircuitFamily.LAYOUT;
    if (isApart && energyIsModelled(Action.CELL_READ)) {
      coverages.add(
          FitCoverage.of(
              Part.CROSSBAR,
              array,
              circuits.site().calibration(),
              circuits.timed().operatingPoint()));
    }
    return coverages;
  }

  @Override
  public PriceTerms terms() {
    PartCircuits pointCircuits = new PartCircuits(circuits, neurosim.pointwise());
    pointCircuits.sizeWires(0);
    Programming writing = writing();
    boolean converts = energyIsModelled(Action.CONVERSION) && energy_fJ(Action.CONVERSION) > 0;
    double written =
        prices.calibrated(
            Part.WRITE_DRIVER, Quantity.ENERGY, writing.verifications(), Account.CLOSED);
    return new ChipPriceTerms(
        this,
        new PartPrices(circuits, pointCircuits, given, families, instances),
        given,
        families,
        !neurosim.isEmpty(),
        converts ? written * conversion_fJ() : 0,
        written * read_fJ());
  }

  @Override
  public List<String> warnings() {
    return RangeWarnings.of(chip, circuits, Families.of(this, chip));
  }

  private Timing makeTiming() {
    boolean isJoined = chip.uncore().interconnect().kind() != Topology.NONE;
    return new Timing(
        circuits.timing(),
        bandwidth_bitPerNs(
            Part.TILE_BUFFER,
            chip.tile().buffer(),
            circuits.digital().tileBuffer().time_ns(MemorySize.ACCESS)),
        bus_bitPerNs(),
        link_bitPerNs(),
        globalBuffer_bitPerNs(),
        isJoined ? prices.hop(parts.fabric().hop(circuits.timing().cycle_ns())) : HopTime.fixed(0),
        Timing.Programming.of(programming),
        parts.fabric().configurationBits(),
        new Timing.KernelRates(draw_ns(), circuits.kernels().amplifier_ns()));
  }

  /**
   * Mean time between the words of all sources of a PE; of the standard one where there is none.
   */
  private double draw_ns() {
    int sources = Math.max(1, chip.pe().kernelParts().random().count());
    double bit_ns = read_ns(sources, instances(Part.READOUT));
    return prices.time_ns(Part.RANDOM, circuits.kernels().word_ns(bit_ns)) / sources;
  }

  private double globalBuffer_bitPerNs() {
    return bandwidth_bitPerNs(
        Part.GLOBAL_BUFFER,
        chip.uncore().globalBuffer(),
        circuits.digital().globalBuffer().time_ns(MemorySize.ACCESS));
  }

  private double bandwidth_bitPerNs(Part part, Optional<Memory> memory, double access_ns) {
    return memory
        .filter(buffer -> instances(part) > 0)
        .map(buffer -> buffer.ports() * buffer.width_bits() / prices.time_ns(part, access_ns))
        .orElse(UNBOUND);
  }

  private double bus_bitPerNs() {
    Tile.Bus wires = chip.tile().bus();
    return instances(Part.BUS) == 0
        ? UNBOUND
        : wires.width_bits() / prices.time_ns(Part.BUS, circuits.timing().cycle_ns());
  }

  private double link_bitPerNs() {
    Interconnect fabric = chip.uncore().interconnect();
    return instances(Part.INTERCONNECT) == 0 || fabric.width_bits() <= 0
        ? UNBOUND
        : (double) fabric.width_bits() * fabric.tracks() / circuits.timing().cycle_ns();
  }

  private ProgrammingPrice programmingPrice() {
    ProgrammingPrice modelled = writing().price();
    return new ProgrammingPrice(
        prices.calibrated(
            Part.WRITE_DRIVER, Quantity.ENERGY, modelled.energyPerCell_fJ(), Account.CLOSED),
        prices.calibrated(
            Part.WRITE_DRIVER, Quantity.TIME, modelled.timePerCellGroup_ns(), Account.CLOSED),
        modelled.cellsAtOnce(),
        prices.calibrated(
            Part.WRITE_DRIVER, Quantity.ENERGY, modelled.pulseEnergy_fJ(), Account.CLOSED),
        prices.calibrated(Part.WRITE_DRIVER, Quantity.TIME, modelled.pulse_ns(), Account.CLOSED));
  }

  private Programming writing() {
    // Cells of a group sit in columns of different converters as far as there are any.
    int cells = circuits.writeDriver().drivers();
    double perCrossbar = Math.max(1, instances(Part.READOUT) / chip.crossbar().working());
    double verify_ns = read_ns(cells, perCrossbar);
    double verify_fJ = read_fJ() + conversion_fJ();
    return new Programming(
        chip.cell().device(),
        circuits.column().array(),
        circuits.process().supply_V(),
        cells,
        new Programming.Verify(verify_fJ, verify_ns));
  }

  /** Time of reading a cell in each of some columns with a number of converters. */
  private double read_ns(int columns, double converters) {
    return circuits.timed().reads_ns(Math.ceil(columns / converters));
  }

  /** Energy of a cell while it is verified. */
  private double read_fJ() {
    return prices.sensed(circuits.timed().read_fJ(Account.CLOSED), Account.CLOSED);
  }

  /**
   * Energy of the conversion that verifies a cell. A converter with rated power has no price per
   * conversion; its default model stands in.
   */
  private double conversion_fJ() {
    double conversion_fJ = energy_fJ(Action.CONVERSION);
    return conversion_fJ == 0
        ? circuits.column().converter().energy_fJ(Account.CLOSED)
        : conversion_fJ + energy_fJ(Action.CONVERTER_BIAS);
  }
}
