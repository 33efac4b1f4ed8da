package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.ProcessingElement;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.StatedErrors;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.chip.Uncore;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.Operation;
import dev.kirchhoff.arch.workload.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/** Designs that tests price. */
final class Designs {
  private Designs() {}

  static Device device(double low_kohm, double high_kohm) {
    return device(Family.REDOX, low_kohm, high_kohm, 1.75);
  }

  static Device device(double low_kohm, double high_kohm, double write_V) {
    return device(Family.REDOX, low_kohm, high_kohm, write_V);
  }

  static Device device(Family family, double low_kohm, double high_kohm, double write_V) {
    return new Device(
        "test",
        family,
        new ConductanceWindow(1000 / high_kohm, 1000 / low_kohm, 16),
        new WritePoint(write_V, 100, 1000, 8),
        new DeviceStatistics(
            List.of(new DeviceStatistics.ProgrammingError(1, List.of(1.0))),
            40,
            new DeviceStatistics.Drift(0, 0, 1),
            0.01),
        new DeviceLimits(1e6, 3e8),
        53,
        "test");
  }

  static ComponentModel rated(double area_um2, double power_uW, double time_ns, String place) {
    return given(area_um2, power_uW, Map.of(), time_ns, place, 32, 0.9);
  }

  static ComponentModel given(
      double area_um2,
      double power_uW,
      Map<String, Double> energy_fJ,
      double time_ns,
      String place,
      double node_nm,
      double supply_V) {
    return new ComponentModel.Given(
        optional(area_um2),
        optional(power_uW),
        energy_fJ,
        OptionalDouble.empty(),
        optional(time_ns),
        new ComponentModel.Origin(node_nm, supply_V, place, "Shafiee et al. 2016"));
  }

  private static OptionalDouble optional(double value) {
    return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  static Design of(Chip chip, int weightBits, int inputBits) {
    return new Design(
        chip,
        List.of(),
        new MappingOptions(
            MappingOptions.Schedule.PIPELINED,
            0,
            MappingOptions.Overflow.INFEASIBLE,
            MappingOptions.Packing.BLOCK_DIAGONAL),
        new Operation(300, 86400, 1),
        weightBits,
        inputBits);
  }

  /** ISAAC-CE with every figure of its table (ISCA 2016). */
  static Design isaac(int columnsPerAdc) {
    Technology technology = new Technology(32, 0.9, Flavour.LOW_POWER, 300);
    DigitalUnit none = DigitalUnit.none();
    ComponentModel shiftAdd = rated(60, 50, 0, "isaac.yaml:24");
    Tile tile =
        new Tile(
            OptionalInt.of(168),
            Optional.of(
                new Memory(
                    Memory.MemoryKind.EDRAM,
                    65536,
                    256,
                    rated(83_000, 20_700, 0, "isaac.yaml:13"))),
            new Tile.Bus(384, rated(90_000, 7_000, 0, "isaac.yaml:14")),
            Optional.of(
                new Memory(
                    Memory.MemoryKind.REGISTER_FILE,
                    3072,
                    256,
                    rated(3200, 1680, 0, "isaac.yaml:15"))),
            new Tile.Units(
                none,
                new DigitalUnit(2, rated(300, 260, 0, "isaac.yaml:16")),
                new DigitalUnit(1, rated(240, 400, 0, "isaac.yaml:17")),
                new DigitalUnit(1, rated(60, 50, 0, "isaac.yaml:18")),
                none));
    ProcessingElement pe =
        new ProcessingElement(
            12,
            new Input(Input.Encoding.BIT_SERIAL, 1, rated(0.166, 3.90625, 0, "isaac.yaml:21")),
            new DigitalUnit(1, rated(0.039, 0.0097, 0, "isaac.yaml:22")),
            new Readout(
                ReadoutKind.SAR,
                8,
                Readout.Range.FULL,
                columnsPerAdc,
                rated(1200, 2000, 1 / 1.28, "isaac.yaml:23")),
            new ProcessingElement.ShiftAdd(OptionalInt.of(4), shiftAdd),
            Optional.of(
                new Memory(
                    Memory.MemoryKind.REGISTER_FILE,
                    2048,
                    16,
                    rated(2100, 1240, 0, "isaac.yaml:25"))),
            Optional.of(
                new Memory(
                    Memory.MemoryKind.REGISTER_FILE,
                    256,
                    16,
                    rated(770, 230, 0, "isaac.yaml:26"))));
    Crossbar crossbar =
        new Crossbar(
            8,
            128,
            128,
            128,
            new Crossbar.WeightEncoding(Crossbar.Encoding.OFFSET, true, false, false),
            rated(25, 300, 100, "isaac.yaml:32"));
    Uncore uncore =
        new Uncore(
            new Interconnect(
                Topology.CONCENTRATED_MESH, 32, 4, rated(151_000, 42_000, 0, "isaac.yaml:10")),
            noMemory(),
            Optional.of(
                new Io(Io.IoKind.HYPER_TRANSPORT, 4, 6.4, rated(5.72e6, 2.6e6, 0, "isaac.yaml:9"))),
            0.06,
            0.15);
    Cell cell = new Cell(device(2, 2000), Access.ONE_TRANSISTOR, 2, 0.25, false);
    return of(
        new Chip(technology, OptionalDouble.of(1.2), tile, pe, crossbar, cell, uncore), 16, 16);
  }

  /** Knobs of a modelled chip that tests turn. */
  static final class Knobs {
    Technology technology = new Technology(32, 0.9, Flavour.LOW_POWER, 300);
    OptionalDouble clock_GHz = OptionalDouble.of(1);
    Device device = device(25, 1000);
    Access access = Access.ONE_TRANSISTOR;
    double read_V = 0.2;
    boolean ownRail;
    boolean heldBitline;
    int perPe = 8;

    /** Crossbars of a PE that work at once; 0 = all. */
    int working;

    int rows = 128;
    int columns = 128;
    int rowsActive = 128;
    boolean skipsZeroRows;
    Crossbar.WeightEncoding weights =
        new Crossbar.WeightEncoding(Crossbar.Encoding.OFFSET, false, false, false);
    ComponentModel array = ComponentModel.standard();
    Compute compute = Compute.current();
    Input input = new Input(Input.Encoding.BIT_SERIAL, 1, ComponentModel.standard());
    boolean sampleHold = true;
    ReadoutKind kind = ReadoutKind.SAR;
    int bits = 8;
    Readout.Range range = Readout.Range.FULL;
    int columnsPerAdc = 32;

    /** Largest gain of a calibrated range; empty = that of a typical layer. */
    OptionalDouble gain = OptionalDouble.empty();

    Readout.FrontEnd frontEnd = Readout.FrontEnd.TIA;
    ComponentModel readout = ComponentModel.standard();
    KernelParts kernelParts = KernelParts.NONE;
    Optional<Memory> buffer = memory(Memory.MemoryKind.EDRAM, 65536, 256);
    Optional<Memory> global = noMemory();
    Interconnect fabric = new Interconnect(Topology.MESH, 128, 1, ComponentModel.standard());
    Optional<Io> io = Optional.empty();
    OptionalInt tiles = OptionalInt.empty();
    double controlEnergy = 0.06;
    double controlArea = 0.15;
    int weightBits = 8;
    int inputBits = 8;

    Design design() {
      DigitalUnit one = new DigitalUnit(1, ComponentModel.standard());
      Tile tile =
          new Tile(
              tiles,
              buffer,
              new Tile.Bus(256, ComponentModel.standard()),
              memory(Memory.MemoryKind.REGISTER_FILE, 1024, 64),
              new Tile.Units(one, one, one, one, DigitalUnit.none()));
      ProcessingElement plain =
          new ProcessingElement(
              8,
              input,
              sampleHold ? one : DigitalUnit.none(),
              new Readout(
                  kind,
                  bits,
                  range,
                  gain,
                  columnsPerAdc,
                  StatedErrors.NONE,
                  OptionalDouble.empty(),
                  frontEnd,
                  readout),
              new ProcessingElement.ShiftAdd(OptionalInt.empty(), ComponentModel.standard()),
              memory(Memory.MemoryKind.SRAM, 2048, 128),
              memory(Memory.MemoryKind.REGISTER_FILE, 512, 64));
      ProcessingElement pe = plain.with(kernelParts);
      Crossbar crossbar =
          new Crossbar(
              perPe,
              working == 0 ? perPe : working,
              rows,
              columns,
              rowsActive,
              weights,
              Crossbar.Wires.OF_PITCH,
              array,
              compute(),
              skipsZeroRows);
      Cell cell = new Cell(device, access, 2, read_V, ownRail);
      Uncore uncore = new Uncore(fabric, global, io, controlEnergy, controlArea);
      return of(
          new Chip(technology, clock_GHz, tile, pe, crossbar, cell, uncore), weightBits, inputBits);
    }

    /** SRAM cells whose bitline is not held discharge it. */
    private Compute compute() {
      boolean discharges =
          compute.kind() == Compute.Kind.CURRENT && device.family() == Family.SRAM && !heldBitline;
      return discharges
          ? new Compute(
              Compute.Kind.DISCHARGE, compute.capacitor_fF(), compute.banks(), compute.pass_ns())
          : compute;
    }

    ChipPrices prices() {
      return Prices.of(design());
    }
  }

  /** A design that is built for other words than those of its peak. */
  static Design builtFor(Design design, Precision widest) {
    return new Design(
        design.chip(),
        design.jobs(),
        design.mapping(),
        design.operation(),
        design.peakWeightBits(),
        design.peakInputBits(),
        design.calibration(),
        design.circuits(),
        widest);
  }

  /** A chip with every choice drawn. */
  static Knobs random(Random random) {
    Knobs knobs = new Knobs();
    double[] nodes = {180, 130, 90, 65, 45, 40, 32, 28, 22, 14, 7, 5};
    double node_nm = nodes[random.nextInt(nodes.length)];
    double supply_V =
        NominalSupply.of(node_nm, Flavour.LOW_POWER) * (0.9 + 0.2 * random.nextDouble());
    Flavour[] flavours = Flavour.values();
    knobs.technology =
        new Technology(
            node_nm,
            supply_V,
            flavours[random.nextInt(flavours.length)],
            280 + random.nextInt(100));
    knobs.clock_GHz = OptionalDouble.of(0.2 + random.nextDouble());
    knobs.device = device(2 + 100 * random.nextDouble(), 1000);
    knobs.access = Access.values()[random.nextInt(3)];
    knobs.read_V = 0.1 + 0.2 * random.nextDouble();
    knobs.ownRail = random.nextBoolean();
    knobs.perPe = 1 + random.nextInt(16);
    knobs.rows = 32 << random.nextInt(5);
    knobs.columns = 32 << random.nextInt(5);
    knobs.rowsActive = 1 + random.nextInt(knobs.rows);
    Input.Encoding[] encodings = Input.Encoding.values();
    Input.Sign[] signs = Input.Sign.values();
    knobs.input =
        new Input(
            encodings[random.nextInt(encodings.length)],
            OptionalInt.of(1 + random.nextInt(4)),
            signs[random.nextInt(signs.length)],
            random.nextBoolean()
                ? OptionalDouble.empty()
                : OptionalDouble.of(3 * random.nextDouble()),
            random.nextBoolean() ? Input.Swing.SUPPLY : new Input.Swing(0.2, OptionalDouble.of(2)),
            ComponentModel.standard());
    knobs.frontEnd = Readout.FrontEnd.values()[random.nextInt(3)];
    knobs.sampleHold = random.nextBoolean();
    List<ReadoutKind> kinds =
        Arrays.stream(ReadoutKind.values()).filter(k -> !k.isDigital()).toList();
    knobs.kind = kinds.get(random.nextInt(kinds.size()));
    knobs.bits =
        knobs.kind == ReadoutKind.SENSE_AMPLIFIER ? 1 + random.nextInt(4) : 1 + random.nextInt(10);
    knobs.range = Readout.Range.values()[random.nextInt(2)];
    knobs.columnsPerAdc = 1 << random.nextInt(6);
    if (random.nextInt(3) == 0) {
      List<String> names = CircuitLibrary.names(Part.READOUT);
      knobs.readout = new ComponentModel.Named(names.get(random.nextInt(names.size())));
    } else if (random.nextInt(3) == 0) {
      knobs.readout = given(900, 0, Map.of("conversion", 450.0), 5, "ours.yaml:4", 28, 0.9);
    }
    if (random.nextInt(4) == 0) {
      knobs.array = given(30, 400, Map.of(), 100, "ours.yaml:9", 40, 1.1);
    }
    Optional<Memory.MemoryKind> buffer = anyOrNone(Memory.MemoryKind.values(), random);
    int size_B = 16384 << random.nextInt(4);
    knobs.buffer = buffer.flatMap(kind -> memory(kind, size_B, 256));
    knobs.global =
        anyOrNone(Memory.MemoryKind.values(), random).flatMap(kind -> memory(kind, 1 << 20, 512));
    Topology[] topologies = Topology.values();
    knobs.fabric =
        new Interconnect(
            topologies[random.nextInt(topologies.length)],
            32 << random.nextInt(4),
            1 + random.nextInt(4),
            ComponentModel.standard());
    Optional<Io.IoKind> link = anyOrNone(Io.IoKind.values(), random);
    int links = 1 + random.nextInt(4);
    knobs.io = link.map(kind -> new Io(kind, links, 6.4, ComponentModel.standard()));
    if (random.nextInt(3) == 0) {
      ComponentModel figures =
          random.nextBoolean()
              ? given(50_000, 9_000, Map.of(), 2, "ours.yaml:12", 65, 1.2)
              : given(
                  0,
                  0,
                  Map.of("read", 40.0, "hop", 99.0, "write", 70.0, "transfer", 70.0),
                  0,
                  "ours.yaml:13",
                  32,
                  0.9);
      knobs.buffer = Optional.of(new Memory(Memory.MemoryKind.SRAM, 32768, 256, figures));
      knobs.global = Optional.of(new Memory(Memory.MemoryKind.EDRAM, 1 << 20, 512, figures));
      knobs.fabric = new Interconnect(knobs.fabric.kind(), 64, 2, figures);
      knobs.io = knobs.io.map(io -> new Io(io.kind(), 2, 3.2, figures));
    }
    int tiles = random.nextInt(100);
    knobs.tiles = tiles > 0 ? OptionalInt.of(tiles) : OptionalInt.empty();
    knobs.weightBits = 1 + random.nextInt(16);
    knobs.inputBits = 1 + random.nextInt(16);
    knobs.kernelParts =
        new KernelParts(
            Transpose.values()[random.nextInt(3)],
            random.nextBoolean() ? Optional.empty() : Optional.of(loopAmplifier(random)),
            randomSource(random));
    return knobs;
  }

  private static LoopAmplifier loopAmplifier(Random random) {
    return new LoopAmplifier(
        Math.pow(10, 1 + 5 * random.nextDouble()),
        random.nextDouble(),
        1e-4 + 0.01 * random.nextDouble(),
        random.nextBoolean()
            ? ComponentModel.standard()
            : given(70, 0, Map.of("settle", 20.0), 0, "ours.yaml:15", 65, 1.2));
  }

  private static RandomSource randomSource(Random random) {
    int count = 1 + random.nextInt(8);
    return switch (random.nextInt(4)) {
      case 0 -> RandomSource.NONE;
      case 1 -> new RandomSource.Digital(count, ComponentModel.standard());
      case 2 ->
          new RandomSource.Counter(
              count, 1e5 * random.nextDouble(), 0.3, 1e4, 0.01, ComponentModel.standard());
      default -> new RandomSource.DeviceNoise(count, ComponentModel.standard());
    };
  }

  /** One of the kinds, or none. */
  private static <T> Optional<T> anyOrNone(T[] kinds, Random random) {
    int drawn = random.nextInt(kinds.length + 1);
    return drawn < kinds.length ? Optional.of(kinds[drawn]) : Optional.empty();
  }

  static Optional<Memory> memory(Memory.MemoryKind kind, double size_B, int width_bits) {
    return Optional.of(new Memory(kind, size_B, width_bits, ComponentModel.standard()));
  }

  static Optional<Memory> noMemory() {
    return Optional.empty();
  }
}
