package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.FamilySurvey;
import dev.kirchhoff.arch.device.Figure;
import dev.kirchhoff.arch.device.Provenance;
import dev.kirchhoff.arch.device.Stochasticity;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The catalogue of devices for people and for programs. */
final class DeviceListing {
  private static final double NS_PER_S = 1e9;
  private static final String SURVEY_NOTE =
      "The survey's figures are records: each figure is another device. Beside them the best figure"
          + " of the presets of that family, each again of the preset named.";

  private static final Comparator<Double> LEAST = Comparator.naturalOrder();
  private static final Comparator<Double> MOST = Comparator.reverseOrder();
  private static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison(
              "stochasticity",
              Figure.PROGRAMMING,
              FamilySurvey.Row::stochasticity,
              Stochasticity::of,
              LEAST,
              share -> Units.brief(share, Dimension.RATIO)),
          new Comparison(
              "states",
              Figure.LEVELS,
              FamilySurvey.Row::states,
              d -> d.window().levels(),
              MOST,
              n -> Integer.toString((int) n)),
          new Comparison(
              "energy of a pulse",
              Figure.WRITE_CURRENT,
              FamilySurvey.Row::energy,
              d -> d.write().pulseEnergy_fJ(),
              LEAST,
              e -> Units.brief(e, Dimension.ENERGY)),
          new Comparison(
              "pulse",
              Figure.WRITE_PULSE,
              FamilySurvey.Row::pulse,
              d -> d.write().pulse_ns(),
              LEAST,
              DeviceListing::time),
          new Comparison(
              "endurance",
              Figure.ENDURANCE,
              FamilySurvey.Row::endurance,
              d -> d.limits().endurance_cycles(),
              MOST,
              DeviceListing::count),
          new Comparison(
              "retention",
              Figure.RETENTION,
              FamilySurvey.Row::retention,
              d -> d.limits().retention_s() * NS_PER_S,
              MOST,
              DeviceListing::time));

  private final DeviceCatalogue catalogue = new DeviceCatalogue();
  private final List<Device> devices =
      catalogue.names().stream().map(n -> catalogue.device(n).orElseThrow()).toList();

  /** All presets, a line each. */
  String table() {
    TextTable table = new TextTable("", 3);
    table.row(
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
    for (Device device : devices) {
      table.row(
          device.name(),
          device.family().word(),
          device.material().mechanism().word(),
          value(device, Figure.RESISTANCE_LOW),
          value(device, Figure.RESISTANCE_HIGH),
          value(device, Figure.LEVELS),
          value(device, Figure.READ_VOLTAGE),
          write(device.write()),
          value(device, Figure.WRITE_PULSES),
          value(device, Figure.ENDURANCE),
          value(device, Figure.RETENTION),
          value(device, Figure.AREA),
          value(device, Figure.MATURITY));
    }
    return table
        + "SET/RESET where they differ. Origin and source of each figure:"
        + " ./kirchhoff catalog devices NAME\n";
  }

  private static String write(WritePoint write) {
    WritePoint.Pulse set = write.set();
    WritePoint.Pulse reset = write.reset();
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

  /** A figure with its unit. */
  private static String value(Device device, Figure figure) {
    WritePoint write = device.write();
    return switch (figure) {
      case RESISTANCE_LOW -> Units.brief(1 / device.window().max_uS(), Dimension.RESISTANCE);
      case RESISTANCE_HIGH -> Units.brief(1 / device.window().min_uS(), Dimension.RESISTANCE);
      case LEVELS -> Integer.toString(device.window().levels());
      case READ_VOLTAGE -> optional(device.read().voltage_V(), Dimension.VOLTAGE);
      case READ_TIME -> optional(device.read().time_ns(), Dimension.TIME);
      case WRITE_VOLTAGE -> Units.brief(write.set().voltage_V(), Dimension.VOLTAGE);
      case WRITE_CURRENT -> Units.brief(write.set().current_uA(), Dimension.CURRENT);
      case WRITE_PULSE -> Units.brief(write.set().width_ns(), Dimension.TIME);
      case WRITE_PULSES ->
          Units.brief(write.pulses()) + (write.verified() ? "" : " (not verified)");
      case RESET_VOLTAGE -> Units.brief(write.reset().voltage_V(), Dimension.VOLTAGE);
      case RESET_CURRENT -> Units.brief(write.reset().current_uA(), Dimension.CURRENT);
      case RESET_PULSE -> Units.brief(write.reset().width_ns(), Dimension.TIME);
      case PROGRAMMING -> programming(device.statistics());
      case DRIFT_EXPONENT -> Units.brief(device.statistics().drift().exponent());
      case DRIFT_SPREAD -> Units.brief(device.statistics().drift().spread());
      case READ_NOISE -> Units.brief(device.statistics().readNoise(), Dimension.RATIO);
      case ENDURANCE -> count(device.limits().endurance_cycles());
      case RETENTION -> time(device.limits().retention_s() * NS_PER_S);
      case AREA -> Units.brief(device.cellArea_F2()) + " F2";
      case MATURITY -> device.material().maturity().word();
    };
  }

  private static String optional(OptionalDouble value, Dimension dimension) {
    return value.isPresent() ? Units.brief(value.getAsDouble(), dimension) : "-";
  }

  private static String time(double time_ns) {
    return Units.brief(time_ns, Dimension.TIME);
  }

  /** Cycles are orders of magnitude: 1e6. */
  private static String count(double cycles) {
    double exponent = Math.floor(Math.log10(cycles) + 1e-9);
    return Units.brief(cycles / Math.pow(10, exponent)) + "e" + (int) exponent;
  }

  private static String programming(DeviceStatistics statistics) {
    List<String> ages = new ArrayList<>();
    for (DeviceStatistics.ProgrammingError error : statistics.programming()) {
      StringBuilder sum = new StringBuilder();
      for (int power = 0; power < error.sigma_uS().size(); power++) {
        double c = error.sigma_uS().get(power);
        if (c == 0) {
          continue;
        }
        sum.append(sum.length() == 0 ? (c < 0 ? "-" : "") : c < 0 ? " - " : " + ")
            .append(Units.brief(Math.abs(c)))
            .append(power == 0 ? "" : power == 1 ? " x" : " x^" + power);
      }
      ages.add((sum.length() == 0 ? "0" : sum) + " uS at " + time(error.age_s() * NS_PER_S));
    }
    return String.join("; ", ages)
        + ", x = g / "
        + Units.brief(statistics.reference_uS(), Dimension.CONDUCTANCE);
  }

  /** One preset with the origin of every figure. */
  String one(String name) {
    Device device = catalogue.device(name).orElseThrow();
    StringBuilder out = new StringBuilder(device.name());
    out.append("  ")
        .append(device.family().word())
        .append(", ")
        .append(device.material().mechanism().word())
        .append(", ")
        .append(device.material().maturity().word())
        .append("\n  ")
        .append(device.provenance().source())
        .append('\n');
    TextTable table = new TextTable("  ", 4);
    table.row("figure", "value", "origin", "source");
    for (Figure figure : Figure.values()) {
      if (figure == Figure.READ_TIME && device.read().time_ns().isEmpty()) {
        continue;
      }
      Provenance.Statement statement = device.provenance().of(figure).orElseThrow();
      table.row(
          figure.word(), value(device, figure), statement.origin().word(), statement.source());
    }
    out.append(table);
    if (!device.provenance().note().isEmpty()) {
      out.append("  note: ").append(device.provenance().note()).append('\n');
    }
    return out.toString();
  }

  /** All presets for a program. */
  ArrayNode json() {
    ArrayNode list = Console.mapper().createArrayNode();
    for (Device device : devices) {
      ObjectNode node =
          list.addObject()
              .put("name", device.name())
              .put("family", device.family().word())
              .put("mechanism", device.material().mechanism().word())
              .put("maturity", device.material().maturity().word())
              .put("resistanceLow_ohm", 1e6 / device.window().max_uS())
              .put("resistanceHigh_ohm", 1e6 / device.window().min_uS())
              .put("levels", device.window().levels())
              .put("pulses", device.write().pulses())
              .put("verified", device.write().verified())
              .put("pulseEnergy_fJ", device.write().pulseEnergy_fJ())
              .put("endurance_cycles", device.limits().endurance_cycles())
              .put("retention_s", device.limits().retention_s())
              .put("cellArea_F2", device.cellArea_F2())
              .put("stochasticity", Stochasticity.of(device))
              .put("source", device.provenance().source())
              .put("note", device.provenance().note());
      device.read().voltage_V().ifPresent(v -> node.put("readVoltage_V", v));
      device.read().time_ns().ifPresent(t -> node.put("readTime_ns", t));
      pulse(node.putObject("set"), device.write().set());
      pulse(node.putObject("reset"), device.write().reset());
      ArrayNode figures = node.putArray("figures");
      for (Figure figure : Figure.values()) {
        device
            .provenance()
            .of(figure)
            .ifPresent(
                statement ->
                    figures
                        .addObject()
                        .put("figure", figure.word())
                        .put("value", value(device, figure))
                        .put("origin", statement.origin().word())
                        .put("source", statement.source()));
      }
    }
    return list;
  }

  private static void pulse(ObjectNode node, WritePoint.Pulse pulse) {
    node.put("voltage_V", pulse.voltage_V())
        .put("current_uA", pulse.current_uA())
        .put("width_ns", pulse.width_ns());
  }

  /**
   * A line of the survey's view.
   *
   * @param figure what is compared
   * @param record the survey's
   * @param ours the best of the presets, with its unit; {@code -} where presets have no such figure
   * @param origin origin of that figure
   * @param preset the preset that has it
   */
  private record Line(
      String figure, FamilySurvey.BestRecord record, String ours, String origin, String preset) {}

  /** The survey's comparison of families beside the presets, as text. */
  String survey() {
    StringBuilder out = new StringBuilder();
    out.append(FamilySurvey.SOURCE).append(": best-case envelope of each family.\n");
    out.append(SURVEY_NOTE).append('\n');
    TextTable table = new TextTable("", 2);
    table.row(
        "family", "figure", "survey's record", "reference", "best preset", "origin", "preset");
    for (FamilySurvey.Row row : FamilySurvey.rows()) {
      String family = row.family().word();
      for (Line line : lines(row)) {
        table.row(
            family,
            line.figure(),
            line.record().value(),
            Integer.toString(line.record().reference()),
            line.ours(),
            line.origin(),
            line.preset());
        family = "";
      }
    }
    return out.append(table)
        .append("Presets state cells in F2, not the size of a device.\n")
        .toString();
  }

  /** The same for a program. */
  ObjectNode surveyJson() {
    ObjectNode node = Console.mapper().createObjectNode();
    node.put("source", FamilySurvey.SOURCE).put("envelope", true).put("note", SURVEY_NOTE);
    ArrayNode list = node.putArray("survey");
    for (FamilySurvey.Row row : FamilySurvey.rows()) {
      for (Line line : lines(row)) {
        list.addObject()
            .put("family", row.family().word())
            .put("figure", line.figure())
            .put("record", line.record().value())
            .put("reference", line.record().reference())
            .put("ours", line.ours())
            .put("origin", line.origin())
            .put("preset", line.preset());
      }
    }
    return node;
  }

  /**
   * A figure that the survey compares.
   *
   * @param name what it is called
   * @param origin figure whose origin is told
   * @param record the survey's
   * @param value the figure of a preset
   * @param order which preset is best: the first
   * @param text how it is printed
   */
  private record Comparison(
      String name,
      Figure origin,
      Function<FamilySurvey.Row, FamilySurvey.BestRecord> record,
      ToDoubleFunction<Device> value,
      Comparator<Double> order,
      DoubleFunction<String> text) {

    Line line(FamilySurvey.Row row, List<Device> devices) {
      Device best =
          devices.stream()
              .filter(d -> d.family() == row.family())
              .min(Comparator.comparing(value::applyAsDouble, order))
              .orElseThrow();
      return new Line(
          name,
          record.apply(row),
          text.apply(value.applyAsDouble(best)),
          best.provenance().word(origin),
          best.name());
    }
  }

  private List<Line> lines(FamilySurvey.Row row) {
    List<Line> lines = new ArrayList<>();
    for (Comparison comparison : COMPARISONS) {
      lines.add(comparison.line(row, devices));
    }
    lines.add(new Line("size of a device", row.dimension(), "-", "", ""));
    return lines;
  }
}
