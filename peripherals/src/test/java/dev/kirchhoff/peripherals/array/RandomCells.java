package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Compute;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Curvature;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.device.Provenance;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.readout.RandomColumns;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/** Arrays of all kinds of cells, for laws over all of them. */
public final class RandomCells {
  private static final List<String> CIRCUITS =
      List.of("physical-array", "charge-array", "sram-bitline-array", "digital-array");

  private RandomCells() {}

  /** Cells of random sizes, with and without stated figures. */
  public static ArrayCells of(Random random) {
    int rows = 1 + random.nextInt(512);
    int columns = 1 + random.nextInt(256);
    Crossbar crossbar =
        new Crossbar(
            1,
            1,
            rows,
            columns,
            1 + random.nextInt(rows),
            new Crossbar.WeightEncoding(
                Crossbar.Encoding.OFFSET,
                false,
                false,
                false,
                OptionalInt.of(1 + random.nextInt(2)),
                0,
                random.nextInt(3)),
            random.nextBoolean()
                ? Crossbar.Wires.OF_PITCH
                : new Crossbar.Wires(
                    OptionalDouble.of(random.nextDouble()),
                    OptionalDouble.of(random.nextDouble()),
                    OptionalDouble.of(0.2 * random.nextDouble())),
            ComponentModel.standard(),
            new Compute(
                Compute.Kind.CHARGE,
                0.5 + 2 * random.nextDouble(),
                1 + random.nextInt(8),
                OptionalDouble.empty()));
    Access access = Access.values()[random.nextInt(Access.values().length)];
    Cell cell =
        new Cell(device(random), access, 1, 0.02 + random.nextDouble(), random.nextBoolean());
    return new ArrayCells(
        RandomColumns.process(random),
        crossbar,
        cell,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? 0 : columns * random.nextDouble());
  }

  /** Writing of random cells. */
  public static WrittenCells written(Random random) {
    ArrayCells cells = of(random);
    CellArray array =
        CellArray.of(Circuits.CATALOGUE, CIRCUITS.get(random.nextInt(CIRCUITS.size())), cells);
    return WrittenCells.of(
        array,
        1 + random.nextInt(cells.crossbar().allColumns()),
        new WrittenCells.Verify(100 * random.nextDouble(), 10 * random.nextDouble()));
  }

  /** Writing of random columns. */
  public static WrittenColumns columns(Random random) {
    return new WrittenColumns(
        RandomColumns.process(random),
        write(random),
        1 + random.nextInt(512),
        random.nextBoolean());
  }

  private static WritePoint write(Random random) {
    return new WritePoint(
        pulse(random), pulse(random), 1 + random.nextInt(10), random.nextBoolean());
  }

  private static WritePoint.Pulse pulse(Random random) {
    return new WritePoint.Pulse(
        0.3 + 3 * random.nextDouble(),
        StrictMath.exp(9 * random.nextDouble()),
        1 + 1000 * random.nextDouble());
  }

  private static Device device(Random random) {
    double least_uS = 0.1 + 10 * random.nextDouble();
    Device plain =
        new Device(
            "random",
            Family.values()[random.nextInt(Family.values().length)],
            new ConductanceWindow(least_uS, least_uS + 50 * random.nextDouble(), 16),
            write(random),
            new DeviceStatistics(
                List.of(new DeviceStatistics.ProgrammingError(1, List.of(1.0))),
                40,
                new DeviceStatistics.Drift(0, 0, 1),
                0.01),
            new DeviceLimits(1e6, 3e8),
            1 + 200 * random.nextDouble(),
            "random");
    Device bent =
        new Device(
            plain.name(),
            plain.material(),
            plain.window(),
            new Curvature(random.nextDouble(), 0.2 + random.nextDouble()),
            plain.operation(),
            plain.statistics(),
            plain.limits(),
            plain.cellArea_F2(),
            plain.provenance());
    return random.nextInt(3) > 0
        ? bent
        : bent.withCellArea(
            1 + 500 * random.nextDouble(), new Provenance.Statement(Origin.GIVEN, "random"));
  }
}
