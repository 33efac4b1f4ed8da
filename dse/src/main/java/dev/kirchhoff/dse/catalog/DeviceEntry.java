package dev.kirchhoff.dse.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.DeviceStatistics;
import dev.kirchhoff.arch.device.Stochasticity;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Preset of a device in the catalogue.
 *
 * @param pulses mean write pulses of a cell
 * @param verified whether each pulse is verified
 * @param stochasticity standard deviation of programming over the window
 * @param note remark of the preset; empty if there is none
 * @param set write pulse towards high conductance
 * @param reset write pulse towards low conductance
 * @param figures every figure as printed, with origin and source
 */
public record DeviceEntry(
    String name,
    String family,
    String mechanism,
    String maturity,
    double resistanceLow_ohm,
    double resistanceHigh_ohm,
    int levels,
    double pulses,
    boolean verified,
    double pulseEnergy_fJ,
    double endurance_cycles,
    double retention_s,
    double cellArea_F2,
    double stochasticity,
    String source,
    String note,
    OptionalDouble readVoltage_V,
    OptionalDouble readTime_ns,
    Pulse set,
    Pulse reset,
    List<StatedFigure> figures) {
  /** A write pulse. */
  public record Pulse(double voltage_V, double current_uA, double width_ns) {
    private static Pulse of(WritePoint.Pulse pulse) {
      return new Pulse(pulse.voltage_V(), pulse.current_uA(), pulse.width_ns());
    }
  }

  /** A figure as printed, with its origin: read, fitted or assumed. */
  public record StatedFigure(String figure, String value, String origin, String source) {}

  /** All presets. */
  public static List<DeviceEntry> all() {
    DeviceCatalogue catalogue = new DeviceCatalogue();
    return catalogue.names().stream()
        .map(name -> of(catalogue.device(name).orElseThrow()))
        .toList();
  }

  /** The entry of a device. */
  public static DeviceEntry of(Device device) {
    List<StatedFigure> figures = new ArrayList<>();
    for (DeviceFigure figure : DeviceFigure.values()) {
      device
          .provenance()
          .of(figure)
          .ifPresent(
              statement ->
                  figures.add(
                      new StatedFigure(
                          figure.word(),
                          text(device, figure),
                          statement.origin().word(),
                          statement.source())));
    }
    return new DeviceEntry(
        device.name(),
        device.family().word(),
        device.material().mechanism().word(),
        device.material().maturity().word(),
        Units.OHM_PER_MOHM / device.window().max_uS(),
        Units.OHM_PER_MOHM / device.window().min_uS(),
        device.window().levels(),
        device.write().pulses(),
        device.write().verified(),
        device.write().pulseEnergy_fJ(),
        device.limits().endurance_cycles(),
        device.limits().retention_s(),
        device.cellArea_F2(),
        Stochasticity.of(device),
        device.provenance().source(),
        device.provenance().note(),
        device.read().voltage_V(),
        device.read().time_ns(),
        Pulse.of(device.write().set()),
        Pulse.of(device.write().reset()),
        figures);
  }

  /** A figure as printed; {@code -} where the preset does not state it. */
  @JsonIgnore
  public String text(DeviceFigure figure) {
    return stated(figure).map(StatedFigure::value).orElse("-");
  }

  private Optional<StatedFigure> stated(DeviceFigure figure) {
    return figures.stream().filter(f -> f.figure().equals(figure.word())).findFirst();
  }

  private static String text(Device device, DeviceFigure figure) {
    WritePoint write = device.write();
    return switch (figure) {
      case RESISTANCE_LOW -> Units.brief(1 / device.window().max_uS(), Dimension.RESISTANCE);
      case RESISTANCE_HIGH -> Units.brief(1 / device.window().min_uS(), Dimension.RESISTANCE);
      case LEVELS -> Integer.toString(device.window().levels());
      case READ_VOLTAGE -> optional(device.read().voltage_V(), Dimension.VOLTAGE);
      case READ_TIME -> optional(device.read().time_ns(), Dimension.TIME);
      case CURVATURE ->
          Units.brief(device.curvature().change(), Dimension.RATIO)
              + " at "
              + Units.brief(device.curvature().voltage_V(), Dimension.VOLTAGE);
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
      case ENDURANCE -> cycles(device.limits().endurance_cycles());
      case RETENTION -> time(device.limits().retention_s() * Units.NS_PER_S);
      case AREA -> Units.brief(device.cellArea_F2()) + " F2";
      case MATURITY -> device.material().maturity().word();
    };
  }

  private static String optional(OptionalDouble value, Dimension dimension) {
    return value.isPresent() ? Units.brief(value.getAsDouble(), dimension) : "-";
  }

  /** A time in text. */
  static String time(double time_ns) {
    return Units.brief(time_ns, Dimension.TIME);
  }

  /** Cycles in text, as orders of magnitude: 1e6. */
  static String cycles(double cycles) {
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
      ages.add((sum.length() == 0 ? "0" : sum) + " uS at " + time(error.age_s() * Units.NS_PER_S));
    }
    return String.join("; ", ages)
        + ", x = g / "
        + Units.brief(statistics.reference_uS(), Dimension.CONDUCTANCE);
  }
}
