package dev.kirchhoff.dse.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.CircuitLibrary;
import dev.kirchhoff.peripherals.CircuitModel;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.util.List;

/**
 * Model of a circuit in the library.
 *
 * @param part part of the chip that it prices
 * @param kind kind of the part; empty for all
 * @param isDefault whether it is used where no model is named
 * @param range bits and nodes that it was made for
 * @param energyBand factors to the ends of its energy's band
 * @param areaBand factors to the ends of its area's band
 * @param constants constants of its formulas
 */
public record CircuitEntry(
    String name,
    String part,
    String kind,
    @JsonProperty("default") boolean isDefault,
    String range,
    String source,
    String sentence,
    String energyBand,
    String energyBandReason,
    String areaBand,
    String areaBandReason,
    List<Constant> constants) {

  public CircuitEntry {
    constants = List.copyOf(constants);
  }

  /**
   * Constant of a formula.
   *
   * @param origin read, fitted or assumed
   * @param source paper, tool, or reason of an assumption
   */
  public record Constant(String name, double value, String unit, String origin, String source) {
    private static Constant of(CircuitFile.Constant constant) {
      return new Constant(
          constant.name(),
          constant.value(),
          constant.unit(),
          constant.origin().word(),
          constant.source());
    }
  }

  /** All models. */
  public static List<CircuitEntry> all() {
    return CircuitLibrary.entries().stream().map(CircuitEntry::of).toList();
  }

  private static CircuitEntry of(CircuitModel entry) {
    return of(entry.name(), entry.part().word(), entry.kind(), entry.standard(), entry.data());
  }

  static CircuitEntry of(
      String name, String part, String kind, boolean isDefault, CircuitFile data) {
    CircuitFile.Range range = data.range();
    String bits = range.bits().map(b -> b.fewest() + ".." + b.most() + " b, ").orElse("");
    return new CircuitEntry(
        name,
        part,
        kind,
        isDefault,
        bits + Units.brief(range.smallest_nm()) + ".." + Units.brief(range.largest_nm()) + " nm",
        data.source(),
        data.sentence(),
        factors(data.band().energy()),
        data.band().energy().reason(),
        factors(data.band().area()),
        data.band().area().reason(),
        data.constants().stream().map(Constant::of).toList());
  }

  private static String factors(Spread spread) {
    return Units.brief(spread.low()) + "x .. " + Units.brief(spread.high()) + "x";
  }
}
