package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalDouble;

/** Reads the section {@code device}; a device without choices in it is made once. */
final class DeviceBinder {
  private static final double NS_TO_S = 1e-9;

  private final IdentityHashMap<Value.Section, Device> known = new IdentityHashMap<>();

  Device device(View.Section section, OptionalDouble cellArea_F2) {
    Device made = known.get(section.undecided());
    if (made == null) {
      made = device(section);
      if (isPlain(section.undecided())) {
        known.put(section.undecided(), made);
      }
    }
    if (cellArea_F2.isEmpty()) {
      return made;
    }
    return new Device(
        made.name(),
        made.family(),
        made.window(),
        made.write(),
        made.statistics(),
        made.limits(),
        cellArea_F2.getAsDouble(),
        made.provenance());
  }

  /** Whether nothing in a section depends on a knob. */
  static boolean isPlain(Value value) {
    if (value instanceof Value.Section section) {
      return section.fields().stream().allMatch(DeviceBinder::isPlain);
    }
    if (value instanceof Value.Items items) {
      return items.items().stream().allMatch(DeviceBinder::isPlain);
    }
    return !(value instanceof Value.Choice || value instanceof Value.Computed);
  }

  private static Device device(View.Section d) {
    View.Section resistance = d.section("resistance");
    View.Section write = d.section("write");
    // Resistances are kept in Mohm, so that 1 / Mohm = uS.
    ConductanceWindow window =
        new ConductanceWindow(
            1 / resistance.number("high"), 1 / resistance.number("low"), d.whole("levels"));
    return new Device(
        d.label().replace("*", ""),
        family(d.word("family")),
        window,
        new WritePoint(
            write.number("voltage"),
            write.number("current"),
            write.number("pulse"),
            write.number("pulses")),
        statistics(d),
        new DeviceLimits(d.number("endurance"), d.number("retention") * NS_TO_S),
        d.number("area"),
        d.word("source") + (d.has("provenance") ? "; " + d.word("provenance") : ""));
  }

  private static DeviceStatistics statistics(View.Section d) {
    View.Section programming = d.section("programming");
    View.Section drift = d.section("drift");
    List<DeviceStatistics.ProgrammingError> errors = new ArrayList<>();
    for (Value item : ((Value.Items) programming.raw("table")).items()) {
      View.Section row = programming.of(item);
      List<Double> sigma_uS = new ArrayList<>();
      for (Value coefficient : ((Value.Items) row.raw("sigma")).items()) {
        sigma_uS.add(((Value.Number) coefficient).number());
      }
      errors.add(new DeviceStatistics.ProgrammingError(row.number("age") * NS_TO_S, sigma_uS));
    }
    return new DeviceStatistics(
        errors,
        programming.number("reference"),
        new DeviceStatistics.Drift(
            drift.number("exponent"), drift.number("spread"), drift.number("start") * NS_TO_S),
        d.number("readNoise"));
  }

  private static Family family(String word) {
    return switch (word) {
      case "redox" -> Family.REDOX;
      case "phaseChange" -> Family.PHASE_CHANGE;
      case "magneticTunnel" -> Family.MAGNETIC_TUNNEL;
      case "ferroelectric" -> Family.FERROELECTRIC_TUNNEL;
      default -> Family.SRAM;
    };
  }
}
