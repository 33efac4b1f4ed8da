package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.design.DeviceCatalogue;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.FamilySurvey;
import dev.kirchhoff.arch.device.Stochasticity;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Published comparison of device families next to the best presets.
 *
 * @param source source of the survey
 * @param envelope whether each figure is a record of another device
 * @param note reading of the table
 * @param survey a line a family and figure
 */
public record FamilyComparison(String source, boolean envelope, String note, List<Line> survey) {
  private static final String NOTE =
      "The survey's figures are records: each figure is another device. Beside them the best figure"
          + " of the presets of that family, each again of the preset named.";

  private static final Comparator<Double> LEAST = Comparator.naturalOrder();
  private static final Comparator<Double> MOST = Comparator.reverseOrder();
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "stochasticity",
              DeviceFigure.PROGRAMMING,
              FamilySurvey.Row::stochasticity,
              Stochasticity::of,
              LEAST,
              share -> Units.brief(share, Dimension.RATIO)),
          new Rule(
              "states",
              DeviceFigure.LEVELS,
              FamilySurvey.Row::states,
              d -> d.window().levels(),
              MOST,
              n -> Integer.toString((int) n)),
          new Rule(
              "energy of a pulse",
              DeviceFigure.WRITE_CURRENT,
              FamilySurvey.Row::energy,
              d -> d.write().pulseEnergy_fJ(),
              LEAST,
              e -> Units.brief(e, Dimension.ENERGY)),
          new Rule(
              "pulse",
              DeviceFigure.WRITE_PULSE,
              FamilySurvey.Row::pulse,
              d -> d.write().pulse_ns(),
              LEAST,
              DeviceEntry::time),
          new Rule(
              "endurance",
              DeviceFigure.ENDURANCE,
              FamilySurvey.Row::endurance,
              d -> d.limits().endurance_cycles(),
              MOST,
              DeviceEntry::cycles),
          new Rule(
              "retention",
              DeviceFigure.RETENTION,
              FamilySurvey.Row::retention,
              d -> d.limits().retention_s() * Units.NS_PER_S,
              MOST,
              DeviceEntry::time));

  /**
   * A figure of a family.
   *
   * @param record the survey's
   * @param reference its number in the survey
   * @param ours the best of the presets, with its unit; {@code -} where presets have no such figure
   * @param origin origin of that figure
   * @param preset the preset that has it
   */
  public record Line(
      String family,
      String figure,
      String record,
      int reference,
      String ours,
      String origin,
      String preset) {}

  /**
   * A figure that the survey compares.
   *
   * @param origin figure whose origin is stated
   * @param record the survey's
   * @param value the figure of a preset
   * @param order order of presets, the best first
   * @param text the figure in text
   */
  private record Rule(
      String name,
      DeviceFigure origin,
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
      FamilySurvey.BestRecord published = record.apply(row);
      return new Line(
          row.family().word(),
          name,
          published.value(),
          published.reference(),
          text.apply(value.applyAsDouble(best)),
          best.provenance().word(origin),
          best.name());
    }
  }

  /** The comparison with the presets of the catalogue. */
  public static FamilyComparison ofPresets() {
    DeviceCatalogue catalogue = new DeviceCatalogue();
    List<Device> devices =
        catalogue.names().stream().map(n -> catalogue.device(n).orElseThrow()).toList();
    List<Line> lines = new ArrayList<>();
    for (FamilySurvey.Row row : FamilySurvey.rows()) {
      RULES.forEach(rule -> lines.add(rule.line(row, devices)));
      FamilySurvey.BestRecord size = row.dimension();
      lines.add(
          new Line(
              row.family().word(),
              "size of a device",
              size.value(),
              size.reference(),
              "-",
              "",
              ""));
    }
    return new FamilyComparison(FamilySurvey.SOURCE, true, NOTE, lines);
  }
}
