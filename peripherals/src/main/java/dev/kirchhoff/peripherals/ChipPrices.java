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
import dev.kirchhoff.peripherals.array.WrittenCells;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.link.HopTime;
import dev.kirchhoff.peripherals.memory.MemorySize;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final double[] price = new double[PriceLine.COUNT];
  private final Timing timing;
  private final CrossbarFigures crossbar;
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
    set(PriceLine.area(Part.BUS));
    set(PriceLine.area(Part.INTERCONNECT));
    set(PriceLine.area(Part.LINKS));
    for (Part part : PARTS) {
      set(PriceLine.standing(part));
      if (given[part.ordinal()] != null || part.isOthers()) {
        set(PriceLine.pass(part));
      }
    }
    for (Action action : ACTIONS) {
      if (action.part() != Part.WRITE_DRIVER) {
        set(PriceLine.energy(action));
      }
    }
    programming = programmingPrice();
    price[PriceLine.energy(Action.CELL_WRITE).index()] = programming.energyPerCell_fJ();
    price[PriceLine.energy(Action.CELL_PULSE).index()] = programming.pulseEnergy_fJ();
    timing = makeTiming();
    crossbar = ReadColumn.of(circuits.timed());
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
      set(PriceLine.area(part));
      double all_um2 = instances(part) * area_um2(part);
      if (part.level() == Part.Level.PE) {
        pe_um2 += all_um2;
      } else if (part.level() == Part.Level.TILE) {
        tile_um2 += all_um2;
      }
    }
    return chip.pe().perTile() * pe_um2 + tile_um2;
  }

  private void set(PriceLine line) {
    price[line.index()] = computed(line, Account.CLOSED);
  }

  /** A price computed anew; of writes where the prices of reading are known. */
  private double computed(PriceLine line, Account account) {
    if (line == PriceLine.energy(Action.CELL_WRITE)) {
      return writing(writing().energy_fJ(account), account);
    }
    if (line == PriceLine.energy(Action.CELL_PULSE)) {
      return writing(writing().pulse_fJ(account), account);
    }
    if (line == PriceLine.energy(Action.CONFIGURE_BIT)) {
      double modelled_fJ = parts.fabric().configuration_fJ(account);
      return prices.calibrated(Part.INTERCONNECT, Quantity.ENERGY, modelled_fJ, account);
    }
    return prices.price(line, account);
  }

  private double writing(double modelled_fJ, Account account) {
    return prices.calibrated(Part.WRITE_DRIVER, Quantity.ENERGY, modelled_fJ, account);
  }

  @Override
  public double price(PriceLine line) {
    return price[line.index()];
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
  public Price explain(PriceLine line) {
    Account account = Account.open();
    double value = computed(line, account);
    if (line.kind() == PriceLine.Kind.ENERGY && value > 0 && isModelled(line)) {
      Part priced = line.part();
      Optional<CircuitFamily> family = Optional.ofNullable(families[priced.ordinal()]);
      fitCoverage().stream()
          .filter(coverage -> coverage.covers(priced, family) && coverage.isMarked())
          .findFirst()
          .ifPresent(coverage -> account.source(account.source() + "; " + coverage.sentence()));
    }
    return Price.of(value, account);
  }

  @Override
  public ErrorSource error(PriceLine line) {
    boolean isArea = line.kind() == PriceLine.Kind.AREA;
    Quantity quantity = isArea ? Quantity.AREA : Quantity.ENERGY;
    return isModelled(line)
        ? ErrorSources.of(circuits.site().circuits(), chip, line.part(), quantity)
        : ErrorSource.NONE;
  }

  /**
   * True if a price is that of a circuit's model. Writes always are; energies per pass are of rated
   * power, and the bits that set a fabric are of gates, which have no band of their own.
   */
  private boolean isModelled(PriceLine line) {
    GivenFigures figures = given[line.part().ordinal()];
    return switch (line.kind()) {
      case ENERGY -> isModelled(line.action().orElseThrow(), figures);
      case PASS -> false;
      case STATIC -> figures == null || !(figures.hasPower() || figures.hasLeakage());
      case AREA -> figures == null || !figures.hasArea();
    };
  }

  private static boolean isModelled(Action action, GivenFigures figures) {
    return action.part() == Part.WRITE_DRIVER
        || (action != Action.CONFIGURE_BIT
            && (figures == null || !(figures.hasPower() || figures.coversEnergy(action))));
  }

  @Override
  public Timing timing() {
    return timing;
  }

  @Override
  public Optional<Price> conversionTime() {
    Account account = Account.open();
    double modelled_ns = circuits.column().converter().time_ns(account);
    double time_ns = prices.calibrated(Part.READOUT, Quantity.TIME, modelled_ns, account);
    return time_ns == timing.pass().conversion_ns()
        ? Optional.of(Price.of(time_ns, account))
        : Optional.empty();
  }

  @Override
  public Electrics electrics() {
    return crossbar.electrics();
  }

  @Override
  public ReadoutErrors readoutErrors() {
    return crossbar.readoutErrors();
  }

  @Override
  public List<NoiseTerm> readoutNoise() {
    return chip.pe().readout().stated().noise_steps().isPresent()
        ? List.of(NoiseTerm.of("stated", readoutErrors().budget().noise_steps2(), Account.CLOSED))
        : circuits.timed().noise(Account.open());
  }

  @Override
  public Map<Term, String> readoutMismatch() {
    return chip.pe().readout().stated().mismatch().isPresent()
        ? Map.of()
        : circuits.column().converter().mismatch();
  }

  @Override
  public InputErrors inputErrors() {
    return crossbar.inputErrors();
  }

  @Override
  public double missingHeadroom_V() {
    return crossbar.missingHeadroom_V();
  }

  @Override
  public double excessLineWidth_um() {
    return crossbar.excessLineWidth_um();
  }

  @Override
  public ProgrammingPrice programming() {
    return programming;
  }

  @Override
  public List<FitCoverage> fitCoverage() {
    List<FitCoverage> coverages = new ArrayList<>();
    CircuitFamily readout = families[Part.READOUT.ordinal()];
    boolean isConverting = isModelled(PriceLine.energy(circuits.site().kind().converting()));
    if (isConverting && hasOwnReadout()) {
      coverages.add(FitCoverage.ofOwn(Part.READOUT, circuits.timed().operatingPoint()));
    } else if (isConverting && readout != null) {
      coverages.add(
          FitCoverage.of(
              Part.READOUT,
              readout,
              circuits.site().calibration(),
              circuits.timed().operatingPoint()));
    }
    CircuitFamily array = families[Part.CROSSBAR.ordinal()];
    boolean isApart = array != null && array != readout && array != CircuitFamily.LAYOUT;
    if (isApart && isModelled(PriceLine.energy(Action.CELL_READ))) {
      coverages.add(
          FitCoverage.of(
              Part.CROSSBAR,
              array,
              circuits.site().calibration(),
              circuits.timed().operatingPoint()));
    }
    return coverages;
  }

  private boolean hasOwnReadout() {
    return chip.pe().readout().model() instanceof ComponentModel.Named named
        && circuits.site().circuits().isOwn(named.name());
  }

  @Override
  public PriceTerms terms() {
    PartCircuits pointCircuits = new PartCircuits(circuits, neurosim.pointwise());
    pointCircuits.sizeWires(0);
    PartPrices pointwise = new PartPrices(circuits, pointCircuits, given, families, instances);
    double verified = writing(writing().verifications(), Account.CLOSED);
    PriceLine conversion = PriceLine.energy(Action.CONVERSION);
    boolean converts = isModelled(conversion) && price(conversion) > 0;
    ChipPriceTerms terms = new ChipPriceTerms(this, pointwise, this::family, !neurosim.isEmpty());
    terms.verified(
        family(Part.READOUT, Quantity.ENERGY), converts ? verified * conversion_fJ() : 0);
    terms.verified(family(Part.CROSSBAR, Quantity.ENERGY), verified * read_fJ());
    return terms;
  }

  /** Family whose factor a price is proportional to; none of a given figure. */
  private Optional<CircuitFamily> family(PriceLine line) {
    boolean isArea = line.kind() == PriceLine.Kind.AREA;
    boolean isConfigured = line == PriceLine.energy(Action.CONFIGURE_BIT);
    return isModelled(line) || isConfigured
        ? family(line.part(), isArea ? Quantity.AREA : Quantity.ENERGY)
        : Optional.empty();
  }

  private Optional<CircuitFamily> family(Part part, Quantity quantity) {
    CircuitFamily family = families[part.ordinal()];
    return family == null || part.isOthers() || !family.quantities().contains(quantity)
        ? Optional.empty()
        : Optional.of(family);
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
        isJoined ? prices.hop(parts.fabric().hop()) : HopTime.fixed(0),
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
        writing(modelled.energyPerCell_fJ(), Account.CLOSED),
        prices.calibrated(
            Part.WRITE_DRIVER, Quantity.TIME, modelled.timePerCellGroup_ns(), Account.CLOSED),
        modelled.cellsAtOnce(),
        writing(modelled.pulseEnergy_fJ(), Account.CLOSED),
        prices.calibrated(Part.WRITE_DRIVER, Quantity.TIME, modelled.pulse_ns(), Account.CLOSED));
  }

  private Programming writing() {
    // Cells of a group sit in columns of different converters as far as there are any.
    int cells = circuits.writeDriver().drivers();
    double perCrossbar = Math.max(1, instances(Part.READOUT) / chip.crossbar().working());
    double verify_ns = read_ns(cells, perCrossbar);
    double verify_fJ = read_fJ() + conversion_fJ();
    return Programming.of(
        circuits.site().circuits(),
        WrittenCells.of(
            circuits.column().array(), cells, new WrittenCells.Verify(verify_fJ, verify_ns)));
  }

  /** Time of reading a cell in each of some columns with a number of converters. */
  private double read_ns(int columns, double converters) {
    return circuits.timed().reads_ns(Math.ceil(columns / converters));
  }

  /** Energy of a cell while it is verified. */
  private double read_fJ() {
    double modelled_fJ = circuits.timed().read_fJ(Account.CLOSED);
    return prices.calibrated(Part.CROSSBAR, Quantity.ENERGY, modelled_fJ, Account.CLOSED);
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
