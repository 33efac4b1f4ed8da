package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.device.ConductanceWindow;
import dev.kirchhoff.arch.device.Curvature;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.DeviceLimits;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.device.LawKind;
import dev.kirchhoff.arch.device.Material;
import dev.kirchhoff.arch.device.Maturity;
import dev.kirchhoff.arch.device.Mechanism;
import dev.kirchhoff.arch.device.OperatingPoints;
import dev.kirchhoff.arch.device.Origin;
import dev.kirchhoff.arch.device.Provenance;
import dev.kirchhoff.arch.device.ReadPoint;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.spec.Place;
import dev.kirchhoff.arch.spec.Problems;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Binder of the section {@code device}; a device without choices in it is made once. */
final class DeviceBinder {
  private static final Provenance.Statement USUAL_CURVATURE =
      new Provenance.Statement(Origin.ASSUMED, "usual of the family");

  private final Function<String, Optional<Value.Section>> presets;
  private final IdentityHashMap<Value.Section, Device> known = new IdentityHashMap<>();
  private final IdentityHashMap<Value.Section, Provenance> origins = new IdentityHashMap<>();

  /**
   * A binder of devices that may extend presets.
   *
   * @param presets the checked preset of a name
   */
  DeviceBinder(Function<String, Optional<Value.Section>> presets) {
    this.presets = presets;
  }

  Device device(View.Section section) {
    Device made = known.get(section.undecided());
    if (made == null) {
      made = made(section);
      if (isPlain(section.undecided())) {
        known.put(section.undecided(), made);
      }
    }
    return made;
  }

  /** The device in a cell whose area is given at a place. */
  static Device inCell(Device device, double area_F2, Place place) {
    return device.withCellArea(area_F2, given(place));
  }

  /** True if nothing in a section depends on a knob. */
  static boolean isPlain(Value value) {
    if (value instanceof Value.Section section) {
      return section.fields().stream().allMatch(DeviceBinder::isPlain);
    }
    if (value instanceof Value.Items items) {
      return items.items().stream().allMatch(DeviceBinder::isPlain);
    }
    return !(value instanceof Value.Choice || value instanceof Value.Computed);
  }

  private Device made(View.Section d) {
    View.Section resistance = d.section("resistance");
    // Resistances are kept in Mohm, so that 1 / Mohm = uS.
    ConductanceWindow window =
        new ConductanceWindow(
            1 / resistance.number("high"), 1 / resistance.number("low"), d.whole("levels"));
    return new Device(
        d.label().replace("*", ""),
        material(d),
        window,
        curvature(d),
        new OperatingPoints(read(d.section("read")), write(d.section("write"))),
        statistics(d, law(d)),
        new DeviceLimits(d.number("endurance"), d.number("retention") * Units.S_PER_NS),
        d.number("area"),
        origins.computeIfAbsent(d.undecided(), section -> provenance(d)));
  }

  private static Material material(View.Section d) {
    Family family = family(d);
    Mechanism mechanism =
        d.has("mechanism")
            ? one(Mechanism.values(), m -> m.word().equals(d.word("mechanism")))
            : Mechanism.of(family).get(0);
    return new Material(
        family, mechanism, one(Maturity.values(), m -> m.word().equals(d.word("maturity"))));
  }

  private static <T> T one(T[] values, Predicate<T> test) {
    return Arrays.stream(values).filter(test).findFirst().orElseThrow();
  }

  private static Curvature curvature(View.Section d) {
    if (!d.has("curvature")) {
      return family(d).usualCurvature();
    }
    View.Section curvature = d.section("curvature");
    return new Curvature(curvature.number("change"), curvature.number("voltage"));
  }

  private static Family family(View.Section d) {
    return one(Family.values(), f -> f.word().equals(d.word("family")));
  }

  private static ReadPoint read(View.Section read) {
    return new ReadPoint(optional(read, "voltage"), optional(read, "time"));
  }

  private static OptionalDouble optional(View.Section section, String key) {
    return section.has(key) ? OptionalDouble.of(section.number(key)) : OptionalDouble.empty();
  }

  private static WritePoint write(View.Section write) {
    WritePoint.Pulse set =
        new WritePoint.Pulse(
            write.number("voltage"), write.number("current"), write.number("pulse"));
    WritePoint.Pulse reset = set;
    if (write.has("reset")) {
      View.Section section = write.section("reset");
      reset =
          new WritePoint.Pulse(
              optional(section, "voltage").orElse(set.voltage_V()),
              optional(section, "current").orElse(set.current_uA()),
              optional(section, "pulse").orElse(set.width_ns()));
    }
    return new WritePoint(set, reset, write.number("pulses"), write.isWord("verify", "true"));
  }

  /**
   * The law that cells follow: of a preset whose figures a spec changes, those figures, unless the
   * spec names a law.
   */
  private LawKind law(View.Section d) {
    Value.Section section = d.undecided();
    Optional<Value.Section> preset =
        d.label().endsWith("*")
            ? presets.apply(d.label().substring(0, d.label().length() - 1))
            : Optional.empty();
    boolean changed =
        preset.isPresent()
            && section.get("law").equals(preset.get().get("law"))
            && Stream.of("programming", "drift", "readNoise")
                .anyMatch(key -> !sameValue(section.get(key), preset.get().get(key)));
    return changed
        ? LawKind.TABULATED
        : one(LawKind.values(), kind -> d.isWord("law", kind.word()));
  }

  private static DeviceStatistics statistics(View.Section d, LawKind law) {
    View.Section programming = d.section("programming");
    View.Section drift = d.section("drift");
    View.Section stuck = d.section("stuck");
    List<DeviceStatistics.ProgrammingError> errors = new ArrayList<>();
    for (Value item : ((Value.Items) programming.raw("table")).items()) {
      View.Section row = programming.of(item);
      List<Double> sigma_uS = new ArrayList<>();
      for (Value coefficient : ((Value.Items) row.raw("sigma")).items()) {
        sigma_uS.add(((Value.Number) coefficient).number());
      }
      errors.add(
          new DeviceStatistics.ProgrammingError(row.number("age") * Units.S_PER_NS, sigma_uS));
    }
    return new DeviceStatistics(
        errors,
        programming.number("reference"),
        new DeviceStatistics.Drift(
            drift.number("exponent"),
            drift.number("spread"),
            drift.number("start") * Units.S_PER_NS),
        d.number("readNoise"),
        law,
        new DeviceStatistics.Faults(stuck.number("low"), stuck.number("high")));
  }

  /**
   * Origins of the figures: those that the section states; of a preset that is changed, the
   * preset's where the figure is still the preset's; of any other figure that somebody wrote, that
   * it is given there.
   */
  private Provenance provenance(View.Section d) {
    Map<DeviceFigure, Provenance.Statement> statements = new EnumMap<>(DeviceFigure.class);
    Value.Section section = d.undecided();
    Optional<Value.Section> preset =
        d.label().endsWith("*")
            ? presets.apply(d.label().substring(0, d.label().length() - 1))
            : Optional.empty();
    Map<DeviceFigure, Provenance.Statement> inherited =
        preset.map(DeviceBinder::stated).orElse(Map.of());
    Map<DeviceFigure, Provenance.Statement> stated = stated(section);
    boolean ownStatements = !stated.equals(inherited);
    for (DeviceFigure figure : DeviceFigure.values()) {
      Optional<Value> value = at(section, figure);
      boolean changed =
          preset.isPresent() && !sameValue(value, preset.flatMap(base -> at(base, figure)));
      if (stated.containsKey(figure) && (ownStatements || !changed)) {
        statements.put(figure, stated.get(figure));
      } else if (inherited.containsKey(figure) && !changed) {
        statements.put(figure, inherited.get(figure));
      } else if (value.isPresent() && !value.get().place().isDefault()) {
        statements.put(figure, given(value.get().place()));
      } else if (figure == DeviceFigure.CURVATURE && value.isEmpty()) {
        statements.put(figure, USUAL_CURVATURE);
      }
    }
    return new Provenance(
        d.word("source"), statements, d.has("provenance") ? d.word("provenance") : "");
  }

  private static Provenance.Statement given(Place place) {
    return new Provenance.Statement(Origin.GIVEN, place.fileAndLine());
  }

  private static Map<DeviceFigure, Provenance.Statement> stated(Value.Section device) {
    Map<DeviceFigure, Provenance.Statement> statements = new EnumMap<>(DeviceFigure.class);
    if (device.get("origin") instanceof Value.Items origins) {
      for (Value item : origins.items()) {
        if (item instanceof Value.Section origin
            && origin.get("is") instanceof Value.Word is
            && origin.get("source") instanceof Value.Word source
            && origin.get("of") instanceof Value.Items paths) {
          Provenance.Statement statement =
              new Provenance.Statement(
                  one(Origin.values(), o -> o.word().equals(is.text())), source.text());
          for (Value path : paths.items()) {
            if (path instanceof Value.Word word) {
              DeviceFigure.of(word.text()).forEach(f -> statements.put(f, statement));
            }
          }
        }
      }
    }
    return statements;
  }

  /** The value of a figure; empty if there is none. */
  private static Optional<Value> at(Value.Section section, DeviceFigure figure) {
    Value value = section;
    for (String key : figure.word().split("\\.")) {
      if (!(value instanceof Value.Section inner)) {
        return Optional.of(value);
      }
      value = inner.get(key);
    }
    return value instanceof Value.Absent ? Optional.empty() : Optional.of(value);
  }

  /** True if two values are equal, wherever they were written. */
  private static boolean sameValue(Optional<Value> one, Optional<Value> other) {
    return one.isPresent() && other.isPresent()
        ? sameValue(one.get(), other.get())
        : one.isEmpty() && other.isEmpty();
  }

  private static boolean sameValue(Value one, Value other) {
    if (one instanceof Value.Number a && other instanceof Value.Number b) {
      return a.number() == b.number();
    }
    if (one instanceof Value.Word a && other instanceof Value.Word b) {
      return a.text().equals(b.text());
    }
    if (one instanceof Value.Items a && other instanceof Value.Items b) {
      return sameValues(a.items(), b.items());
    }
    if (one instanceof Value.Section a && other instanceof Value.Section b) {
      return sameValues(a.fields(), b.fields());
    }
    return one instanceof Value.Absent && other instanceof Value.Absent;
  }

  private static boolean sameValues(List<Value> one, List<Value> other) {
    for (int i = 0; i < one.size() && i < other.size(); i++) {
      if (!sameValue(one.get(i), other.get(i))) {
        return false;
      }
    }
    return one.size() == other.size();
  }

  /**
   * Reports problems of a device and its alternatives that a grammar cannot express, with the place
   * of each.
   */
  static void check(Value device, Problems problems) {
    if (device instanceof Value.Choice choice) {
      choice.items().forEach(item -> check(item, problems));
    }
    if (!(device instanceof Value.Section section)) {
      return;
    }
    if (section.get("resistance") instanceof Value.Section window
        && window.get("low") instanceof Value.Number low
        && window.get("high") instanceof Value.Number high
        && !(high.number() > low.number())) {
      problems.add(
          high.place(),
          "cell.device.resistance.high",
          "is " + high.text() + ", must be above the low resistance, " + low.text());
    }
    if (section.get("mechanism") instanceof Value.Word mechanism
        && section.get("family") instanceof Value.Word word) {
      Family family = one(Family.values(), f -> f.word().equals(word.text()));
      List<String> words = Mechanism.of(family).stream().map(Mechanism::word).toList();
      if (!words.contains(mechanism.text())) {
        problems.add(
            mechanism.place(),
            "cell.device.mechanism",
            "is "
                + mechanism.text()
                + ", but a device of family "
                + family.word()
                + " has "
                + String.join(", ", words));
      }
    }
  }
}
