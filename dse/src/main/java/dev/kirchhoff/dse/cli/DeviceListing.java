package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.catalog.DeviceEntry;
import dev.kirchhoff.dse.catalog.FamilyComparison;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import java.util.List;

/** Text of the devices of the catalogue. */
final class DeviceListing {
  private DeviceListing() {}

  /** All presets, a line each. */
  static Page table(List<DeviceEntry> devices) {
    TextTable table = new TextTable("").left(1, 2).optional(12, 11, 8, 2, 10, 7, 1, 9, 6);
    table.head(
        "name",
        "family",
        "mechanism",
        "R low",
        "R high",
        "levels",
        "read",
        "write V x I x t",
        "pulses",
        "endurance",
        "retention",
        "cell",
        "maturity");
    for (DeviceEntry device : devices) {
      table.row(
          device.name(),
          device.family(),
          device.mechanism(),
          device.text(DeviceFigure.RESISTANCE_LOW),
          device.text(DeviceFigure.RESISTANCE_HIGH),
          device.text(DeviceFigure.LEVELS),
          device.text(DeviceFigure.READ_VOLTAGE),
          write(device.set(), device.reset()),
          device.text(DeviceFigure.WRITE_PULSES),
          device.text(DeviceFigure.ENDURANCE),
          device.text(DeviceFigure.RETENTION),
          device.text(DeviceFigure.AREA),
          device.text(DeviceFigure.MATURITY));
    }
    return new Page()
        .append(table)
        .append(
            "SET/RESET where they differ. Origin and source of each figure:"
                + " ./kirchhoff catalog devices NAME\n");
  }

  private static String write(DeviceEntry.Pulse set, DeviceEntry.Pulse reset) {
    return both(set.voltage_V(), reset.voltage_V(), Dimension.VOLTAGE)
        + " x "
        + both(set.current_uA(), reset.current_uA(), Dimension.CURRENT)
        + " x "
        + both(set.width_ns(), reset.width_ns(), Dimension.TIME);
  }

  private static String both(double set, double reset, Dimension dimension) {
    String one = Units.brief(set, dimension);
    String other = Units.brief(reset, dimension);
    if (one.equals(other)) {
      return one;
    }
    boolean sameUnit = one.substring(one.indexOf(' ')).equals(other.substring(other.indexOf(' ')));
    return (sameUnit ? one.substring(0, one.indexOf(' ')) : one) + "/" + other;
  }

  /** One preset with the origin of every figure. */
  static Page one(DeviceEntry device) {
    Page out =
        new Page()
            .line(
                "{}  {}, {}, {}",
                device.name(),
                device.family(),
                device.mechanism(),
                device.maturity())
            .line("  {}", device.source());
    TextTable table = new TextTable("  ").left(1, 2).texts(3);
    table.head("figure", "value", "origin", "source");
    for (DeviceEntry.StatedFigure figure : device.figures()) {
      table.row(figure.figure(), figure.value(), figure.origin(), figure.source());
    }
    out.append(table);
    if (!device.note().isEmpty()) {
      out.line("  note: {}", device.note());
    }
    return out;
  }

  /** A published comparison of families beside the presets. */
  static Page survey(FamilyComparison comparison) {
    Page out =
        new Page()
            .line("{}: best-case envelope of each family.", comparison.source())
            .line("{}", comparison.note());
    TextTable table = new TextTable("").left(1, 5, 6).optional(5, 3);
    table.head(
        "family", "figure", "survey's record", "reference", "best preset", "origin", "preset");
    String family = "";
    for (FamilyComparison.Line line : comparison.survey()) {
      table.row(
          line.family().equals(family) ? "" : line.family(),
          line.figure(),
          line.record(),
          Integer.toString(line.reference()),
          line.ours(),
          line.origin(),
          line.preset());
      family = line.family();
    }
    return out.append(table).append("Presets state cells in F2, not the size of a device.\n");
  }
}
