package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.arch.chip.ProcessingElement;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.chip.Uncore;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.workload.DigitalOperation;
import dev.kirchhoff.arch.workload.DigitalWork;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Operation;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.arch.workload.ValueStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Designs and networks that tests and the benchmark vary; a mutable form of the chip of {@code
 * resnet18-reram.yaml}.
 */
final class Designs {
  static final ValueStatistics RELU = new ValueStatistics(0.57, 0.147, 0.25, 0);
  static final ValueStatistics SIGNED = new ValueStatistics(0.1, 0.24, 0.32, 0.45);
  static final ValueStatistics WEIGHTS = new ValueStatistics(0.065, 0.31, 0.387, 0.468);
  static final ComponentModel MODEL = ComponentModel.standard();

  /**
   * A redox device with the programming error of Wan et al., Nature 608 (2022), doi
   * 10.1038/s41586-022-04992-8, after one day as fitted in aihwkit's {@code
   * ReRamWan2022NoiseModel}; other figures are for tests only.
   */
  static final Device REDOX =
      new Device(
          "redox-hfox-wan2022",
          Family.REDOX,
          new ConductanceWindow(1, 40, 16),
          new WritePoint(1.8, 100, 100, 8.5),
          new DeviceStatistics(
              List.of(
                  new DeviceStatistics.ProgrammingError(
                      86_400, List.of(0.701, 22.086, -50.773, 47.095, -16.458))),
              40,
              new DeviceStatistics.Drift(0, 0, 1),
              0.01),
          new DeviceLimits(1e6, 3.15e8),
          126,
          "test");

  Device device = REDOX;
  Technology technology = new Technology(32, 0.9, Flavour.LOW_POWER, 300);
  int side = 128;

  /** Columns of a crossbar; 0 = as many as rows. */
  int columns;

  int rowsActive = 128;
  int perPe = 8;

  /** Crossbars of a PE that work at once; 0 = all. */
  int working;

  int perTile = 8;
  OptionalInt tiles = OptionalInt.empty();
  int cellBits = 2;
  int bitsPerPulse = 1;
  double readVoltage_V = 0.2;
  WeightEncoding weights = new WeightEncoding(Encoding.OFFSET, false, false, false);
  ReadoutKind readout = ReadoutKind.SAR;
  int adcBits = 8;
  Range range = Range.CALIBRATED;
  int columnsPerAdc = 32;
  ComponentModel readoutModel = MODEL;
  Topology topology = Topology.MESH;
  int linkWidth = 128;
  Interconnect.Tree tree = new Interconnect.Tree(4, 2);
  Interconnect.SwitchedChannels circuits = Interconnect.SwitchedChannels.ONE;
  double bufferSize_B = 65_536;
  double extra;
  MappingOptions.Schedule schedule = MappingOptions.Schedule.PIPELINED;
  MappingOptions.Overflow overflow = MappingOptions.Overflow.INFEASIBLE;
  MappingOptions.Packing packing = MappingOptions.Packing.ONE_GROUP;
  MappingOptions.Floorplan floorplan = MappingOptions.Floorplan.SHARED;
  MappingOptions.CrossbarAllocation allocation = MappingOptions.CrossbarAllocation.STANDARD;
  List<Job> jobs = List.of();
  int bits = 8;
  Input.Sign sign = Input.Sign.SECOND_PASS;
  Operation.PeakData peakData = Operation.PeakData.UNIFORM;
  double updateInterval_s = 86_400;
  int units = 64;
  MappingOptions.Batching batching = MappingOptions.Batching.STREAM;
  Optional<Memory> globalBuffer = Optional.empty();
  Optional<Io> io = Optional.empty();

  Design design() {
    DigitalUnit unit = new DigitalUnit(units, MODEL);
    Chip chip =
        new Chip(
            technology,
            OptionalDouble.of(1),
            new Tile(
                tiles,
                Optional.of(new Memory(MemoryKind.EDRAM, bufferSize_B, 256, MODEL)),
                new Tile.Bus(256, MODEL),
                Optional.of(new Memory(MemoryKind.REGISTER_FILE, 3072, 256, MODEL)),
                new Tile.Units(unit, unit, unit, unit, unit)),
            new ProcessingElement(
                perTile,
                new Input(
                    Input.Encoding.BIT_SERIAL,
                    OptionalInt.of(bitsPerPulse),
                    sign,
                    OptionalDouble.empty(),
                    Input.Swing.SUPPLY,
                    MODEL),
                new DigitalUnit(1, MODEL),
                new Readout(readout, adcBits, range, columnsPerAdc, readoutModel),
                new ProcessingElement.ShiftAdd(OptionalInt.empty(), MODEL),
                Optional.of(new Memory(MemoryKind.REGISTER_FILE, 2048, 128, MODEL)),
                Optional.of(new Memory(MemoryKind.REGISTER_FILE, 256, 128, MODEL))),
            new Crossbar(
                perPe,
                working == 0 ? perPe : working,
                side,
                columns == 0 ? side : columns,
                rowsActive,
                weights,
                Crossbar.Wires.OF_PITCH,
                MODEL,
                Compute.current()),
            new Cell(device, Access.ONE_TRANSISTOR, cellBits, readVoltage_V, false),
            new Uncore(
                switch (topology) {
                  case FAT_TREE -> new Interconnect(topology, linkWidth, tree, MODEL);
                  case RECONFIGURABLE -> new Interconnect(topology, linkWidth, circuits, MODEL);
                  default -> new Interconnect(topology, linkWidth, 4, MODEL);
                },
                globalBuffer,
                io,
                0.06,
                0.2));
    return new Design(
        chip,
        jobs,
        new MappingOptions(schedule, extra, overflow, packing, floorplan, allocation, batching),
        new Operation(300, 86_400, updateInterval_s, peakData),
        bits,
        bits);
  }

  Designs batch(int batch) {
    batching =
        new MappingOptions.Batching(OptionalInt.of(batch), batching.dynamic(), batching.chips());
    return this;
  }

  /** Dynamic matrices on crossbars. */
  Designs writes() {
    batching =
        new MappingOptions.Batching(
            batching.batch(), MappingOptions.Dynamic.WRITE, batching.chips());
    return this;
  }

  Designs chips(OptionalInt most) {
    overflow = MappingOptions.Overflow.CHIPS;
    batching = new MappingOptions.Batching(batching.batch(), batching.dynamic(), most);
    return this;
  }

  Designs global(double size_B) {
    globalBuffer = Optional.of(new Memory(MemoryKind.SRAM, size_B, 256, MODEL));
    return this;
  }

  Designs runs(Network... networks) {
    List<Job> all = new ArrayList<>();
    for (Network network : networks) {
      all.add(
          new Job(
              network,
              Collections.nCopies(network.layers().size(), new Precision(bits, bits, bits)),
              1));
    }
    jobs = all;
    return this;
  }

  static Layer conv(
      String name, int c, int m, int k, int out, int stride, int groups, int producer) {
    MatrixShape shape = new MatrixShape(c, m, k, k, out, out, stride, groups);
    return new Layer(
        name,
        shape,
        false,
        producer < 0 ? SIGNED : RELU,
        WEIGHTS,
        List.of(
            new DigitalWork(DigitalOperation.BIAS, shape.outputs()),
            new DigitalWork(DigitalOperation.RELU, shape.outputs())),
        producer);
  }

  /** ResNet-18 for 224 × 224 images, He et al., CVPR 2016: 21 matrix layers. */
  static Network resNet18() {
    List<Layer> layers = new ArrayList<>();
    layers.add(conv("00", 3, 64, 7, 112, 2, 1, -1));
    int input = 0;
    int channels = 64;
    int out = 56;
    for (int stage = 0; stage < 4; stage++) {
      int width = 64 << stage;
      for (int block = 0; block < 2; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        out /= stride;
        layers.add(conv(name(layers), channels, width, 3, out, stride, 1, input));
        layers.add(conv(name(layers), width, width, 3, out, 1, 1, layers.size() - 1));
        int last = layers.size() - 1;
        if (stride == 2) {
          layers.add(conv(name(layers), channels, width, 1, out, 2, 1, input));
        }
        input = last;
        channels = width;
      }
    }
    layers.add(conv(name(layers), 512, 1000, 1, 1, 1, 1, input));
    return new Network("resnet18", layers, "He et al., CVPR 2016");
  }

  private static String name(List<Layer> layers) {
    return String.format(Locale.ROOT, "%02d", layers.size());
  }

  /** A network whose one layer has signed inputs. */
  static Network signed() {
    return new Network("signed", List.of(conv("a", 64, 64, 1, 8, 1, 1, -1)), "test");
  }

  /** A small network with every kind of layer. */
  static Network small() {
    MatrixShape attention = new MatrixShape(64, 16, 1, 1, 8, 8, 1, 1);
    return new Network(
        "small",
        List.of(
            conv("a", 3, 32, 3, 16, 1, 1, -1),
            conv("b", 1, 1, 3, 16, 1, 32, 0),
            conv("c", 32, 64, 1, 8, 2, 1, 1),
            new Layer(
                "d",
                attention,
                true,
                SIGNED,
                SIGNED,
                List.of(
                    new DigitalWork(DigitalOperation.LOOKUP, 512),
                    new DigitalWork(DigitalOperation.MULTIPLY_ACCUMULATE, 512),
                    new DigitalWork(DigitalOperation.MAX_COMPARE, 256),
                    new DigitalWork(DigitalOperation.ADD, 128)),
                2),
            conv("e", 1024, 10, 1, 1, 1, 1, 3)),
        "test");
  }
}
